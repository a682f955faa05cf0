package io.ebbline.wire;

import io.ebbline.state.PackedWriter;

/** Confluent's wire format: a zero byte, the schema id in four bytes (big end first), Avro. */
public final class Confluent {

    /** Bytes before the Avro. */
    static final int PREFIX = 5;

    private Confluent() {}

    /** Whether the bytes begin as they must. */
    public static boolean isFramed(byte[] value) {
        return value.length >= PREFIX && value[0] == 0;
    }

    /** The schema id of framed bytes. */
    public static int schemaId(byte[] value) {
        return (value[1] & 0xff) << 24 | (value[2] & 0xff) << 16 | (value[3] & 0xff) << 8 | (value[4] & 0xff);
    }

    /** Starts a value. */
    static PackedWriter start(PackedWriter out, int schemaId) {
        return out.reset()
                .writeByte(0)
                .writeByte(schemaId >>> 24)
                .writeByte(schemaId >>> 16)
                .writeByte(schemaId >>> 8)
                .writeByte(schemaId);
    }
}
