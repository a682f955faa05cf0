package io.ebbline.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing byte array that numbers and texts are written to. Its signed varints, doubles and strings are Avro's binary
 * encoding too (Avro 1.12 specification, "Binary encoding"), so the same writer serves state and wire.
 */
public final class PackedWriter {

    /** Of a byte array, least significant first. */
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[256];
    private int size;

    /** Starts over, keeping the array. */
    public PackedWriter reset() {
        size = 0;
        return this;
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** The array itself; valid up to {@link #size} until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** One byte. */
    public PackedWriter writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** A varint of the value's 64 bits: short for small, not negative numbers. */
    public PackedWriter writeUnsigned(long value) {
        ensure(10);
        long v = value;
        while ((v & ~0x7fL) != 0) {
            bytes[size++] = (byte) ((v & 0x7f) | 0x80);
            v >>>= 7;
        }
        bytes[size++] = (byte) v;
        return this;
    }

    /** A zigzag varint: short for numbers near zero. */
    public PackedWriter writeSigned(long value) {
        return writeUnsigned((value << 1) ^ (value >> 63));
    }

    /** Eight bytes, least significant first. */
    public PackedWriter writeFixed(long value) {
        ensure(8);
        LONGS.set(bytes, size, value);
        size += 8;
        return this;
    }

    /** Eight bytes of IEEE 754, least significant first. */
    public PackedWriter writeDouble(double value) {
        return writeFixed(Double.doubleToRawLongBits(value));
    }

    /** Bytes as they are. */
    public PackedWriter writeRaw(byte[] value, int from, int length) {
        ensure(length);
        System.arraycopy(value, from, bytes, size, length);
        size += length;
        return this;
    }

    /** A signed length and the bytes. */
    public PackedWriter writeBytes(byte[] value) {
        writeSigned(value.length);
        return writeRaw(value, 0, value.length);
    }

    /** A signed length and UTF-8. */
    public PackedWriter writeString(String value) {
        int length = value.length();
        int before = size;
        writeSigned(length);
        ensure(length);
        // Most texts are ASCII: as many bytes as characters, and no array between.
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                size = before;
                return writeBytes(value.getBytes(StandardCharsets.UTF_8));
            }
            bytes[size + i] = (byte) c;
        }
        size += length;
        return this;
    }

    /** Zero for null, else one and the text. */
    public PackedWriter writeNullableString(@Nullable String value) {
        if (value == null) {
            return writeSigned(0);
        }
        writeSigned(1);
        return writeString(value);
    }

    /** Zero for null, else one and a signed varint. */
    public PackedWriter writeNullableLong(@Nullable Long value) {
        if (value == null) {
            return writeSigned(0);
        }
        writeSigned(1);
        return writeSigned(value);
    }

    /** Zero for NaN, which stands for null, else one and the number. */
    public PackedWriter writeNullableDouble(double value) {
        return Double.isNaN(value) ? writeSigned(0) : writeSigned(1).writeDouble(value);
    }

    /** An instant; one byte for either end of time. */
    public PackedWriter writeInstant(long instant) {
        if (instant == Long.MIN_VALUE) {
            return writeUnsigned(0);
        }
        if (instant == Long.MAX_VALUE) {
            return writeUnsigned(1);
        }
        return writeUnsigned(((instant << 1) ^ (instant >> 63)) + 2);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
