package io.ebbline.operator;

import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedSerializer;
import io.ebbline.state.PackedWriter;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The type of what flows on an edge: immutable, so copies are shared, and never stored, so its serializer needs no snapshot. */
final class EdgeType<T> extends TypeInformation<T> {

    interface Write<T> extends Serializable {
        void write(T value, PackedWriter out);
    }

    interface Read<T> extends Serializable {
        T read(PackedReader in);
    }

    private final Class<T> type;
    private final PackedSerializer<T> serializer;

    EdgeType(Class<T> type, Write<T> write, Read<T> read) {
        this.type = type;
        this.serializer = new EdgeSerializer<>(write, read);
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer.duplicate();
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
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
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof EdgeType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EdgeType<?> that && that.type == type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    private static final class EdgeSerializer<T> extends PackedSerializer<T> {
        private final Write<T> write;
        private final Read<T> read;

        EdgeSerializer(Write<T> write, Read<T> read) {
            this.write = write;
            this.read = read;
        }

        @Override
        protected void write(T value, PackedWriter out) {
            write.write(value, out);
        }

        @Override
        protected T read(PackedReader in) {
            return read.read(in);
        }

        @Override
        public T copy(T from) {
            return from;
        }

        @Override
        public PackedSerializer<T> duplicate() {
            return new EdgeSerializer<>(write, read);
        }

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public T createInstance() {
            throw new IllegalStateException("What flows between operators is made by them.");
        }

        @Override
        public TypeSerializerSnapshot<T> snapshotConfiguration() {
            throw new IllegalStateException("What flows between operators is in no state.");
        }
    }
}
