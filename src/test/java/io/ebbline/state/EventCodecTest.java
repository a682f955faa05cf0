package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Request;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.event.Unmerge;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.testing.RandomEvents;
import io.ebbline.testing.Shop;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    private final EventCodec codec = new EventCodec();

    @Provide
    Arbitrary<Event> events() {
        return RandomEvents.anyOrRequest();
    }

    private static int rank(Event event) {
        return event instanceof Request ? 0 : event instanceof Purchase ? 1 : event instanceof Return ? 2 : 3;
    }

    @Property(tries = 500)
    void whatIsWrittenIsReadBack(@ForAll("events") Event event) {
        assertThat(EventCodec.decode(event.time(), codec.encode(event))).isEqualTo(event);
    }

    @Property(tries = 500)
    void bytesCompareAsTimeThenKindThenId(@ForAll("events") Event a, @ForAll("events") Event b) {
        int expected = Long.compare(a.time(), b.time());
        if (expected == 0) {
            expected = Integer.compare(rank(a), rank(b));
        }
        if (expected == 0) {
            expected = Arrays.compareUnsigned(
                    a.id().getBytes(StandardCharsets.UTF_8), b.id().getBytes(StandardCharsets.UTF_8));
        }
        if (expected == 0) {
            expected = Arrays.compareUnsigned(codec.encode(a), codec.encode(b));
            assertThat(expected == 0).isEqualTo(a.equals(b));
        }
        int order = EventCodec.compare(a.time(), codec.encode(a), b.time(), codec.encode(b));
        assertThat(Integer.signum(order)).isEqualTo(Integer.signum(expected));
    }

    @Property(tries = 500)
    void noBodyIsTheBeginningOfAnother(@ForAll("events") Event a, @ForAll("events") Event b) {
        byte[] first = codec.encode(a);
        byte[] second = codec.encode(b);
        if (!Arrays.equals(first, second)) {
            int shared = Math.min(first.length, second.length);
            assertThat(Arrays.copyOf(first, shared)).isNotEqualTo(Arrays.copyOf(second, shared));
        }
    }

    @Test
    void anIdMustNotHoldTheCharacterThatEndsIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(Shop.order("a\0b", 1, 100)))
                .withMessage("An event id must not hold a zero character.");
    }

    /** Bytes by hand: rank, id, zero, length of the rest, version; then the fields, numbers as zigzag varints. */
    @Test
    void theBytesOfVersionOneAreWrittenAndReadForEver() {
        mustBe(
                "02" + "6531" + "00" + "1e" + "01"
                        + "043132" + "06474250" + "00" + "0207" + "ca12"
                        + "01" + "06736b75" + "02046732" + "a09c01" + "c09f01" + "0202",
                new Purchase(
                        "e1", 9, "12", "GBP", null, -4L, List.of(new Line("sku", "g2", 10_000, 10_208, 1L)), 1_189));
        mustBe(
                "03" + "72" + "00" + "0c" + "01" + "02043132" + "01" + "06474250" + "00" + "00",
                new Return("r", 9, "12", true, "GBP", List.of(), 0));
        mustBe(
                "04" + "74" + "00" + "14" + "01" + "02" + "00" + "0206736b75" + "00" + "00" + "00" + "02"
                        + "000000000000f03f",
                new Touchpoint("t", 9, TouchpointType.VISIT, null, "sku", null, null, null, 1.0));
        mustBe("00" + "7131" + "00" + "02" + "01" + "01", new Erasure("q1", 9));
        mustBe("00" + "7131" + "00" + "05" + "01" + "02" + "046332", new Merge("q1", 9, "c2"));
        mustBe("00" + "7131" + "00" + "05" + "01" + "03" + "046332", new Unmerge("q1", 9, "c2"));
    }

    private void mustBe(String hex, Event event) {
        assertThat(HexFormat.of().formatHex(codec.encode(event))).isEqualTo(hex);
        assertThat(EventCodec.decode(9, HexFormat.of().parseHex(hex))).isEqualTo(event);
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] body = codec.encode(Shop.visit(1));
        int version = new String(body, StandardCharsets.ISO_8859_1).indexOf('\0') + 2;
        assertThat(body[version]).isEqualTo((byte) 1);
        body[version] = 2;
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> EventCodec.decode(1, body))
                .withMessage("An event is stored in format 2, which this release does not know: run the release that"
                        + " wrote it, or a newer one.");
    }

    @Test
    void aTouchpointTypeOfANewerReleaseIsUnknown() {
        byte[] body = codec.encode(Shop.visit(1));
        int type = new String(body, StandardCharsets.ISO_8859_1).indexOf('\0') + 3;
        body[type] = 120;
        assertThat(((Touchpoint) EventCodec.decode(1, body)).type()).isEqualTo(TouchpointType.UNKNOWN);
    }

    @Property(tries = 500)
    void damagedBytesAreRefusedOrReadAsSomethingElse(@ForAll("events") Event event, @ForAll Random random) {
        byte[] body = codec.encode(event);
        for (int i = 0; i < 20; i++) {
            byte[] damaged = Arrays.copyOf(body, random.nextInt(body.length + 1));
            if (damaged.length > 0 && random.nextBoolean()) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(EventCodec.decode(1, damaged)).isNotNull();
            } catch (MalformedException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }
}
