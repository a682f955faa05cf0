package io.ebbline.state;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link PackedWriter} wrote. Every read is checked against the end, and no length is believed before it is, so
 * bytes from outside can do no harm.
 *
 * @see MalformedException
 */
public final class PackedReader {

    /** The bytes are not what they should be. */
    public static final class MalformedException extends RuntimeException {
        public MalformedException(String message) {
            super(message);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    /** A reader of the bytes from {@code from} to before {@code end}. */
    public PackedReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** A reader of all the bytes. */
    public PackedReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Bytes not read yet. */
    public int remaining() {
        return end - at;
    }

    /** One byte, 0 to 255. */
    public int readByte() {
        need(1);
        return bytes[at++] & 0xff;
    }

    /** A varint of 64 bits. */
    public long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("A number takes more than ten bytes.");
    }

    /** A zigzag varint. */
    public long readSigned() {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Eight bytes, least significant first. */
    public long readFixed() {
        need(8);
        long value = (long) PackedWriter.LONGS.get(bytes, at);
        at += 8;
        return value;
    }

    /** Eight bytes of IEEE 754, least significant first. */
    public double readDouble() {
        return Double.longBitsToDouble(readFixed());
    }

    /** That many bytes as they are. */
    public byte[] readRaw(int length) {
        need(length);
        byte[] value = new byte[length];
        System.arraycopy(bytes, at, value, 0, length);
        at += length;
        return value;
    }

    /** A signed length and the bytes. */
    public byte[] readBytes() {
        return readRaw(readLength());
    }

    /** A signed length and UTF-8. */
    public String readString() {
        int length = readLength();
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    /** The same of a text that many others have too: one object for all of them where that can be had. */
    public String readName() {
        int length = readLength();
        String value = Names.of(bytes, at, length);
        at += length;
        return value;
    }

    /** What {@link PackedWriter#writeNullableString} wrote, as {@link #readName} reads it. */
    public @Nullable String readNullableName() {
        return readPresent() ? readName() : null;
    }

    /** What {@link PackedWriter#writeNullableString} wrote. */
    public @Nullable String readNullableString() {
        return readPresent() ? readString() : null;
    }

    /** What {@link PackedWriter#writeNullableLong} wrote. */
    public @Nullable Long readNullableLong() {
        return readPresent() ? readSigned() : null;
    }

    /** Whether a value follows: the index of an Avro union of null and something. */
    public boolean readPresent() {
        long index = readSigned();
        if (index < 0 || index > 1) {
            throw new MalformedException("A choice of two is " + index + ".");
        }
        return index == 1;
    }

    /** What {@link PackedWriter#writeInstant} wrote. */
    public long readInstant() {
        long value = readUnsigned();
        if (value == 0) {
            return Long.MIN_VALUE;
        }
        if (value == 1) {
            return Long.MAX_VALUE;
        }
        value -= 2;
        return (value >>> 1) ^ -(value & 1);
    }

    /** A count of items of which each takes at least {@code least} bytes. */
    public int readCount(int least) {
        long count = readUnsigned();
        if (count < 0 || count > remaining() / Math.max(1, least)) {
            throw new MalformedException("There can't be " + count + " items in " + remaining() + " bytes.");
        }
        return (int) count;
    }

    /** A signed length that the bytes hold; what has it can be read next. */
    public int readLength() {
        long length = readSigned();
        if (length < 0 || length > remaining()) {
            throw new MalformedException("A length is " + length + " with " + remaining() + " bytes left.");
        }
        return (int) length;
    }

    private void need(int more) {
        if (end - at < more) {
            throw new MalformedException("The bytes end early.");
        }
    }
}
