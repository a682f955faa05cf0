package io.ebbline.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Customer ids as keys: a length and UTF-8 in one piece. Flink's own string serializer writes byte by byte, and a key is
 * written at each access of the store.
 */
public final class CustomerKeyType extends TypeInformation<String> {

    /** The only one needed. */
    public static final CustomerKeyType INSTANCE = new CustomerKeyType();

    private CustomerKeyType() {}

    @Override
    public TypeSerializer<String> createSerializer(SerializerConfig config) {
        return Serializer.INSTANCE;
    }

    @Override
    public Class<String> getTypeClass() {
        return String.class;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CustomerKeyType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CustomerKeyType;
    }

    @Override
    public int hashCode() {
        return CustomerKeyType.class.hashCode();
    }

    @Override
    public String toString() {
        return "CustomerKey";
    }

    /** Writes a key. */
    public static final class Serializer extends TypeSerializerSingleton<String> {

        static final Serializer INSTANCE = new Serializer();

        @Override
        public void serialize(String key, DataOutputView target) throws IOException {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            target.writeInt(bytes.length);
            target.write(bytes, 0, bytes.length);
        }

        @Override
        public String deserialize(DataInputView source) throws IOException {
            byte[] bytes = new byte[source.readInt()];
            source.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public String deserialize(String reuse, DataInputView source) throws IOException {
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
        public String copy(String from) {
            return from;
        }

        @Override
        public String copy(String from, String reuse) {
            return from;
        }

        @Override
        public String createInstance() {
            return "";
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
        public TypeSerializerSnapshot<String> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** Its name is in every savepoint: never move it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<String> {
        public Snapshot() {
            super(() -> Serializer.INSTANCE);
        }
    }
}
