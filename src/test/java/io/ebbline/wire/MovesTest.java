package io.ebbline.wire;

import static io.ebbline.wire.DecoderBench.DAY;
import static io.ebbline.wire.DecoderBench.RECORD_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect;
import io.ebbline.event.Event;
import io.ebbline.event.Move;
import io.ebbline.event.Move.Hop;
import io.ebbline.profile.Profile;
import io.ebbline.state.CustomerCodec;
import io.ebbline.state.EventCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.StoredParcels;
import io.ebbline.testing.Shop;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Moves between customers: what the job writes it reads again, and nothing else. */
class MovesTest {
    private static final long TIME = RECORD_TIME - 5 * DAY;
    private static final Schema MOVE = Schemas.of("CustomerMove");

    private final DecoderBench bench = new DecoderBench();
    private final EffectEncoder encoder = new EffectEncoder(bench.registry, true, "GBP", "run-7", false);

    private static final List<Hop> PATH = List.of(new Hop("anna", TIME - DAY, "q1"), new Hop("änne", TIME, "q2"));

    private static byte[] profile() {
        return CustomerCodec.pack(new Profile(), new PackedWriter());
    }

    private static byte[] order() {
        return new StoredParcels().pack(Shop.order("o1", TIME, 1_000));
    }

    private static Move move(Move.Kind kind, byte[] payload) {
        return new Move("m1", TIME, kind, "änne", PATH, payload);
    }

    private static List<Move> ofEveryKind() {
        return List.of(
                move(Move.Kind.MOVED, profile()),
                move(Move.Kind.FORWARDED, order()),
                move(Move.Kind.UNMOVED, new byte[0]),
                move(Move.Kind.REFUSED, new byte[0]),
                new Move("m2", TIME, Move.Kind.ERASED, "bert", List.of(), new byte[0]));
    }

    private Outgoing written(Move move) {
        return encoder.encode("änne", new Effect.Moved("bert", move));
    }

    private Incoming read(Outgoing record) {
        return bench.decode(Topic.CUSTOMER_MOVES, new String(record.key(), StandardCharsets.UTF_8), record.value());
    }

    private RejectReason refusal(Move move) {
        return read(written(move)).rejection();
    }

    @Test
    void whatIsWrittenIsRead() {
        for (Move move : ofEveryKind()) {
            Outgoing record = written(move);
            assertThat(record.topic()).isEqualTo(Topic.CUSTOMER_MOVES);
            assertThat(record.time()).isEqualTo(TIME);
            Incoming read = read(record);
            assertThat(read.rejection()).isNull();
            assertThat(read.key()).isEqualTo("bert");
            assertThat(read.time()).isEqualTo(TIME);
            Event event = EventCodec.decode(read.time(), read.body());
            assertThat(event).usingRecursiveComparison().isEqualTo(move);
        }
    }

    @Test
    void avroReadsTheSame() {
        for (Move move : ofEveryKind()) {
            byte[] value = written(move).value();
            assertThat(GenericEvents.read(MOVE, value, Confluent.PREFIX)).isEqualTo(generic(move));
            for (boolean blocked : List.of(true, false)) {
                byte[] avro = GenericEvents.bytes(generic(move), blocked);
                Incoming read = bench.decode(
                        Topic.CUSTOMER_MOVES, "bert", GenericEvents.framed(Confluent.schemaId(value), avro));
                assertThat(EventCodec.decode(read.time(), read.body()))
                        .usingRecursiveComparison()
                        .isEqualTo(move);
            }
        }
    }

    private static GenericRecord generic(Move move) {
        Schema hop = MOVE.getField("path").schema().getElementType();
        Map<String, Object> values = new HashMap<>();
        values.put("moveId", move.id());
        values.put("kind", symbol(move.kind().name()));
        values.put("customerId", "bert");
        values.put("from", move.from());
        values.put("time", move.time());
        values.put(
                "path",
                move.path().stream()
                        .map(h -> GenericEvents.filled(
                                hop,
                                Map.of("customerId", h.customerId(), "time", h.time(), "requestId", h.requestId())))
                        .toList());
        values.put("payload", ByteBuffer.wrap(move.payload()));
        return GenericEvents.filled(MOVE, values);
    }

    private static GenericData.EnumSymbol symbol(String name) {
        return new GenericData.EnumSymbol(MOVE.getField("kind").schema(), name);
    }

    /** An order in the next format: behind time, length, rank, id, a zero byte and the length of the rest. */
    private static byte[] newerOrder() {
        PackedReader in = new PackedReader(order());
        long time = in.readSigned();
        byte[] event = in.readBytes();
        int at = 1;
        while (event[at] != 0) {
            at++;
        }
        do {
            at++;
        } while (event[at] < 0); // All bytes of a length but the last are negative.
        event[at + 1]++;
        return new PackedWriter().writeSigned(time).writeBytes(event).toBytes();
    }

    @Test
    void aMoveOfANewerReleaseIsRefusedAndSaysSo() {
        byte[] profile = profile();
        profile[0]++;
        assertThat(refusal(move(Move.Kind.MOVED, profile))).isEqualTo(RejectReason.UNKNOWN_FORMAT);
        assertThat(refusal(move(Move.Kind.FORWARDED, newerOrder()))).isEqualTo(RejectReason.UNKNOWN_FORMAT);

        String newer = Schemas.text("CustomerMove").replace("\"REFUSED\"]", "\"REFUSED\", \"SWAPPED\"]");
        Schema schema = new Schema.Parser().parse(newer);
        GenericRecord record = new GenericData.Record(schema);
        generic(move(Move.Kind.UNMOVED, new byte[0]))
                .getSchema()
                .getFields()
                .forEach(field -> record.put(
                        field.name(),
                        generic(move(Move.Kind.UNMOVED, new byte[0])).get(field.name())));
        record.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "SWAPPED"));
        int id = bench.registry.register(Topic.CUSTOMER_MOVES.subject("CustomerMove"), newer);
        assertThat(bench.decode(Topic.CUSTOMER_MOVES, "bert", GenericEvents.framed(id, GenericEvents.bytes(record)))
                        .rejection())
                .isEqualTo(RejectReason.UNKNOWN_FORMAT);
    }

    @Test
    void whatTheJobDidNotWriteIsRefused() {
        Outgoing moved = written(move(Move.Kind.MOVED, profile()));
        assertThat(bench.decode(Topic.CUSTOMER_MOVES, "anna", moved.value()).rejection())
                .isEqualTo(RejectReason.KEY_MISMATCH);
        assertThat(bench.decode(Topic.PURCHASES, "bert", moved.value()).rejection())
                .isEqualTo(RejectReason.WRONG_TYPE);
        byte[] purchase = bench.producer.event(Topic.PURCHASES, "bert", Shop.order("o1", TIME, 1_000));
        assertThat(bench.decode(Topic.CUSTOMER_MOVES, "bert", purchase).rejection())
                .isEqualTo(RejectReason.WRONG_TYPE);
        assertThat(refusal(move(Move.Kind.MOVED, new byte[0]))).isEqualTo(RejectReason.UNKNOWN_FORMAT);
        assertThat(refusal(move(Move.Kind.MOVED, new byte[] {profile()[0]}))).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(refusal(move(Move.Kind.FORWARDED, new byte[0]))).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(refusal(move(Move.Kind.FORWARDED, new EventCodec().encode(move(Move.Kind.UNMOVED, new byte[0])))))
                .isEqualTo(RejectReason.UNDECODABLE);
        assertThat(refusal(move(Move.Kind.UNMOVED, new byte[] {1}))).isEqualTo(RejectReason.UNDECODABLE);
        assertThat(refusal(new Move("m", TIME, Move.Kind.UNMOVED, "a", List.of(), new byte[0])))
                .isEqualTo(RejectReason.UNDECODABLE);
        assertThat(refusal(new Move("", TIME, Move.Kind.UNMOVED, "a", PATH, new byte[0])))
                .isEqualTo(RejectReason.NO_EVENT_ID);
        assertThat(refusal(new Move("m", TIME, Move.Kind.UNMOVED, "", PATH, new byte[0])))
                .isEqualTo(RejectReason.NO_CUSTOMER);
        assertThat(refusal(new Move("m", -1, Move.Kind.UNMOVED, "a", PATH, new byte[0])))
                .isEqualTo(RejectReason.INVALID_TIME);
    }

    /** Nothing but an event or a rejection, and an event that can be read when its time comes. */
    @Test
    void damagedBytesAreAnEventOrARejection() {
        Random random = new Random(20_300_101);
        int events = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] value = written(ofEveryKind().get(i % 5)).value().clone();
            int at = Confluent.PREFIX + random.nextInt(value.length - Confluent.PREFIX);
            value[at] = (byte) random.nextInt();
            Incoming read = bench.decode(Topic.CUSTOMER_MOVES, "bert", value);
            if (read.body() == null) {
                refused++;
                assertThat(read.originalValue()).isSameAs(value);
                continue;
            }
            events++;
            Move move = (Move) EventCodec.decode(read.time(), read.body());
            switch (move.kind()) {
                case MOVED -> assertThat(CustomerCodec.unpack(move.payload())).isNotNull();
                case FORWARDED ->
                    assertThat(new StoredParcels().event(move.payload())).isNotNull();
                default -> assertThat(move.payload()).isEmpty();
            }
        }
        assertThat(events).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void aRetiredIdGetsATombstone() {
        Outgoing record = encoder.encode("anna", new Effect.Retired(TIME, "bert"));
        assertThat(record.topic()).isEqualTo(Topic.CUSTOMER_SCORES);
        assertThat(record.key()).isEqualTo("anna".getBytes(StandardCharsets.UTF_8));
        assertThat(record.value()).isNull();
        assertThat(record.time()).isEqualTo(TIME);
    }
}
