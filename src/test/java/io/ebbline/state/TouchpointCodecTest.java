package io.ebbline.state;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.touch;
import static io.ebbline.testing.Shop.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Journey;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.testing.Contacts;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Contacts read back go on as if they had never been stored. */
class TouchpointCodecTest {

    private static final ShopClock CLOCK = new ShopClock(ZoneOffset.UTC);

    private static byte[] bytes(Engagement engagement) {
        PackedWriter out = new PackedWriter();
        TouchpointCodec.write(engagement, out);
        return out.toBytes();
    }

    private static byte[] bytes(Journey journey) {
        PackedWriter out = new PackedWriter();
        TouchpointCodec.write(journey, out);
        return out.toBytes();
    }

    private static Engagement engagement(byte[] bytes) {
        Engagement engagement = new Engagement();
        PackedReader in = new PackedReader(bytes);
        TouchpointCodec.read(engagement, in);
        assertThat(in.remaining()).isZero();
        return engagement;
    }

    private static Journey journey(byte[] bytes) {
        Journey journey = new Journey();
        PackedReader in = new PackedReader(bytes);
        TouchpointCodec.read(journey, in);
        assertThat(in.remaining()).isZero();
        return journey;
    }

    private static void add(Engagement engagement, Touchpoint contact, long halfLife) {
        engagement.add(contact, CLOCK.hour(contact.time()), halfLife, contact.time());
    }

    @Property(tries = 300)
    void anEngagementStoredAfterEveryContactStaysBitForBitTheSame(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 100) int halfLifeHours) {
        Engagement kept = new Engagement();
        Engagement stored = new Engagement();
        for (Touchpoint contact : Contacts.of(random, day(0), count, 10 * DAY, 12)) {
            long halfLife = (halfLifeHours + random.nextInt(20) / 19) * 3_600_000L;
            add(kept, contact, halfLife);
            add(stored, contact, halfLife);
            stored = engagement(bytes(stored));
            assertThat(bytes(stored)).isEqualTo(bytes(kept));
            long asOf = contact.time() + 12_345;
            assertThat(stored.total(asOf)).isEqualTo(kept.total(asOf));
            for (TouchpointType type : TouchpointType.values()) {
                assertThat(stored.level(type, asOf)).isEqualTo(kept.level(type, asOf));
            }
            assertThat(stored.bestChannel()).isEqualTo(kept.bestChannel());
            assertThat(stored.bestHour()).isEqualTo(kept.bestHour());
        }
    }

    @Property(tries = 300)
    void aJourneyStoredAfterEveryEventGoesOn(@ForAll Random random, @ForAll @IntRange(min = 1, max = 12) int count) {
        Journey kept = new Journey();
        Journey stored = new Journey();
        for (Touchpoint touchpoint : Contacts.of(random, day(0), count, DAY, 3)) {
            boolean order = random.nextInt(8) == 0;
            for (Journey each : List.of(kept, stored)) {
                if (order) {
                    each.onOrder(touchpoint.time());
                } else {
                    each.on(touchpoint, CLOCK, 4);
                }
            }
            stored = journey(bytes(stored));
            assertThat(stored).usingRecursiveComparison().isEqualTo(kept);
        }
    }

    @Test
    void noContactTakesAByte() {
        assertThat(bytes(new Engagement())).containsExactly(0);
        assertThat(bytes(new Journey())).containsExactly(0);
        assertThat(engagement(new byte[] {0})).usingRecursiveComparison().isEqualTo(new Engagement());
        assertThat(journey(new byte[] {0})).usingRecursiveComparison().isEqualTo(new Journey());
    }

    /** Half-life 5 bytes at most, landmark 6, masks 3 and 4, a count; then 8 bytes a sum and a name a channel. */
    @Test
    void itTakesRoomForWhatIsThereAlone() {
        Engagement engagement = new Engagement();
        add(engagement, Contacts.on("web", TouchpointType.VISIT, day(0)), 30 * DAY);
        assertThat(bytes(engagement).length).isLessThanOrEqualTo(19 + 3 * 8 + 4);
        Journey journey = new Journey();
        journey.on(visit(day(0)), CLOCK, 4);
        assertThat(bytes(journey).length).isLessThanOrEqualTo(1 + 6 + 1 + 6);
    }

    @Test
    void bytesThatAreNoContactsAreRefused() {
        refused(out -> out.writeUnsigned(-1));
        refused(out -> head(out).writeUnsigned(1L << TouchpointType.values().length));
        refused(out -> head(out).writeUnsigned(0).writeUnsigned(1 << 24));
        for (double none : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(out -> head(out).writeUnsigned(1).writeDouble(none));
        }
        refused(out -> {
            head(out).writeUnsigned(0).writeUnsigned(0).writeUnsigned(9);
            for (int i = 0; i < 9; i++) {
                out.writeString("c" + i).writeDouble(1);
            }
        });
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> journey(new byte[] {26, 0, 0}));
    }

    private static PackedWriter head(PackedWriter out) {
        return out.writeUnsigned(DAY).writeSigned(day(0));
    }

    private static void refused(Consumer<PackedWriter> write) {
        PackedWriter out = new PackedWriter();
        write.accept(out);
        byte[] padded = Arrays.copyOf(out.toBytes(), out.size() + 100);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> TouchpointCodec.read(new Engagement(), new PackedReader(padded)));
    }

    @Property(tries = 1_000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        Engagement engagement = new Engagement();
        Journey journey = new Journey();
        try {
            TouchpointCodec.read(engagement, in);
            TouchpointCodec.read(journey, in);
        } catch (MalformedException refused) {
            return;
        }
        assertThat(bytes(engagement(bytes(engagement)))).isEqualTo(bytes(engagement));
        assertThat(bytes(journey(bytes(journey)))).isEqualTo(bytes(journey));
    }

    @Test
    void everyTypeHasItsPlace() {
        Engagement engagement = new Engagement();
        for (TouchpointType type : TouchpointType.values()) {
            add(engagement, touch(type, day(0)), DAY);
        }
        Engagement read = engagement(bytes(engagement));
        for (TouchpointType type : TouchpointType.values()) {
            assertThat(read.level(type, day(1))).isEqualTo(engagement.level(type, day(1)));
        }
        assertThat(read.total(day(0))).isEqualTo(12);
    }
}
