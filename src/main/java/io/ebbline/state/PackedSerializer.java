package io.ebbline.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer of values that write themselves with {@link PackedWriter}: four bytes of length, then the value.
 *
 * <p>Not safe for use by several threads; Flink duplicates it for each.
 */
public abstract class PackedSerializer<T> extends TypeSerializer<T> {

    private transient PackedWriter writer = new PackedWriter();

    /** Writes a value. */
    protected abstract void write(T value, PackedWriter out);

    /** Reads a value. */
    protected abstract T read(PackedReader in);

    /** Another one for another thread. */
    @Override
    public abstract PackedSerializer<T> duplicate();

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        if (writer == null) {
            writer = new PackedWriter(); // Transient: absent after Java deserialization.
        }
        write(value, writer.reset());
        target.writeInt(writer.size());
        target.write(writer.array(), 0, writer.size());
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return read(new PackedReader(bytes));
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        target.writeInt(bytes.length);
        target.write(bytes); // Not write(source, length): Flink's buffer does not grow for it.
    }

    @Override
    public T copy(T from) {
        PackedWriter bytes = new PackedWriter();
        write(from, bytes);
        return read(new PackedReader(bytes.toBytes()));
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }
}
