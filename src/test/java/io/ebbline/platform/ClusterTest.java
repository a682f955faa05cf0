package io.ebbline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
    private static final String COUNT = "count: per key, 1.0";
    private static final int KEYS = 10;

    @TempDir
    private static Path dir;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(rocksDb(), 2, 1, 0);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        cluster.close();
    }

    @Test
    void aJobRunsIsMeasuredStoppedAndRestored() {
        JobMetrics metrics = new JobMetrics(cluster.webUrl());
        JobID first = cluster.submit(endless(SavepointRestoreSettings.none()));
        long seen = awaitMetric("the first total", () -> metrics.sum(first, COUNT, "test.total"));
        assertThat(seen).isPositive();
        assertThat(metrics.min(first, COUNT, "test.total").orElseThrow())
                .isLessThanOrEqualTo(metrics.max(first, COUNT, "test.total").orElseThrow());
        assertThat(metrics.min(first, COUNT, "no.such.metric")).isEmpty();
        assertThat(metrics.min(new JobID(), COUNT, "test.total")).isEmpty();

        Path savepoint = cluster.stopWithSavepoint(first, dir, false);
        assertThat(cluster.status(first)).isEqualTo(JobStatus.FINISHED);
        assertThat(Checkpoints.newest(dir)).contains(savepoint);

        JobID second = cluster.submit(
                endless(SavepointRestoreSettings.forPath(savepoint.toUri().toString())));
        // Each restored key counts on, so the total is above that of a job that started anew with so few records.
        long restored = awaitMetric("the restored total", () -> metrics.sum(second, COUNT, "test.total"));
        assertThat(restored).isGreaterThan(seen);
        cluster.cancel(second);
        assertThat(cluster.status(second)).isEqualTo(JobStatus.CANCELED);
        assertThat(cluster.failure(second)).isEmpty();
    }

    @Test
    void aFailureIsTold() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(rocksDb());
        env.fromData(1).map(value -> value / (value - 1)).returns(Types.INT).sinkTo(new DiscardingSink<>());
        JobID job = cluster.submit(env.getStreamGraph());
        assertThat(cluster.awaitEnd(job, Duration.ofSeconds(30))).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.failure(job).orElseThrow()).hasStackTraceContaining("/ by zero");
    }

    @Test
    void anUnknownJobIsRefused() {
        assertThatThrownBy(() -> cluster.status(new JobID())).isInstanceOf(PlatformException.class);
    }

    @Test
    void operatorNamesAreWrittenAsFlinkDoes() {
        assertThat(JobMetrics.written("Source: a.b, c")).isEqualTo("Source__a_b__c");
        assertThat(JobMetrics.written("x".repeat(100))).hasSize(80);
    }

    static Configuration rocksDb() {
        return new Configuration()
                .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
                .set(RestartStrategyOptions.RESTART_STRATEGY, "none")
                .set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(200));
    }

    private static long awaitMetric(String what, Callable<OptionalLong> metric) {
        return Await.value(what, () -> {
            OptionalLong value = metric.call();
            return value.isPresent() && value.getAsLong() > 0 ? Optional.of(value.getAsLong()) : Optional.empty();
        });
    }

    private static StreamGraph endless(SavepointRestoreSettings restore) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(rocksDb());
        env.setParallelism(2);
        env.fromSequence(0, Long.MAX_VALUE - 1)
                .keyBy(value -> value % KEYS)
                .process(new Counting())
                .name(COUNT)
                .uid("count")
                .sinkTo(new DiscardingSink<>());
        StreamGraph graph = env.getStreamGraph();
        graph.setSavepointRestoreSettings(restore);
        return graph;
    }

    /** Counts records per key in state, and shows the sum of the counts it has touched as a metric. */
    private static final class Counting extends KeyedProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> count;
        private transient Map<Long, Long> counts;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
            counts = new ConcurrentHashMap<>();
            getRuntimeContext()
                    .getMetricGroup()
                    .addGroup("test")
                    .gauge(
                            "total",
                            () -> counts.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
        }

        @Override
        public void processElement(Long value, Context context, Collector<Long> out) throws Exception {
            Long before = count.value();
            long now = before == null ? 1 : before + 1;
            count.update(now);
            counts.put(context.getCurrentKey(), now);
            out.collect(now);
        }
    }
}
