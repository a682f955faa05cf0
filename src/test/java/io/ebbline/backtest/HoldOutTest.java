package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.engine.Effect;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.fit.Buyer;
import io.ebbline.model.ScoringModel;
import io.ebbline.testing.Shop;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldOutTest {

    private static final EngineRules RULES = EngineRules.defaults();
    private static final LocalDate DAY = LocalDate.parse("2025-09-30");
    private static final Cutoff CUTOFF = new Cutoff(DAY, 60 * Cutoff.DAY_MILLIS);

    private static final List<CustomerEvents> SHOP = shop();

    private static List<CustomerEvents> shop() {
        History history = new SimulatedShop(4, 150, 365, Instant.parse("2025-01-01T00:00:00Z")).history();
        return CustomerEvents.of(history.records(), history.currency());
    }

    /** A source whose model depends on all that it is told. */
    private static final class Telling implements ModelSource {
        private final List<Past> told = new ArrayList<>();

        @Override
        public ScoringModel model(Past past, long horizonMillis) {
            told.add(past);
            return ModelSource.fixed(ScoringModel.shipped()).model(past, horizonMillis);
        }
    }

    /** The same customers until the cut; after it everybody lives the life of another one, in another order of events. */
    private static List<CustomerEvents> withAnotherFuture(List<CustomerEvents> customers, long seed) {
        List<List<Event>> futures = new ArrayList<>();
        for (CustomerEvents customer : customers) {
            futures.add(customer.events().stream()
                    .filter(event -> event.time() > CUTOFF.cut())
                    .toList());
        }
        Collections.shuffle(futures, new Random(seed));
        List<CustomerEvents> changed = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            CustomerEvents customer = customers.get(i);
            List<Event> events = new ArrayList<>(customer.until(CUTOFF.cut()).events());
            events.addAll(futures.get(i));
            changed.add(new CustomerEvents(customer.customer(), events));
        }
        return changed;
    }

    @Test
    void nothingOfTheHoldOutReachesTheModelOrAPrediction() {
        List<CustomerEvents> changed = withAnotherFuture(SHOP, 9);
        Telling told = new Telling();
        Telling otherwise = new Telling();

        HoldOut test = HoldOut.of(SHOP, CUTOFF, told, RULES);
        HoldOut other = HoldOut.of(changed, CUTOFF, otherwise, RULES);

        // What a fit is given holds no event of the future, and is the same whatever comes.
        Past past = told.told.get(0);
        assertThat(past.customers()).isEqualTo(otherwise.told.get(0).customers());
        assertThat(past.customers())
                .allSatisfy(customer -> assertThat(customer.events()).allMatch(event -> event.time() <= CUTOFF.cut()));
        assertThat(past.buyers()).hasSameSizeAs(otherwise.told.get(0).buyers());
        for (int i = 0; i < past.buyers().size(); i++) {
            Buyer buyer = past.buyers().get(i);
            assertThat(buyer.at(Long.MAX_VALUE))
                    .isEqualTo(otherwise.told.get(0).buyers().get(i).at(Long.MAX_VALUE));
            assertThat(buyer.occasions(CUTOFF.cut(), Long.MAX_VALUE)).isZero();
        }
        assertThat(past.start()).isEqualTo(otherwise.told.get(0).start());
        assertThat(other.model()).isEqualTo(test.model());
        assertThat(other.predictions())
                .extracting(Prediction::customer, Prediction::known, Prediction::stage, Prediction::pBuy)
                .containsExactlyElementsOf(test.predictions().stream()
                        .map(one -> tuple(one.customer(), one.known(), one.stage(), one.pBuy()))
                        .toList());
        // The futures do differ, or the test would say nothing.
        assertThat(other.predictions())
                .extracting(Prediction::occasions)
                .isNotEqualTo(
                        test.predictions().stream().map(Prediction::occasions).toList());
    }

    @Test
    void theEngineSaysAtTheCutWhatItSaysWhereHistoryEndsThere() {
        Replay whole = new Replay(ScoringModel.shipped(), RULES, CUTOFF.end());
        Replay cut = new Replay(ScoringModel.shipped(), RULES, CUTOFF.cut());
        for (CustomerEvents customer : SHOP) {
            Effect.Answer answer =
                    whole.answers(customer, CUTOFF.cut(), CUTOFF.end()).get(0);

            assertThat(answer)
                    .isEqualTo(cut.answers(customer.until(CUTOFF.cut()), CUTOFF.cut())
                            .get(0));
        }
    }

    @Test
    void whatFollowsIsCountedFromTheNextMidnightToTheLastMillisecondOfTheHorizon() {
        long cut = CUTOFF.cut();
        CustomerEvents early = new CustomerEvents(
                "a",
                List.of(
                        Shop.order("1", cut - 40 * Shop.DAY, 1_000),
                        Shop.order("2", cut, 500),
                        Shop.order("3", cut + 1, 700),
                        Shop.order("4", cut + 2, 200),
                        Shop.order("5", cut + 60 * Shop.DAY, 300),
                        Shop.order("6", cut + 60 * Shop.DAY + 1, 900)));
        CustomerEvents late = new CustomerEvents("b", List.of(Shop.order("1", cut + 1, 100)));
        CustomerEvents gone = new CustomerEvents("c", List.of(Shop.order("1", cut - Shop.DAY, 100)));

        HoldOut test = HoldOut.of(List.of(late, early, gone), CUTOFF, ModelSource.fixed(ScoringModel.shipped()), RULES);

        assertThat(test.predictions())
                .extracting(
                        Prediction::customer,
                        Prediction::isRepeatBuyer,
                        Prediction::occasions,
                        Prediction::netMinor,
                        Prediction::bought)
                .containsExactly(tuple(1, true, 2, 1_200L, true), tuple(2, false, 0, 0L, false));
        // Pareto/NBD x Gamma-Gamma at the shipped parameters, computed apart: in 60 days .6947 orders at 992.7 of who
        // has
        // ordered twice, 40 days apart, just now; .3582 at 655.9 of who has ordered once, a day ago.
        assertThat(test.predictions().get(0).spendMinor()).isCloseTo(689.6137, within(1e-4));
        assertThat(test.predictions().get(1).spendMinor()).isCloseTo(234.9166, within(1e-4));
    }

    @Test
    void aModelOfAnotherHorizonIsAskedForThisOne() {
        HoldOut test = HoldOut.of(SHOP, CUTOFF, ModelSource.fixed(ScoringModel.shipped()), RULES);

        assertThat(test.model().buying().horizonMillis()).isEqualTo(CUTOFF.horizonMillis());
        assertThat(test.model().buying().repeat())
                .isEqualTo(ScoringModel.shipped().buying().repeat());
    }

    @Test
    void withoutAnybodyThereIsNothingToPredict() {
        Cutoff before = new Cutoff(LocalDate.parse("2024-12-01"), Cutoff.DAY_MILLIS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HoldOut.of(SHOP, before, ModelSource.fixed(ScoringModel.shipped()), RULES))
                .withMessageContaining("Nobody had ordered by 2024-12-01");
    }

    @Test
    void weeksBinsAndFlowsCountEverybodyOnce() {
        HoldOut test = HoldOut.of(SHOP, CUTOFF, ModelSource.fixed(ScoringModel.shipped()), RULES);
        int customers = test.predictions().size();
        List<Tracking.Week> weeks = Tracking.of(test);
        long lastWeek = CUTOFF.cut() + 8 * 7 * Cutoff.DAY_MILLIS;

        assertThat(weeks.get(weeks.size() - 1).number()).isEqualTo(8);
        assertThat(weeks.stream().mapToInt(Tracking.Week::actual).sum())
                .isEqualTo(test.buyers().stream()
                        .mapToLong(buyer -> buyer.at(lastWeek).repeats())
                        .sum());
        assertThat(weeks.stream().mapToDouble(Tracking.Week::expected).sum())
                .isCloseTo(
                        test.buyers().stream()
                                .mapToDouble(buyer -> test.model()
                                        .value()
                                        .purchases()
                                        .purchases(0, 0, 0, (lastWeek - buyer.firstOrder()) / Cutoff.DAY_MILLIS))
                                .sum(),
                        within(1e-6));
        List<FrequencyBin> bins = FrequencyBin.of(test);
        assertThat(bins.stream().mapToInt(FrequencyBin::customers).sum()).isEqualTo(customers);
        assertThat(bins.stream()
                        .mapToDouble(bin -> bin.customers() * bin.orders())
                        .sum())
                .isCloseTo(
                        test.predictions().stream()
                                .mapToInt(Prediction::occasions)
                                .sum(),
                        within(1e-6));
        List<StageFlow> flows = StageFlow.of(test);
        assertThat(flows.stream().mapToInt(StageFlow::customers).sum()).isEqualTo(customers);
        assertThat(flows.stream().mapToInt(StageFlow::ordered).sum()).isEqualTo((int)
                test.predictions().stream().filter(Prediction::bought).count());
        assertThat(SpendDecile.of(test).stream()
                        .mapToInt(SpendDecile::customers)
                        .sum())
                .isEqualTo((int) test.predictions().stream()
                        .filter(one -> !Double.isNaN(one.spendMinor()))
                        .count());
        // Of whom every order came back nothing is said, neither a chance nor a spend.
        assertThat(test.predictions())
                .allMatch(one -> Double.isNaN(one.spendMinor()) == Double.isNaN(one.pBuy()))
                .anyMatch(one -> Double.isNaN(one.spendMinor()));
    }
}
