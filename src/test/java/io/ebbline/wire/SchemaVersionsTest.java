package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.state.EventCodec;
import io.ebbline.testing.Shop;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Producers of another release: what they mean is understood, what would be misread is refused. */
class SchemaVersionsTest {

    private static final long TIME = DecoderBench.RECORD_TIME - DecoderBench.DAY;
    private static final Purchase ORDER = Shop.order("o1", TIME, 1_234);
    private static final Schema PURCHASE = Schemas.of("Purchase");
    private static final Schema TOUCHPOINT = Schemas.of("Touchpoint");

    private final DecoderBench bench = new DecoderBench();

    private static Schema decimal(int precision, int scale) {
        return LogicalTypes.decimal(precision, scale).addToSchema(Schema.create(Type.BYTES));
    }

    private static Schema inLines(String field, Schema type) {
        Schema line = PURCHASE.getField("lines").schema().getElementType();
        return SchemaVersions.retyped(PURCHASE, "lines", Schema.createArray(SchemaVersions.retyped(line, field, type)));
    }

    private static Schema optional(Schema schema) {
        return Schema.createUnion(Schema.create(Type.NULL), schema);
    }

    static List<Schema> understood() {
        return List.of(
                SchemaVersions.extended(PURCHASE),
                SchemaVersions.reversed(PURCHASE),
                SchemaVersions.reversed(SchemaVersions.extended(PURCHASE)),
                SchemaVersions.without(PURCHASE, "channel", "discount"),
                SchemaVersions.retyped(PURCHASE, "customerId", Schema.create(Type.STRING)),
                SchemaVersions.retyped(PURCHASE, "time", Schema.create(Type.LONG)),
                inLines("quantity", decimal(30, 4)),
                inLines("quantity", Schema.create(Type.BYTES)));
    }

    @ParameterizedTest
    @MethodSource("understood")
    void theSameEventIsReadFromEveryVersionThatMeansTheSame(Schema schema) {
        assertThat(schema).isNotEqualTo(PURCHASE);
        for (int i = 0; i < 3; i++) {
            assertThat(event(bench.decode(Topic.PURCHASES, "c1", ORDER, schema)))
                    .isEqualTo(ORDER);
        }
    }

    static List<Schema> misread() {
        return List.of(
                inLines("unitPrice", decimal(18, 2)),
                inLines("unitPrice", decimal(18, 0)),
                inLines("unitCost", optional(decimal(18, 2))),
                SchemaVersions.retyped(PURCHASE, "discount", optional(decimal(18, 2))),
                SchemaVersions.retyped(PURCHASE, "discount", decimal(18, 2)),
                SchemaVersions.retyped(
                        PURCHASE, "time", LogicalTypes.timestampMicros().addToSchema(Schema.create(Type.LONG))),
                SchemaVersions.retyped(
                        PURCHASE, "time", LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Type.LONG))),
                SchemaVersions.without(PURCHASE, "orderId"),
                SchemaVersions.without(PURCHASE, "lines"));
    }

    @ParameterizedTest
    @MethodSource("misread")
    void aVersionThatMeansSomethingElseIsRefused(Schema schema) {
        Purchase discounted = new Purchase("e", TIME, "o1", "GBP", null, 5_000L, ORDER.lines(), ORDER.totalMinor());
        assertThat(bench.decode(Topic.PURCHASES, "c1", discounted, schema).rejection())
                .isEqualTo(RejectReason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void aTypeThatThisReleaseDoesNotKnowIsUnknown() {
        Schema types = SchemaBuilder.enumeration("TouchpointType")
                .namespace("io.ebbline")
                .defaultSymbol("UNKNOWN")
                .symbols("TELEPATHY", "VISIT", "UNKNOWN");
        Schema newer = SchemaVersions.retyped(TOUCHPOINT, "type", types);
        Touchpoint visit = Shop.visit(TIME);
        assertThat(event(bench.decode(Topic.TOUCHPOINTS, "c1", visit, newer))).isEqualTo(visit);
        GenericRecord record = GenericEvents.of(newer, "c1", visit);
        record.put("type", new GenericData.EnumSymbol(types, "TELEPATHY"));
        int id = bench.registry.register("touchpoints-io.ebbline.Touchpoint", newer.toString());
        Event read =
                event(bench.decode(Topic.TOUCHPOINTS, "c1", GenericEvents.framed(id, GenericEvents.bytes(record))));
        assertThat(((Touchpoint) read).type()).isEqualTo(TouchpointType.UNKNOWN);
    }

    @Test
    void bytesAfterTheRecordOfAnotherVersionAreUndecodable() {
        Schema other = SchemaVersions.reversed(PURCHASE);
        int id = bench.registry.register("purchases-io.ebbline.Purchase", other.toString());
        byte[] avro = GenericEvents.bytes(GenericEvents.of(other, "c1", ORDER));
        byte[] longer = Arrays.copyOf(avro, avro.length + 1);
        byte[] shorter = Arrays.copyOf(avro, avro.length - 1);
        assertThat(bench.decode(Topic.PURCHASES, "c1", GenericEvents.framed(id, longer))
                        .rejection())
                .isEqualTo(RejectReason.UNDECODABLE);
        assertThat(bench.decode(Topic.PURCHASES, "c1", GenericEvents.framed(id, shorter))
                        .rejection())
                .isEqualTo(RejectReason.UNDECODABLE);
        assertThat(event(bench.decode(Topic.PURCHASES, "c1", GenericEvents.framed(id, avro))))
                .isEqualTo(ORDER);
    }

    @Test
    void whatIsNoSchemaOrNoRecordIsRefused() {
        bench.registry.put(700, "syntax = \"proto3\";");
        bench.registry.put(701, "\"string\"");
        assertThat(bench.decode(Topic.PURCHASES, "c1", GenericEvents.framed(700, new byte[3]))
                        .rejection())
                .isEqualTo(RejectReason.INCOMPATIBLE_SCHEMA);
        assertThat(bench.decode(Topic.PURCHASES, "c1", GenericEvents.framed(701, new byte[3]))
                        .rejection())
                .isEqualTo(RejectReason.WRONG_TYPE);
    }

    private static Event event(Incoming record) {
        assertThat(record.rejection()).isNull();
        return EventCodec.decode(record.time(), record.body());
    }
}
