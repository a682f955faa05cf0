package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Request;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.state.PackedWriter;
import io.ebbline.testing.RandomEvents;
import io.ebbline.testing.Shop;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.WithNull;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The hand-written events against Avro's own reader and writer with the schemas of the repository. */
class AvroEventsTest {

    private static final int POUNDS = 2;

    @Provide
    Arbitrary<Event> events() {
        return RandomEvents.anyOrRequest();
    }

    private static AvroEvents.Decoded read(Event kind, byte[] avro) {
        PackedReader in = new PackedReader(avro);
        AvroEvents.Decoded decoded = switch (GenericEvents.record(kind)) {
            case "Purchase" -> AvroEvents.readPurchase(in, POUNDS);
            case "Return" -> AvroEvents.readReturn(in, POUNDS);
            case "Touchpoint" -> AvroEvents.readTouchpoint(in);
            case "Erasure" -> AvroEvents.readErasure(in);
            case "Merge" -> AvroEvents.readMerge(in);
            case "Unmerge" -> AvroEvents.readUnmerge(in);
            default -> throw new AssertionError(kind);
        };
        assertThat(in.remaining()).isZero();
        return decoded;
    }

    private static byte[] written(@Nullable String customer, Event event) {
        PackedWriter out = new PackedWriter();
        AvroEvents.write(out, customer, event);
        return out.toBytes();
    }

    @Property(tries = 500)
    void theBytesAreThoseOfAvrosWriter(@ForAll("events") Event event, @ForAll @WithNull String customer) {
        Schema schema = Schemas.of(GenericEvents.record(event));
        assertThat(written(customer, event)).isEqualTo(GenericEvents.bytes(GenericEvents.of(schema, customer, event)));
    }

    @Property(tries = 500)
    void whatIsWrittenAvrosReaderReads(@ForAll("events") Event event, @ForAll @WithNull String customer) {
        Schema schema = Schemas.of(GenericEvents.record(event));
        GenericRecord read = GenericEvents.read(schema, written(customer, event), 0);
        assertThat(read.get(event instanceof Request ? "requestId" : "eventId")).hasToString(event.id());
        assertThat(read.get("time")).isEqualTo(event.time());
        assertThat(GenericEvents.bytes(read)).isEqualTo(GenericEvents.bytes(GenericEvents.of(schema, customer, event)));
    }

    @Property(tries = 500)
    void whatAvrosWriterWritesIsRead(
            @ForAll("events") Event event, @ForAll @WithNull String customer, @ForAll boolean blocked) {
        Schema schema = Schemas.of(GenericEvents.record(event));
        byte[] avro = GenericEvents.bytes(GenericEvents.of(schema, customer, event), blocked);
        assertThat(read(event, avro)).isEqualTo(new AvroEvents.Decoded(customer, event));
    }

    @Test
    void manyLinesInBlocksThatSayTheirSizeAreRead() {
        List<Line> lines = Collections.nCopies(200, new Line("sku", "things", 10_000, 25_500, null));
        Purchase order = new Purchase("e", 1, "o", "GBP", null, null, lines, 200 * 255);
        byte[] avro = GenericEvents.bytes(GenericEvents.of(Schemas.of("Purchase"), "c", order), true);
        assertThat(read(order, avro).event()).isEqualTo(order);
    }

    @Test
    void amountsAreDecimalsOfFourPlaces() {
        GenericRecord read = GenericEvents.read(Schemas.of("Purchase"), written("c", Shop.order("o", 1, 1_234)), 0);
        GenericRecord line = (GenericRecord) ((List<?>) read.get("lines")).get(0);
        Schema decimal = line.getSchema().getField("unitPrice").schema();
        BigDecimal price = new Conversions.DecimalConversion()
                .fromBytes((ByteBuffer) line.get("unitPrice"), decimal, decimal.getLogicalType());
        assertThat(price).isEqualByComparingTo("12.34");
    }

    @Test
    void decimalsInMoreBytesThanNeededAreReadAndThoseThatDoNotFitAreNot() {
        assertThat(discount(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 7})).isEqualTo(7);
        assertThat(discount(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -7}))
                .isEqualTo(-7);
        assertThat(discount(BigInteger.valueOf(Long.MIN_VALUE).toByteArray())).isEqualTo(Long.MIN_VALUE);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> discount(BigInteger.ONE.shiftLeft(63).toByteArray()));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> discount(new byte[0]));
    }

    private static @Nullable Long discount(byte[] decimal) {
        Purchase order = Shop.order("o", 1, 100);
        GenericRecord record = GenericEvents.of(Schemas.of("Purchase"), "c", order);
        record.put("discount", ByteBuffer.wrap(decimal));
        return ((Purchase) read(order, GenericEvents.bytes(record)).event()).discount();
    }

    @Test
    void aTypeOutsideTheEnumIsMalformed() {
        byte[] avro = new PackedWriter()
                .writeString("e")
                .writeNullableString("c")
                .writeSigned(1)
                .writeSigned(20)
                .toBytes();
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> AvroEvents.readTouchpoint(new PackedReader(avro)))
                .withMessage("A touchpoint is of type number 20.");
    }

    @Test
    void aClaimOfManyLinesIsNotBelieved() {
        byte[] avro = new PackedWriter()
                .writeString("e")
                .writeNullableString("c")
                .writeString("o")
                .writeSigned(1)
                .writeString("GBP")
                .writeNullableString(null)
                .writeSigned(0)
                .writeSigned(Long.MAX_VALUE)
                .toBytes();
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> AvroEvents.readPurchase(new PackedReader(avro), POUNDS))
                .withMessage("There can't be 9223372036854775807 items in 0 bytes.");
    }
}
