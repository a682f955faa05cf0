package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.model.BuyingLayer;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.Evidence;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import io.ebbline.testing.Shop;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BuyingFitTest {

    private static final ShopClock UTC = new ShopClock(ZoneOffset.UTC);
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final long CUT = START + 360 * DAY;
    private static final long HORIZON = 90 * DAY;

    private static final BuyingLayer LAYER = new BuyingLayer(-.4, .4, .3, -.3, .7, .2, .15, 364 * DAY, 91 * DAY, 3_500);

    private static List<List<Event>> shop(long seed, int customers) {
        return shop(seed, customers, 0, 200, .3);
    }

    /** Small baskets or large ones; who buys much at a time buys often. */
    private static List<List<Event>> shop(long seed, int customers, double from, double days, double mostDropOut) {
        Random random = new Random(seed);
        List<List<Event>> shop = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double rate = .03 * -Math.log(1 - random.nextDouble());
            double dropOut = mostDropOut * random.nextDouble();
            List<Event> events = new ArrayList<>();
            double day = from + days * random.nextDouble();
            while (day < 500) {
                int units = 1 + (int) (200 * rate);
                events.add(order(i, START + (long) (day * DAY), 900 * units, units));
                if (random.nextDouble() < dropOut) {
                    break;
                }
                day += -Math.log(1 - random.nextDouble()) / rate;
            }
            shop.add(events);
        }
        return shop;
    }

    private static Purchase order(int customer, long time, long minor, int units) {
        String order = customer + "@" + time;
        Line line = new Line("sku", null, units * 10_000L, minor * 100 / units, null);
        return new Purchase(order, time, order, "EUR", null, null, List.of(line), minor);
    }

    private static Buyer buyer(List<Event> events) {
        BuyerFold fold = new BuyerFold(UTC, 30 * DAY);
        events.forEach(fold::add);
        return Objects.requireNonNull(fold.buyer());
    }

    private static List<Buyer> buyers(List<List<Event>> shop) {
        return shop.stream().map(BuyingFitTest::buyer).toList();
    }

    @Property(tries = 200)
    void whatAFitReadsIsWhatTheEngineKeeps(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 2_000) Integer> hours,
            @ForAll @IntRange(min = 2_000, max = 9_000) int cutHour) {
        BuyingModel shipped = ScoringModel.shipped().buying();
        BuyingModel layered = new BuyingModel(shipped.repeat(), shipped.decayed(), shipped.horizonMillis(), LAYER);
        for (BuyingModel model : List.of(shipped, layered)) {
            ScoringModel scoring = Shop.buyingBy(model);
            Profile profile = new Profile();
            List<Event> events = new ArrayList<>();
            hours.stream().sorted().forEach(hour -> {
                Purchase fresh = order(hour % 7, START + hour * DAY / 24, 100 + hour, 1 + hour % 3);
                // Some are more lines of an order before.
                String order = "order " + hour / (hour % 5 == 0 ? 300 : 1);
                events.add(new Purchase(
                        fresh.id() + events.size(),
                        fresh.time(),
                        order,
                        "EUR",
                        null,
                        null,
                        fresh.lines(),
                        fresh.totalMinor()));
            });
            events.forEach(event -> profile.apply(event, scoring, UTC));
            long cut = START + cutHour * DAY / 24;
            Evidence kept = profile.rhythm().evidence();
            Evidence read = buyer(events).evidence(cut, model);

            assertThat(read.repeats()).isEqualTo(kept.repeats());
            assertThat(read.spanMillis()).isEqualTo(kept.spanMillis());
            assertThat(read.decayedRepeats()).isCloseTo(kept.decayedRepeats(), within(1e-9));
            assertThat(read.recentRepeats()).isCloseTo(kept.recentRepeats(), within(1e-9));
            assertThat(read.recentSpendMinor()).isCloseTo(kept.recentSpendMinor(), within(1e-6));
            assertThat(read.unitsPerOccasion()).isEqualTo(kept.unitsPerOccasion());
            assertThat(buyer(events).silenceMillis(cut))
                    .isEqualTo(profile.rhythm().silence(cut));
        }
    }

    @Property(tries = 3)
    void nothingAfterTheCutIsReadAndTheOrderOfCustomersDoesNotMatter(@ForAll long seed) {
        List<List<Event>> shop = shop(seed, 400);
        Fitted<BuyingModel> fitted = BuyingFit.of(buyers(shop), START, CUT, HORIZON);
        assertThat(fitted.parameters().layer()).isNotNull();

        Random random = new Random(seed);
        List<List<Event>> other = new ArrayList<>();
        for (List<Event> events : shop) {
            List<Event> changed = new ArrayList<>(
                    events.stream().filter(event -> event.time() <= CUT).toList());
            for (int i = random.nextInt(4); i > 0; i--) {
                changed.add(order(-1, CUT + (4L - i) * (1 + random.nextInt(20)) * DAY + 4 - i, 77_777, 9));
            }
            if (!changed.isEmpty()) {
                changed.sort((one, two) -> Long.compare(one.time(), two.time()));
                other.add(changed);
            }
        }
        other.add(List.of(order(-2, CUT + 1, 5, 1)));
        Collections.shuffle(other, random);
        assertThat(BuyingFit.of(buyers(other), START, CUT, HORIZON)).isEqualTo(fitted);
    }

    @Example
    void theLayersMeanChanceIsThatOfTheModelsBelowIt() {
        List<Buyer> buyers = buyers(shop(1, 600));
        BuyingModel model = BuyingFit.of(buyers, START, CUT, HORIZON).parameters();
        BuyingModel mean = new BuyingModel(model.repeat(), model.decayed(), HORIZON);
        double with = 0;
        double without = 0;
        for (Buyer buyer : buyers) {
            if (buyer.firstOrder() <= CUT) {
                with += model.pBuy(buyer.evidence(CUT, model), buyer.silenceMillis(CUT));
                without += mean.pBuy(buyer.evidence(CUT, model), buyer.silenceMillis(CUT));
            }
        }
        assertThat(with).isEqualTo(without, within(1e-6));
    }

    /** Here a large basket says that a customer buys often, which their few orders do not say yet. */
    @Example
    void spendAndUnitsThatTellOfTheRateTellOfTheNextOrder() {
        BuyingLayer layer = BuyingFit.of(buyers(shop(2, 1_000, 0, 200, .05)), START, CUT, HORIZON)
                .parameters()
                .layer();
        assertThat(layer).isNotNull();
        assertThat(layer.recentSpend() + layer.units()).isGreaterThan(.2);
    }

    @Example
    void aHistoryTooShortToBeCutAgainHasNoLayerAndSaysSo() {
        // All come within days, two thirds through: at all inner cuts but one nobody has been known for long enough.
        Fitted<BuyingModel> fitted = BuyingFit.of(buyers(shop(3, 400, 235, 5, .3)), START, CUT, HORIZON);
        assertThat(fitted.parameters().layer()).isNull();
        assertThat(fitted.note())
                .endsWith("No layer: the history is too short to be cut again; P(buy) is the mean of both.");
    }

    @Example
    void nobodyIsTooFew() {
        assertThatThrownBy(() -> BuyingFit.of(List.of(), START, CUT, HORIZON)).isInstanceOf(FitException.class);
    }
}
