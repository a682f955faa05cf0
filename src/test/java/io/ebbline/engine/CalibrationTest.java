package io.ebbline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.RealData;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.Evidence;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.population.Outcomes;
import io.ebbline.profile.Profile;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How predictions came true, counted by the engine and, straight from the orders, by hand. */
class CalibrationTest {

    private static final long DAY = 86_400_000;
    private static final long QUARTER = 91 * DAY;
    private static final ScoringModel MODEL = ScoringModel.shipped();
    private static final BuyingModel BUYING = MODEL.buying();

    /** What a class of predictions came to. */
    private static final class Count {
        long predictions;
        long bought;
        double expected;
    }

    private final TreeMap<Integer, Count> bins = new TreeMap<>();
    private final TreeMap<Integer, Count> quarters = new TreeMap<>();
    private final Outcomes outcomes = new Outcomes();

    private void count(History history) {
        ModelTimeline models = new ModelTimeline();
        models.add(MODEL, 0);
        Engine engine = new Engine(
                EngineRules.defaults().until(history.end()),
                models,
                NaiveEngine.TOPIC,
                "churn-signals",
                "score-changes");
        for (CustomerEvents customer : CustomerEvents.of(history.records(), history.currency())) {
            TreeMap<Long, String> stages = new TreeMap<>();
            engine.advance(
                    customer.customer(),
                    new Profile(),
                    ListInbox.of(customer.events()),
                    history.end(),
                    history.end(),
                    effect -> {
                        if (effect instanceof Effect.Checked checked) {
                            outcomes.add(checked.prediction());
                        } else if (effect instanceof Effect.Transition told
                                && told.kind() == Effect.Transition.Kind.STAGE) {
                            stages.put(told.asOf(), String.valueOf(told.current()));
                        }
                    });
            countByHand(customer, stages, history.end());
        }
    }

    private void countByHand(CustomerEvents customer, TreeMap<Long, String> stages, long end) {
        List<Long> orders = orders(customer.events());
        if (orders.isEmpty()) {
            return;
        }
        long horizon = BUYING.horizonMillis();
        long shift = Math.floorMod(NaiveEngine.hash(customer.customer()), horizon);
        for (long at = Math.floorDiv(orders.get(0), horizon) * horizon + shift; at + horizon <= end; at += horizon) {
            var stage = stages.floorEntry(at);
            if (stage == null || Set.of("PROSPECT", "DEPARTED", "null").contains(stage.getValue())) {
                continue;
            }
            long made = at;
            List<Long> before = orders.stream().filter(time -> time <= made).toList();
            long last = before.get(before.size() - 1);
            Long next = orders.stream()
                    .filter(time -> time > made && Math.floorDiv(time, DAY) != Math.floorDiv(last, DAY))
                    .findFirst()
                    .orElse(null);
            double chance = chance(before, made);
            add(bins, Math.min(9, (int) (chance * 10)), next != null && next <= made + horizon, chance);
            add(quarters, (int) Math.min(8, (made - last) / QUARTER), next != null && next <= made + QUARTER, 0);
        }
    }

    private static void add(TreeMap<Integer, Count> counts, int index, boolean bought, double chance) {
        Count count = counts.computeIfAbsent(index, i -> new Count());
        count.predictions++;
        count.bought += bought ? 1 : 0;
        count.expected += chance;
    }

    private static List<Long> orders(List<Event> events) {
        Set<String> known = new HashSet<>();
        List<Long> times = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Purchase purchase && known.add(purchase.orderId())) {
                times.add(purchase.time());
            }
        }
        return times;
    }

    private static double chance(List<Long> orders, long made) {
        long first = orders.get(0);
        long last = orders.get(orders.size() - 1);
        Set<Long> days = new HashSet<>(Set.of(Math.floorDiv(first, DAY)));
        double decayed = 0;
        for (long time : orders) {
            if (days.add(Math.floorDiv(time, DAY))) {
                decayed += Math.exp(-BUYING.decayed().lambdaPerDay() * (last - time) / DAY);
            }
        }
        return BUYING.pBuy(new Evidence(days.size() - 1, last - first, decayed, 0, 0, 0), made - last);
    }

    private void assertSame() {
        for (int bin = 0; bin < 10; bin++) {
            Count byHand = bins.getOrDefault(bin, new Count());
            assertThat(outcomes.predictions(bin)).isEqualTo(byHand.predictions);
            assertThat(outcomes.bought(bin)).isEqualTo(byHand.bought);
            assertThat(outcomes.expected(bin)).isCloseTo(byHand.expected, within(1e-6 * (1 + byHand.predictions)));
        }
        for (int quarter = 0; quarter < 9; quarter++) {
            Count byHand = quarters.getOrDefault(quarter, new Count());
            assertThat(outcomes.silent(quarter)).isEqualTo(byHand.predictions);
            assertThat(outcomes.returned(quarter)).isEqualTo(byHand.bought);
        }
    }

    @Test
    void ofTheSimulatedShop() {
        count(new SimulatedShop(21, 400, 900, Instant.parse("2023-01-01T00:00:00Z")).history());
        assertSame();
        assertThat(outcomes.predictions()).isGreaterThan(500);
        assertThat(bins).hasSizeGreaterThan(7);
        assertThat(quarters).hasSizeGreaterThan(1);
    }

    /** The shipped model knows these customers, so their orders come about as often as it says. */
    @Test
    void ofCdnow() {
        count(HistoryFormat.CDNOW.read(RealData.file("cdnow/cdnow_master.csv.gz"), null));
        assertSame();
        assertThat(outcomes.predictions()).isGreaterThan(10_000);
        assertThat(outcomes.ratio()).isBetween(0.8, 1.25);
        double share = (double) outcomes.bought() / outcomes.predictions();
        assertThat(outcomes.brier()).isLessThan(share * (1 - share)); // That of who says the same of everybody.
        // They depart after 180 days of silence at the earliest: hardly any of those who stay are left in the third
        // quarter.
        assertThat(outcomes.migration(3_000, 100, 0.02).chances()).hasSize(2);
    }
}
