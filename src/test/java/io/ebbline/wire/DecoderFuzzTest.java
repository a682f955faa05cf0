package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.state.EventCodec;
import io.ebbline.testing.Shop;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Whatever bytes come in, they come out as an event, a clock or a rejection. */
class DecoderFuzzTest {

    private static final long TIME = DecoderBench.RECORD_TIME - DecoderBench.DAY;

    private final DecoderBench bench = new DecoderBench();
    private final Random random = new Random(20_200_101);
    private final Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    private int events;

    private List<byte[]> valid() {
        return List.of(
                bench.producer.event(Topic.PURCHASES, "c1", Shop.order("o1", TIME, 1_000)),
                bench.producer.event(Topic.PURCHASES, "c1", Shop.wholeBack("o1", TIME, 500)),
                bench.producer.clock(Topic.PURCHASES, TIME),
                bench.producer.event(Topic.TOUCHPOINTS, "c1", Shop.visit(TIME)));
    }

    private void feed(byte[] value) {
        for (Topic topic : Topic.inputs()) {
            Incoming record = bench.decode(topic, random.nextBoolean() ? "c1" : null, value);
            if (record.rejection() != null) {
                reasons.add(record.rejection());
                assertThat(record.originalValue()).isSameAs(value);
            } else if (record.body() != null) {
                events++;
                assertThat(EventCodec.decode(record.time(), record.body()).time())
                        .isEqualTo(record.time());
            }
        }
    }

    @Test
    void randomBytesAreRejected() {
        valid();
        for (int i = 0; i < 20_000; i++) {
            byte[] value = new byte[random.nextInt(60)];
            random.nextBytes(value);
            feed(value);
            feed(GenericEvents.framed(1 + random.nextInt(5), value));
        }
        assertThat(reasons).contains(RejectReason.NOT_AVRO, RejectReason.UNDECODABLE, RejectReason.WRONG_TYPE);
    }

    @Test
    void mutationsOfValidBytesAreEventsOrRejections() {
        List<byte[]> valid = valid();
        for (int i = 0; i < 40_000; i++) {
            feed(mutated(valid.get(i % valid.size()), 5));
        }
        assertThat(events).isPositive();
        assertThat(reasons)
                .contains(
                        RejectReason.UNDECODABLE,
                        RejectReason.KEY_MISMATCH,
                        RejectReason.FUTURE,
                        RejectReason.INVALID_TIME,
                        RejectReason.NO_EXCHANGE_RATE);
    }

    @Test
    void mutationsOfValuesOfAnotherVersionAreEventsOrRejections() {
        Schema other = SchemaVersions.reversed(SchemaVersions.extended(Schemas.of("Purchase")));
        int id = bench.registry.register("purchases-io.ebbline.Purchase", other.toString());
        byte[] valid = GenericEvents.framed(
                id, GenericEvents.bytes(GenericEvents.of(other, "c1", Shop.order("o1", TIME, 1_000))));
        for (int i = 0; i < 5_000; i++) {
            feed(mutated(valid, 5));
        }
        assertThat(events).isPositive();
        assertThat(reasons).contains(RejectReason.UNDECODABLE);
    }

    /** Some bytes changed, cut off, doubled or put in, behind the schema id. */
    private byte[] mutated(byte[] value, int from) {
        byte[] bytes = value.clone();
        for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > from; i--) {
            int at = from + random.nextInt(bytes.length - from);
            switch (random.nextInt(4)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
                default -> bytes[at] = (byte) random.nextInt();
            }
        }
        return bytes;
    }
}
