package io.ebbline.wire;

import static io.ebbline.wire.DecoderBench.DAY;
import static io.ebbline.wire.DecoderBench.RECORD_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.Unmerge;
import io.ebbline.profile.Profile;
import io.ebbline.state.EventCodec;
import io.ebbline.testing.RandomEvents;
import io.ebbline.testing.Shop;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventDecoderTest {

    private static final long TIME = RECORD_TIME - 5 * DAY;
    private static final Purchase ORDER = Shop.order("o1", TIME, 1_000);

    private final DecoderBench bench = new DecoderBench();

    @Provide
    Arbitrary<Event> events() {
        return RandomEvents.any();
    }

    private static Topic topic(Event event) {
        return event instanceof Touchpoint ? Topic.TOUCHPOINTS : Topic.PURCHASES;
    }

    private static @Nullable Event event(Incoming record) {
        return record.body() == null ? null : EventCodec.decode(record.time(), record.body());
    }

    @Property(tries = 300)
    void anEventComesOutAsItWentIn(@ForAll("events") Event event, @ForAll @IntRange(max = 999) int customer) {
        DecoderBench any = new DecoderBench();
        EventDecoder patient = new EventDecoder(any.registry, "GBP", 3_000_000L * DAY);
        String key = "c" + customer;
        byte[] value = any.producer.event(topic(event), key, event);
        Incoming record =
                patient.decode(topic(event), 2, 7, RECORD_TIME, key.getBytes(StandardCharsets.UTF_8), value, List.of());
        assertThat(record.rejection()).isNull();
        assertThat(record.key()).isEqualTo(key);
        assertThat(event(record)).isEqualTo(event);
        assertThat(record.isClock()).isFalse();
    }

    @Test
    void aRecordRemembersWhereItCameFrom() {
        byte[] value = bench.producer.event(Topic.PURCHASES, "c1", ORDER);
        Header header = new Header("trace", new byte[] {1});
        byte[] key = {'c', '1'};
        Incoming record = bench.decoder.decode(Topic.PURCHASES, 4, 77, RECORD_TIME, key, value, List.of(header));
        assertThat(record.topic()).isEqualTo(Topic.PURCHASES);
        assertThat(record.partition()).isEqualTo(4);
        assertThat(record.offset()).isEqualTo(77);
        assertThat(record.recordTime()).isEqualTo(RECORD_TIME);
        assertThat(record.originalKey()).isSameAs(key);
        assertThat(record.originalValue()).isSameAs(value);
        assertThat(record.headers()).containsExactly(header);
    }

    @Test
    void aRecordWithoutAKeyIsAsGoodAsItsCustomer() {
        Incoming record = bench.decode(Topic.PURCHASES, null, bench.producer.event(Topic.PURCHASES, "c1", ORDER));
        assertThat(record.rejection()).isNull();
        assertThat(record.key()).isEqualTo("c1");
    }

    @Test
    void aClockMovesTimeOnEveryInputTopicAndIsNoEvent() {
        for (Topic topic : Topic.inputs()) {
            Incoming record = bench.decode(topic, null, bench.producer.clock(topic, TIME));
            assertThat(record.isClock()).isTrue();
            assertThat(record.time()).isEqualTo(TIME);
        }
    }

    // ---- rejection

    /** An example of each reason that the decoder gives. */
    private Map<RejectReason, Incoming> examples() {
        Map<RejectReason, Incoming> examples = new EnumMap<>(RejectReason.class);
        byte[] valid = bench.producer.event(Topic.PURCHASES, "c1", ORDER);
        examples.put(RejectReason.NO_VALUE, bench.decode(Topic.PURCHASES, "c1", (byte[]) null));
        examples.put(RejectReason.NOT_AVRO, bench.decode(Topic.PURCHASES, "c1", "{}".getBytes(StandardCharsets.UTF_8)));
        examples.put(
                RejectReason.UNKNOWN_SCHEMA,
                bench.decode(Topic.PURCHASES, "c1", GenericEvents.framed(4_711, new byte[9])));
        examples.put(RejectReason.WRONG_TYPE, bench.decode(Topic.TOUCHPOINTS, "c1", valid));
        bench.registry.put(500, "{\"type\":\"record\",\"name\":\"Purchase\",\"fields\":[]}");
        examples.put(
                RejectReason.INCOMPATIBLE_SCHEMA,
                bench.decode(Topic.PURCHASES, "c1", GenericEvents.framed(500, new byte[0])));
        examples.put(
                RejectReason.UNDECODABLE, bench.decode(Topic.PURCHASES, "c1", Arrays.copyOf(valid, valid.length - 1)));
        examples.put(
                RejectReason.NO_CUSTOMER,
                bench.decode(Topic.PURCHASES, null, bench.producer.event(Topic.PURCHASES, null, ORDER)));
        examples.put(RejectReason.KEY_MISMATCH, bench.decode(Topic.PURCHASES, "c2", valid));
        examples.put(RejectReason.NO_EVENT_ID, order(o -> purchase("", TIME, "o", "GBP", o.lines())));
        examples.put(RejectReason.NO_ORDER_ID, order(o -> purchase("e", TIME, "", "GBP", o.lines())));
        examples.put(RejectReason.NO_LINES, order(o -> purchase("e", TIME, "o", "GBP", List.of())));
        examples.put(RejectReason.INVALID_AMOUNT, withDiscount(BigInteger.ONE.shiftLeft(63)));
        examples.put(RejectReason.INVALID_TIME, order(o -> purchase("e", -1, "o", "GBP", o.lines())));
        examples.put(RejectReason.FUTURE, order(o -> purchase("e", RECORD_TIME + DAY + 1, "o", "GBP", o.lines())));
        examples.put(RejectReason.NO_EXCHANGE_RATE, order(o -> purchase("e", TIME, "o", "EURO", o.lines())));
        bench.registry.put(
                501, "{\"type\":\"record\",\"name\":\"Portability\",\"namespace\":\"io.ebbline\",\"fields\":[]}");
        examples.put(
                RejectReason.UNSUPPORTED_REQUEST,
                bench.decode(Topic.CUSTOMER_REQUESTS, "c1", GenericEvents.framed(501, new byte[0])));
        return examples;
    }

    private Incoming order(Function<Purchase, Purchase> change) {
        return bench.decode(Topic.PURCHASES, "c1", change.apply(ORDER));
    }

    private static Purchase purchase(String id, long time, String order, String currency, List<Line> lines) {
        return new Purchase(id, time, order, currency, null, null, lines, 0);
    }

    private Incoming withDiscount(BigInteger discount) {
        GenericRecord record = GenericEvents.of(Schemas.of("Purchase"), "c1", ORDER);
        record.put("discount", ByteBuffer.wrap(discount.toByteArray()));
        int id = bench.registry.register(Topic.PURCHASES.subject("Purchase"), Schemas.text("Purchase"));
        return bench.decode(Topic.PURCHASES, "c1", GenericEvents.framed(id, GenericEvents.bytes(record)));
    }

    @Test
    void everyReasonHasItsRecordAndKeepsItsBytes() {
        Map<RejectReason, Incoming> examples = examples();
        examples.forEach((reason, record) -> {
            assertThat(record.rejection()).isEqualTo(reason);
            assertThat(record.body()).isNull();
            assertThat(record.time()).isEqualTo(Long.MIN_VALUE);
            assertThat(record.isClock()).isFalse();
        });
        assertThat(examples.get(RejectReason.KEY_MISMATCH).originalValue())
                .isEqualTo(bench.producer.event(Topic.PURCHASES, "c1", ORDER));
        assertThat(examples.keySet())
                .isEqualTo(EnumSet.complementOf(EnumSet.of(
                        RejectReason.LATE,
                        RejectReason.ERASED,
                        RejectReason.UNKNOWN_FORMAT,
                        RejectReason.INTO_ITSELF,
                        RejectReason.ALREADY_MERGED,
                        RejectReason.NOT_MERGED,
                        RejectReason.MERGE_CYCLE,
                        RejectReason.TOO_MANY_MEMBERS)));
    }

    // ---- requests

    private Incoming request(@Nullable String key, @Nullable String customer, Event request) {
        return bench.decode(
                Topic.CUSTOMER_REQUESTS, key, bench.producer.event(Topic.CUSTOMER_REQUESTS, customer, request));
    }

    @Test
    void anErasureIsAnEventOfItsCustomer() {
        Erasure erasure = new Erasure("q1", TIME);
        Incoming record = request("c1", "c1", erasure);
        assertThat(record.rejection()).isNull();
        assertThat(record.key()).isEqualTo("c1");
        assertThat(event(record)).isEqualTo(erasure);
        assertThat(EventCodec.isRequest(record.body())).isTrue();
        assertThat(request("c2", "c1", erasure).rejection()).isEqualTo(RejectReason.KEY_MISMATCH);
        assertThat(request(null, null, erasure).rejection()).isEqualTo(RejectReason.NO_CUSTOMER);
        assertThat(request("c1", "c1", new Erasure("", TIME)).rejection()).isEqualTo(RejectReason.NO_EVENT_ID);
        assertThat(request("c1", "c1", new Erasure("q", -1)).rejection()).isEqualTo(RejectReason.INVALID_TIME);
        assertThat(request("c1", "c1", new Erasure("q", RECORD_TIME + DAY + 1)).rejection())
                .isEqualTo(RejectReason.FUTURE);
        assertThat(bench.decode(Topic.PURCHASES, "c1", bench.producer.event(Topic.CUSTOMER_REQUESTS, "c1", erasure))
                        .rejection())
                .isEqualTo(RejectReason.WRONG_TYPE);
    }

    /** Refused when they are applied, if at all: then as they came. */
    @Test
    void mergesAreEventsThatRememberHowTheyCame() {
        for (Event asked : List.of(new Merge("q1", TIME, "c2"), new Unmerge("q1", TIME, "c2"))) {
            Incoming record = request("c1", "c1", asked);
            assertThat(record.rejection()).isNull();
            assertThat(event(record)).isEqualTo(asked);
            Incoming kept = Origin.of("c1", TIME, record.body());
            assertThat(kept.topic()).isEqualTo(Topic.CUSTOMER_REQUESTS);
            assertThat(kept.originalValue()).isEqualTo(record.originalValue());
        }
        assertThat(request("c2", "c1", new Merge("q1", TIME, "c2")).rejection()).isEqualTo(RejectReason.KEY_MISMATCH);
        assertThat(request("c1", "c1", new Merge("q1", TIME, "")).rejection()).isEqualTo(RejectReason.NO_CUSTOMER);
        assertThat(request("c1", "c1", new Unmerge("", TIME, "c2")).rejection()).isEqualTo(RejectReason.NO_EVENT_ID);
    }

    @Test
    void anEmptyCustomerIsNone() {
        assertThat(bench.decode(Topic.PURCHASES, "", ORDER).rejection()).isEqualTo(RejectReason.NO_CUSTOMER);
    }

    @Test
    void anEventIdMustNotHoldAZeroCharacter() {
        assertThat(order(o -> purchase("a\0b", TIME, "o", "GBP", o.lines())).rejection())
                .isEqualTo(RejectReason.NO_EVENT_ID);
    }

    @Test
    void theFutureBeginsBeyondTheTolerance() {
        assertThat(order(o -> purchase("e", RECORD_TIME + DAY, "o", "GBP", o.lines()))
                        .rejection())
                .isNull();
        assertThat(bench.decode(Topic.PURCHASES, null, bench.producer.clock(Topic.PURCHASES, RECORD_TIME + DAY + 1))
                        .rejection())
                .isEqualTo(RejectReason.FUTURE);
        assertThat(bench.decode(Topic.PURCHASES, null, bench.producer.clock(Topic.PURCHASES, -1))
                        .rejection())
                .isEqualTo(RejectReason.INVALID_TIME);
    }

    @Test
    void aReturnWithoutLinesMustBeOfTheWhole() {
        assertThat(bench.decode(Topic.PURCHASES, "c1", Shop.wholeBack("o1", TIME))
                        .rejection())
                .isNull();
        Return partOfNothing = new Return("r", TIME, "o1", false, "GBP", List.of(), 0);
        assertThat(bench.decode(Topic.PURCHASES, "c1", partOfNothing).rejection())
                .isEqualTo(RejectReason.NO_LINES);
    }

    @Test
    void whatComesBackIsAPositiveQuantityInACurrency() {
        List<Line> negative = List.of(new Line("sku", null, -10_000, 10_000, null));
        assertThat(bench.decode(Topic.PURCHASES, "c1", new Return("r", TIME, "o1", false, "GBP", negative, 0))
                        .rejection())
                .isEqualTo(RejectReason.INVALID_AMOUNT);
        assertThat(bench.decode(Topic.PURCHASES, "c1", new Return("r", TIME, "o1", true, "", List.of(), 0))
                        .rejection())
                .isEqualTo(RejectReason.NO_EXCHANGE_RATE);
    }

    @Test
    void anEventInAnotherCurrencyIsKeptWithWhereItCameFrom() {
        Purchase order = purchase("e", TIME, "o", "EUR", ORDER.lines());
        Incoming record = bench.decode(Topic.PURCHASES, "c1", order);
        assertThat(record.rejection()).isNull();
        assertThat(record.time()).isEqualTo(TIME);
        byte[] body = record.body();
        assertThat(Origin.isBehind(body)).isTrue();
        assertThat(((Purchase) EventCodec.decode(TIME, body)).currency()).isEqualTo("EUR");
        Incoming origin = Origin.of("c1", TIME, body);
        assertThat(origin).usingRecursiveComparison().isEqualTo(record);
        assertThat(origin.originalValue()).isEqualTo(bench.producer.event(Topic.PURCHASES, "c1", order));
        assertThat(Origin.isBehind(bench.decode(Topic.PURCHASES, "c1", ORDER).body()))
                .isFalse();
    }

    @Test
    void bytesAfterTheRecordAreUndecodable() {
        byte[] order = bench.producer.event(Topic.PURCHASES, "c1", ORDER);
        assertThat(bench.decode(Topic.PURCHASES, "c1", Arrays.copyOf(order, order.length + 1))
                        .rejection())
                .isEqualTo(RejectReason.UNDECODABLE);
        byte[] clock = bench.producer.clock(Topic.PURCHASES, TIME);
        assertThat(bench.decode(Topic.PURCHASES, null, Arrays.copyOf(clock, clock.length + 1))
                        .rejection())
                .isEqualTo(RejectReason.UNDECODABLE);
    }

    @Test
    void noEventComesToMoreThanThousandsOfWhichFitIntoACustomer() {
        long most = 1_000_000_000_000_000L;
        assertThat(ofTotal(most + 1).rejection()).isEqualTo(RejectReason.INVALID_AMOUNT);
        assertThat(ofTotal(-most - 1).rejection()).isEqualTo(RejectReason.INVALID_AMOUNT);
        assertThat(bench.decode(Topic.PURCHASES, "c1", Shop.back(TIME, most + 1))
                        .rejection())
                .isEqualTo(RejectReason.INVALID_AMOUNT);
        Event greatest = event(ofTotal(most));
        Profile profile = new Profile();
        for (int i = 0; i < 9_000; i++) {
            Shop.apply(profile, greatest);
        }
        assertThat(profile.monetaryMinor()).isEqualTo(9_000 * most);
    }

    private Incoming ofTotal(long minor) {
        return bench.decode(Topic.PURCHASES, "c1", Shop.order("o", TIME, minor));
    }

    // ---- the registry

    @Test
    void aRegistryThatDoesNotAnswerIsAnErrorNotARejection() {
        byte[] value = bench.producer.event(Topic.PURCHASES, "c1", ORDER);
        bench.registry.reachable(false);
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> bench.decode(Topic.PURCHASES, "c1", value));
        bench.registry.reachable(true);
        assertThat(bench.decode(Topic.PURCHASES, "c1", value).rejection()).isNull();
        bench.registry.reachable(false);
        assertThat(bench.decode(Topic.PURCHASES, "c1", value).rejection()).isNull();
    }

    @Test
    void aSchemaIsAskedForOnce() {
        for (int i = 0; i < 100; i++) {
            bench.decode(Topic.PURCHASES, "c1", ORDER);
            bench.decode(Topic.PURCHASES, "c1", Shop.wholeBack("o1", TIME));
        }
        assertThat(bench.registry.asked()).isEqualTo(2);
    }

    @Test
    void anUnknownIdIsAskedForAgainAfterAWhile() {
        byte[] value =
                GenericEvents.framed(600, GenericEvents.bytes(GenericEvents.of(Schemas.of("Purchase"), "c1", ORDER)));
        for (int i = 0; i < 100; i++) {
            assertThat(bench.decode(Topic.PURCHASES, "c1", value).rejection()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
        }
        assertThat(bench.registry.asked()).isOne();
        bench.registry.put(600, Schemas.text("Purchase"));
        bench.nanos += 29_000_000_000L;
        assertThat(bench.decode(Topic.PURCHASES, "c1", value).rejection()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
        bench.nanos += 1_000_000_000L;
        assertThat(event(bench.decode(Topic.PURCHASES, "c1", value))).isEqualTo(ORDER);
        assertThat(bench.registry.asked()).isEqualTo(2);
    }
}
