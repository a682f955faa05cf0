package io.ebbline.operator;

import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;

/** Keeps what an operator registers. */
final class Gauges {

    private final InterceptingOperatorMetricGroup operator = new InterceptingOperatorMetricGroup() {
        @Override
        public MetricGroup addGroup(String name) {
            return this;
        }
    };
    private final InterceptingTaskMetricGroup task = new InterceptingTaskMetricGroup() {
        @Override
        public InternalOperatorMetricGroup getOrAddOperator(OperatorID id, String name, Map<String, String> variables) {
            return operator;
        }
    };

    /** What the operator's environment is to be given. */
    InterceptingTaskMetricGroup task() {
        return task;
    }

    /** What a gauge says. */
    Number value(String name) {
        return (Number) ((Gauge<?>) operator.get(MetricNames.gauge(name))).getValue();
    }
}
