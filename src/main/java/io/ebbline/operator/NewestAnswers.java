package io.ebbline.operator;

import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Of the answers to one customer within a checkpoint lets the newest through, for a replay: nobody could have read the others, which
 * would have been committed together with it. Everything else passes at once.
 */
public final class NewestAnswers extends AbstractStreamOperator<Outgoing>
        implements OneInputStreamOperator<Outgoing, Outgoing> {

    /** Some 30 MB: then those that are held are let go early. */
    static final int MOST_HELD = 50_000;

    private transient Map<ByteBuffer, Outgoing> held = new LinkedHashMap<>();

    @Override
    public void open() throws Exception {
        super.open();
        held = new LinkedHashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Outgoing> element) {
        Outgoing record = element.getValue();
        byte[] key = record.key();
        if (record.topic() != Topic.CUSTOMER_SCORES || key == null) {
            output.collect(element);
            return;
        }
        held.put(ByteBuffer.wrap(key), record);
        if (held.size() >= MOST_HELD) {
            letGo();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        letGo();
    }

    @Override
    public void finish() throws Exception {
        letGo();
        super.finish();
    }

    private void letGo() {
        held.values().forEach(record -> output.collect(new StreamRecord<>(record)));
        held.clear();
    }
}
