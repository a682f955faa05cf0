package io.ebbline.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes an {@link OverflowKey} so that a store that sorts by bytes sorts by its order: the time big end first with its sign
 * flipped, the body with each zero byte followed by 0xff and two zero bytes at the end, the number big end first.
 */
public final class OverflowKeySerializer extends TypeSerializerSingleton<OverflowKey> {

    /** The only one needed: it has no state. */
    public static final OverflowKeySerializer INSTANCE = new OverflowKeySerializer();

    private static final int ESCAPED_ZERO = 0xff;

    @Override
    public void serialize(OverflowKey key, DataOutputView target) throws IOException {
        target.writeLong(key.time() ^ Long.MIN_VALUE);
        for (byte b : key.body()) {
            target.writeByte(b);
            if (b == 0) {
                target.writeByte(ESCAPED_ZERO);
            }
        }
        target.writeShort(0);
        target.writeLong(key.number());
    }

    @Override
    public OverflowKey deserialize(DataInputView source) throws IOException {
        long time = source.readLong() ^ Long.MIN_VALUE;
        PackedWriter body = new PackedWriter();
        while (true) {
            byte b = source.readByte();
            if (b == 0 && source.readByte() == 0) {
                return new OverflowKey(time, body.toBytes(), source.readLong());
            }
            body.writeByte(b);
        }
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public OverflowKey deserialize(OverflowKey reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public OverflowKey createInstance() {
        return new OverflowKey(0, new byte[0], 0);
    }

    @Override
    public OverflowKey copy(OverflowKey from) {
        return from;
    }

    @Override
    public OverflowKey copy(OverflowKey from, OverflowKey reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<OverflowKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Its name is in every savepoint: never move it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OverflowKey> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
