package io.ebbline.operator;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.Cuts;
import io.ebbline.model.DecayRules;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.RankingModel;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.SegmentGrid;
import io.ebbline.model.StageRules;
import io.ebbline.model.ValueModel;
import io.ebbline.state.EventCodec;
import io.ebbline.testing.Shop;
import io.ebbline.wire.Header;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Schemas;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** What goes into the operator and what comes out of it, in few words. */
final class Records {

    /** 2024-01-01T00:00Z. */
    static final long START = 1_704_067_200_000L;

    static final long DAY = Duration.ofDays(1).toMillis();

    /** Bytes before the Avro of a value. */
    private static final int PREFIX = 5;

    private Records() {}

    static long day(double days) {
        return START + Math.round(days * DAY);
    }

    // ---- in

    /** A purchase of one thing. The order has the id of the event. */
    static Purchase purchase(String id, long time, String pounds) {
        return purchase(id, time, id, pounds);
    }

    static Purchase purchase(String id, long time, String orderId, String pounds) {
        List<Line> lines = List.of(Line.of("sku", null, BigDecimal.ONE, new BigDecimal(pounds)));
        return new Purchase(id, time, orderId, "GBP", null, null, lines, Line.sumMinor(lines, 2));
    }

    /** The whole order comes back. */
    static Return wholeReturn(String id, long time, String orderId) {
        return new Return(id, time, orderId, true, "GBP", List.of(), 0);
    }

    static Touchpoint visit(String id, long time) {
        return new Touchpoint(id, time, TouchpointType.VISIT, "web", null, null, null, null, null);
    }

    static Incoming of(String customer, Event event) {
        return of(customer, event, List.of());
    }

    /** The record of an event; its original bytes are made up but its own. */
    static Incoming of(String customer, Event event, List<Header> headers) {
        return new Incoming(
                customer,
                event.time(),
                new EventCodec().encode(event),
                null,
                event instanceof Touchpoint ? Topic.TOUCHPOINTS : Topic.PURCHASES,
                3,
                17,
                event.time() + 5,
                bytes(customer),
                bytes("original of " + event.id()),
                headers);
    }

    static Incoming rejected(RejectReason reason) {
        return new Incoming(
                "purchases/1/2",
                Incoming.NO_TIME,
                null,
                reason,
                Topic.PURCHASES,
                1,
                2,
                START,
                bytes("key"),
                bytes("garbage"),
                List.of(new Header("trace", bytes("t-1"))));
    }

    static Incoming clock(long time) {
        return new Incoming("purchases/1/3", time, null, null, Topic.PURCHASES, 1, 3, time, null, null, List.of());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A version of the shipped rules: R drops at 30, 60, 90 and 180 days, DEPARTED after 180. */
    static ScoringModel model(int version) {
        ScoringModel shipped = ScoringModel.shipped();
        return new ScoringModel(
                "default",
                version,
                0,
                false,
                shipped.recency(),
                shipped.frequency(),
                shipped.monetary(),
                shipped.segments(),
                shipped.stages(),
                BuyingModel.shipped(),
                Shop.CALM,
                DecayRules.shipped(),
                ValueModel.shipped(),
                MatrixRules.shipped(),
                RankingModel.shipped(),
                0,
                "");
    }

    /** A version whose R drops after other numbers of days. */
    static ScoringModel model(int version, int first, int second, int third, int fourth) {
        ScoringModel shipped = ScoringModel.shipped();
        return new ScoringModel(
                "default",
                version,
                0,
                false,
                new Cuts(first * DAY, second * DAY, third * DAY, fourth * DAY),
                shipped.frequency(),
                shipped.monetary(),
                SegmentGrid.shipped(),
                new StageRules(3, 180 * DAY),
                BuyingModel.shipped(),
                Shop.CALM,
                DecayRules.shipped(),
                ValueModel.shipped(),
                MatrixRules.shipped(),
                RankingModel.shipped(),
                0,
                "");
    }

    // ---- out

    static String key(Outgoing record) {
        return text(record.key());
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "(none)" : new String(bytes, StandardCharsets.UTF_8);
    }

    static String header(Outgoing record, String name) {
        return record.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(header -> text(header.value()))
                .collect(Collectors.joining(","));
    }

    /** The value by Avro's own generic reader. */
    static GenericRecord decode(Outgoing record) {
        return decode(record.value(), PREFIX, record.topic().records().get(0));
    }

    /** The Avro behind {@code from}. */
    static GenericRecord decode(byte[] value, int from, String schema) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, from, value.length - from, null);
        try {
            GenericRecord decoded = new GenericDatumReader<GenericRecord>(Schemas.of(schema)).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("Bytes follow the " + schema + ".");
            }
            return decoded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<GenericRecord> decode(List<Outgoing> records) {
        return records.stream().map(Records::decode).toList();
    }

    /** The value without schema id: what has to be the same in every run. */
    static byte[] body(Outgoing record) {
        return Arrays.copyOfRange(record.value(), PREFIX, record.value().length);
    }

    /** The last answer of every customer. */
    static Map<String, Outgoing> lastAnswers(List<Outgoing> records) {
        return records.stream()
                .filter(record -> record.topic() == Topic.CUSTOMER_SCORES)
                .collect(Collectors.toMap(Records::key, record -> record, (a, b) -> b));
    }
}
