package io.ebbline.state;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.event.Event;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Dealings;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Sentiment;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.testing.RandomHistory;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Dealings and sentiment read back go on as if they had never been stored. */
class DealingsCodecTest {

    private static byte[] bytes(Profile profile) {
        PackedWriter out = new PackedWriter();
        DealingsCodec.write(profile.dealings(), out);
        DealingsCodec.write(profile.sentiment(), out);
        return out.toBytes();
    }

    private static Profile profile(byte[] bytes) {
        Profile profile = new Profile();
        PackedReader in = new PackedReader(bytes);
        DealingsCodec.read(profile.dealings(), in);
        DealingsCodec.read(profile.sentiment(), in);
        assertThat(in.remaining()).isZero();
        return profile;
    }

    private static Profile folded(long seed, int size) {
        Profile profile = new Profile();
        ShopClock clock = new ShopClock(ZoneOffset.UTC);
        RandomHistory history = RandomHistory.of(seed, size);
        for (Event event : history.events()) {
            profile.apply(event, history.models().get(0).model(), clock);
        }
        return profile;
    }

    @Property(tries = 300)
    void whatIsStoredAfterEveryEventStaysBitForBitTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size, @ForAll Random random) {
        ShopClock clock = new ShopClock(ZoneOffset.UTC);
        RandomHistory history = RandomHistory.of(seed, size);
        Customer kept = new Customer();
        Customer stored = new Customer();
        for (Event event : history.events()) {
            ScoringModel model = history.models()
                    .get(random.nextInt(history.models().size()))
                    .model();
            kept.profile().apply(event, model, clock);
            stored.profile().apply(event, model, clock);
            PackedWriter out = new PackedWriter();
            CustomerCodec.write(stored, out);
            stored = CustomerCodec.read(new PackedReader(out.toBytes()));
            assertThat(bytes(stored.profile())).isEqualTo(bytes(kept.profile()));
            assertThat(figures(stored.profile(), event.time())).isEqualTo(figures(kept.profile(), event.time()));
        }
    }

    private static List<Double> figures(Profile profile, long asOf) {
        Dealings dealings = profile.dealings();
        Sentiment sentiment = profile.sentiment();
        List<Double> figures = new ArrayList<>(List.of(
                dealings.dealShare(),
                dealings.campaignShare(),
                dealings.discountDepth(),
                sentiment.satisfaction(),
                sentiment.meanRating()));
        for (Sentiment.Voice voice : Sentiment.Voice.values()) {
            figures.add(sentiment.level(voice, asOf + 3 * DAY));
        }
        return figures;
    }

    @Example
    void nothingTakesFourBytes() {
        assertThat(bytes(new Profile())).containsExactly(0, 0, 0, 0);
        assertThat(profile(new byte[4]).dealings()).usingRecursiveComparison().isEqualTo(new Dealings());
    }

    @Example
    void bytesThatEndEarlyAreRefused() {
        byte[] bytes = bytes(folded(1, 40));
        assertThat(bytes(profile(bytes))).isEqualTo(bytes);
        Damage.theEnd(bytes, DealingsCodecTest::profile);
    }

    @Example
    void moreNamesThanAreHeldAreRefused() {
        PackedWriter out = new PackedWriter();
        out.writeInstant(Profile.NEVER).writeInstant(Profile.NEVER);
        out.writeUnsigned(DAY).writeSigned(day(0)).writeUnsigned(17);
        for (int i = 0; i < 17; i++) {
            out.writeString("category " + i).writeDouble(1);
        }
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> profile(out.toBytes()))
                .withMessage("There are sums of 17 names.");
    }

    @Example
    void aSumThatIsNoneIsRefused() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            PackedWriter out = new PackedWriter();
            out.writeInstant(Profile.NEVER).writeInstant(Profile.NEVER);
            out.writeUnsigned(DAY)
                    .writeSigned(day(0))
                    .writeUnsigned(1)
                    .writeString("tea")
                    .writeDouble(bad);
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> profile(out.toBytes()))
                    .withMessage("A decayed sum is " + bad + ".");
        }
    }
}
