package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.state.PackedReader.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** The packed bytes are Avro's for signed numbers, doubles and texts, and no bytes can do the reader harm. */
class PackedTest {

    private interface Write {
        void to(BinaryEncoder encoder) throws IOException;
    }

    private static byte[] avro(Write write) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            write.to(encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static PackedReader reader(PackedWriter out) {
        return new PackedReader(out.toBytes());
    }

    @Property(tries = 500)
    void signedNumbersDoublesAndTextsAreAvros(@ForAll long number, @ForAll double real, @ForAll String text) {
        assertThat(new PackedWriter().writeSigned(number).toBytes()).isEqualTo(avro(e -> e.writeLong(number)));
        assertThat(new PackedWriter().writeDouble(real).toBytes()).isEqualTo(avro(e -> e.writeDouble(real)));
        assertThat(new PackedWriter().writeString(text).toBytes()).isEqualTo(avro(e -> e.writeString(text)));
    }

    @Property(tries = 500)
    void whatIsWrittenIsReadBack(@ForAll long number, @ForAll double real, @ForAll @Size(max = 600) byte[] bytes) {
        PackedReader in = reader(new PackedWriter()
                .writeSigned(number)
                .writeUnsigned(number)
                .writeFixed(number)
                .writeInstant(number)
                .writeDouble(real)
                .writeBytes(bytes)
                .writeNullableLong(number)
                .writeNullableLong(null)
                .writeNullableString(null)
                .writeByte((int) number));
        assertThat(in.readSigned()).isEqualTo(number);
        assertThat(in.readUnsigned()).isEqualTo(number);
        assertThat(in.readFixed()).isEqualTo(number);
        assertThat(in.readInstant()).isEqualTo(number);
        assertThat(Double.doubleToRawLongBits(in.readDouble())).isEqualTo(Double.doubleToRawLongBits(real));
        assertThat(in.readBytes()).isEqualTo(bytes);
        assertThat(in.readNullableLong()).isEqualTo(number);
        assertThat(in.readNullableLong()).isNull();
        assertThat(in.readNullableString()).isNull();
        assertThat(in.readByte()).isEqualTo((int) (number & 0xff));
        assertThat(in.remaining()).isZero();
    }

    @Test
    void eitherEndOfTimeTakesOneByteAndTheirNeighboursAreReadBack() {
        assertThat(new PackedWriter().writeInstant(Long.MIN_VALUE).size()).isOne();
        assertThat(new PackedWriter().writeInstant(Long.MAX_VALUE).size()).isOne();
        for (long instant :
                new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            assertThat(reader(new PackedWriter().writeInstant(instant)).readInstant())
                    .isEqualTo(instant);
        }
    }

    @Test
    void aLengthIsNotBelievedBeforeItIsChecked() {
        byte[] claims = new PackedWriter().writeSigned(Integer.MAX_VALUE - 8L).toBytes();
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> new PackedReader(claims).readBytes())
                .withMessage("A length is 2147483639 with 0 bytes left.");
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> new PackedReader(claims).readString());
        byte[] negative = new PackedWriter().writeSigned(-1).toBytes();
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> new PackedReader(negative).readBytes());
        byte[] huge = new PackedWriter().writeUnsigned(-1).toBytes();
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> new PackedReader(huge).readCount(1));
        byte[] three = new PackedWriter().writeUnsigned(3).writeFixed(0).toBytes();
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> new PackedReader(three).readCount(3));
        assertThat(new PackedReader(three).readCount(2)).isEqualTo(3);
    }

    @Test
    void aNumberEndsAfterTenBytes() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xff);
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> new PackedReader(endless).readUnsigned());
    }

    @Property(tries = 500)
    void itNeverReadsBeyondItsEnd(@ForAll @Size(max = 40) byte[] bytes, @ForAll Random random) {
        byte[] padded = Arrays.copyOf(bytes, bytes.length + 50);
        PackedReader in = new PackedReader(padded, 0, bytes.length);
        int left = in.remaining();
        while (left > 0) {
            try {
                readSomething(in, random.nextInt(9));
            } catch (MalformedException refused) {
                return;
            }
            assertThat(in.remaining()).isBetween(0, left);
            left = in.remaining();
        }
        for (int kind = 0; kind < 8; kind++) {
            int any = kind;
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> readSomething(in, any));
        }
    }

    private static void readSomething(PackedReader in, int kind) {
        switch (kind) {
            case 0 -> in.readByte();
            case 1 -> in.readUnsigned();
            case 2 -> in.readFixed();
            case 3 -> in.readString();
            case 4 -> in.readBytes();
            case 5 -> in.readNullableString();
            case 6 -> in.readNullableLong();
            case 7 -> in.readInstant();
            default -> in.readRaw(1 + in.readByte() % 4);
        }
    }
}
