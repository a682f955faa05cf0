package io.ebbline.operator;

import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What the benchmark holds the engine against: hands every event on as it came, to the topic of the answers. It stands where
 * {@link CustomerOperator} stands and keeps nothing.
 */
public final class PassThroughOperator extends AbstractStreamOperator<Outgoing>
        implements OneInputStreamOperator<Incoming, Outgoing> {

    private transient long watermark;

    @Override
    public void open() throws Exception {
        super.open();
        watermark = Long.MIN_VALUE;
        getMetricGroup().gauge(MetricNames.WATERMARK, (Gauge<Long>) () -> watermark);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement(StreamRecord record) {
        // Nothing is kept, so no key is set.
    }

    @Override
    public void processElement(StreamRecord<Incoming> element) {
        Incoming record = element.getValue();
        if (!record.isClock()) {
            output.collect(new StreamRecord<>(new Outgoing(
                    Topic.CUSTOMER_SCORES,
                    record.key().getBytes(StandardCharsets.UTF_8),
                    record.originalValue(),
                    record.recordTime(),
                    List.of())));
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        super.processWatermark(mark);
    }
}
