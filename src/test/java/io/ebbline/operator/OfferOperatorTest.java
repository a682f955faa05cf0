package io.ebbline.operator;

import static io.ebbline.operator.OfferScene.asks;
import static io.ebbline.operator.OfferScene.list;
import static io.ebbline.operator.OfferScene.market;
import static io.ebbline.operator.OfferScene.offered;
import static io.ebbline.operator.OfferScene.order;
import static io.ebbline.operator.OfferScene.policy;
import static io.ebbline.operator.OfferScene.said;
import static io.ebbline.operator.Records.DAY;
import static io.ebbline.operator.Records.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ebbline.config.Settings;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.Catalogue;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.offer.Fact;
import io.ebbline.offer.Needs;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When facts are judged and by what, when deadlines are handled, and what is kept. */
class OfferOperatorTest {

    private static final long HOUR = DAY / 24;
    private static final long ENDLESS = EngineRules.ENDLESS;

    private final List<OfferSubtask> open = new ArrayList<>();
    private OfferSubtask job;

    private OfferSubtask subtask(long until, Needs needs, int parallelism, int index) throws Exception {
        OfferSubtask subtask =
                new OfferSubtask(until, models -> OfferScene.desk(models, until, needs), 2, parallelism, index, true);
        open.add(subtask);
        return subtask;
    }

    /** Offers stand for two days. */
    private void start(long until, Needs needs) throws Exception {
        job = subtask(until, needs, 1, 0);
        job.open();
        models(job);
    }

    private static void models(OfferSubtask subtask) throws Exception {
        subtask.version(Records.model(1), 0);
        subtask.version(policy(1, 2 * DAY), 0);
    }

    private void watermark(long time) throws Exception {
        job.factsWatermark(time);
        job.newsWatermark(time);
    }

    @AfterEach
    void stop() throws Exception {
        for (OfferSubtask subtask : open) {
            subtask.close();
        }
    }

    // ---- facts

    @Test
    void aFactWaitsForTheWatermarksOfBothInputs() throws Exception {
        start(ENDLESS, OfferScene.NONE);
        job.fact("anna", order(day(1)));
        job.factsWatermark(day(3));
        assertThat(job.drain()).isEmpty();
        job.newsWatermark(day(1) - 1);
        assertThat(job.drain()).isEmpty();
        job.newsWatermark(day(1));
        assertThat(said(job.drain())).containsExactly("anna day 1.000 ORDER");

        job.fact("anna", order(day(4)));
        job.newsWatermark(day(9));
        assertThat(job.drain()).isEmpty();
        job.factsWatermark(day(4));
        assertThat(offered(job.drain())).containsExactly("anna day 4.000 ORDER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"facts first", "news first", "day by day"})
    void aFactIsJudgedByTheLastTickThatEndedAtOrBeforeIt(String order) throws Exception {
        start(ENDLESS, OfferScene.NONE);
        List<Double> days = List.of(.5, 2 - 1e-6, 2.0, 2.5, 3.25, 5 - 1e-6, 5.0, 7.5);
        if (order.equals("facts first")) {
            facts(days, 0, 9);
            job.factsWatermark(day(9));
        }
        for (int tick = 0; tick < 9; tick++) {
            if (order.equals("day by day")) {
                facts(days, tick, tick + 1);
                watermark(day(tick + 1) - 1);
            }
            if (List.of(0, 1, 4, 6).contains(tick)) { // Else nothing happened.
                job.news(market(tick));
                job.news(list(tick));
            }
        }
        job.newsWatermark(day(9));
        if (order.equals("news first")) {
            facts(days, 0, 9);
        }
        job.factsWatermark(day(9));
        assertThat(offered(job.drain()))
                .containsExactly(
                        "anna day 0.500 ORDER",
                        "anna day 2.000 ORDER by 0",
                        "anna day 2.000 ORDER by 1",
                        "anna day 2.500 ORDER by 1",
                        "anna day 3.250 ORDER by 1",
                        "anna day 5.000 ORDER by 1",
                        "anna day 5.000 ORDER by 4",
                        "anna day 7.500 ORDER by 6");
    }

    private void facts(List<Double> days, double from, double to) throws Exception {
        for (double one : days) {
            if (from <= one && one < to) {
                job.fact("anna", order(day(one)));
            }
        }
    }

    @Test
    void whatComesLateIsJudgedAtOnceByTheMarketOfNow() throws Exception {
        start(ENDLESS, OfferScene.NONE);
        job.news(market(3));
        watermark(day(5));
        job.fact("anna", order(day(2)));
        assertThat(said(job.drain())).containsExactly("anna day 2.000 ORDER by 3");
        job.fact("bert", order(day(5)));
        assertThat(said(job.drain())).containsExactly("bert day 5.000 ORDER by 3");
        job.fact("bert", order(day(5) + 1));
        assertThat(job.drain()).isEmpty();
    }

    @Test
    void allFactsOfACustomerAreJudgedInTheOrderInWhichTheyCame() throws Exception {
        start(ENDLESS, OfferScene.NONE);
        for (int i = 0; i < 5; i++) {
            job.fact("anna", order(day(i)));
            job.fact("bert", order(day(i) + HOUR));
            job.fact("carl", order(day(i) + 2 * HOUR)); // One more than are cached.
        }
        watermark(day(9));
        List<Outgoing> sent = job.drain();
        for (String customer : List.of("anna", "bert", "carl")) {
            assertThat(sent.stream().filter(one -> Records.key(one).equals(customer)))
                    .extracting(Outgoing::time)
                    .isSorted()
                    .hasSize(5);
        }
    }

    // ---- deadlines

    /** Of a need and of the market that it is judged by, of outcomes and the tick in which they count. */
    @ParameterizedTest
    @ValueSource(doubles = {.04, .5, 1, 2.7, 11})
    void deadlinesAreHandledAtTheirInstantHoweverTheWatermarkSteps(double step) throws Exception {
        start(ENDLESS, OfferScene.EVERY_THIRD_DAY);
        job.fact("anna", order(day(1)));
        for (int tick : List.of(2, 5, 8)) {
            job.news(market(tick));
        }
        job.newsWatermark(day(11));
        for (double at = step; at < 11; at += step) {
            job.factsWatermark(day(at));
        }
        job.factsWatermark(day(11));
        assertThat(said(job.drain()))
                .containsExactly(
                        "anna day 1.000 ORDER",
                        "anna day 3.042 NEED by 2",
                        "anna day 6.042 NEED by 5",
                        "anna day 9.042 NEED by 8");
        TreeMap<Integer, String> counted = new TreeMap<>();
        for (TickedOffers part : job.drainTicks()) {
            part.tally().forEach((name, numbers) -> {
                if (name.equals("sku:tea")) {
                    counted.put(part.tick() - OfferScene.TICK, "made " + numbers[0] + " ended " + numbers[2]);
                }
            });
        }
        assertThat(counted.toString())
                .isEqualTo("{1=made 1 ended 0, 3=made 1 ended 1, 5=made 0 ended 1, 6=made 1 ended 0,"
                        + " 8=made 0 ended 1, 9=made 1 ended 0}");
    }

    @Test
    void ofDeadlinesOneTimerIsArmed() throws Exception {
        start(ENDLESS, OfferScene.EVERY_THIRD_DAY);
        job.fact("anna", order(day(.1)));
        job.fact("anna", order(day(.2)));
        job.fact("bert", asks(day(.2), Fact.Cause.STAGE));
        watermark(day(1));
        assertThat(job.numEventTimeTimers()).isEqualTo(2);
        watermark(day(2.05));
        assertThat(job.numEventTimeTimers()).isEqualTo(2);
        watermark(day(2.2));
        assertThat(job.numEventTimeTimers()).as("bert is owed nothing more").isEqualTo(1);
    }

    // ---- the end

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsHandledBeyondTheEndOfTheRun(boolean jump) throws Exception {
        start(day(6), OfferScene.EVERY_THIRD_DAY);
        job.fact("anna", order(day(1)));
        job.news(market(2));
        if (!jump) {
            watermark(day(5));
            watermark(day(20));
        }
        watermark(Long.MAX_VALUE);
        assertThat(said(job.drain())).containsExactly("anna day 1.000 ORDER", "anna day 3.042 NEED by 2");
        assertThat(job.drainTicks())
                .extracting(TickedOffers::tick)
                .containsExactly(OfferScene.TICK + 1, OfferScene.TICK + 3, OfferScene.TICK + 5);
    }

    @Test
    void theFinalWatermarkBringsUpFactsAndNoDeadlineOfAnEndlessRun() throws Exception {
        start(ENDLESS, OfferScene.EVERY_THIRD_DAY);
        watermark(day(2));
        job.fact("anna", order(day(4)));
        job.news(market(2));
        watermark(Long.MAX_VALUE);
        assertThat(said(job.drain())).containsExactly("anna day 4.000 ORDER");
        assertThat(job.drainTicks()).isEmpty();
    }

    // ---- who is forgotten

    @Test
    void whoIsForgottenLeavesNoState() throws Exception {
        job = new OfferSubtask(
                ENDLESS, models -> OfferScene.desk(models, ENDLESS, OfferScene.EVERY_THIRD_DAY), 2, 1, 0, false);
        open.add(job);
        job.open();
        models(job);
        job.fact("anna", order(day(1)));
        watermark(day(2));
        job.prepareSnapshotPreBarrier(1);
        assertThat(job.numKeyedStateEntries()).isEqualTo(1);
        job.fact("anna", asks(day(2.5), Fact.Cause.FORGOTTEN));
        watermark(day(2.5));
        assertThat(said(job.drain())).containsExactly("anna day 1.000 ORDER", "anna day 2.500 withdrawn FORGOTTEN");
        watermark(day(9));
        assertThat(job.drain()).isEmpty();
        job.prepareSnapshotPreBarrier(2);
        assertThat(job.numKeyedStateEntries()).isZero();
        assertThat(job.numEventTimeTimers()).isZero();
    }

    /** What is late comes at once; were anything left, it would come as of the instant of the forgetting. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsForgottenIsNewWhetherStillCachedOrNot(boolean cached) throws Exception {
        start(ENDLESS, OfferScene.NONE);
        job.fact("anna", order(day(1)));
        job.fact("anna", asks(day(3), Fact.Cause.FORGOTTEN));
        watermark(day(4));
        if (!cached) {
            for (String other : List.of("bert", "carl", "dora")) {
                job.fact(other, asks(day(4), Fact.Cause.NOTE));
            }
        }
        job.drain();
        job.fact("anna", order(day(2)));
        assertThat(said(job.drain())).containsExactly("anna day 2.000 ORDER");
    }

    // ---- versions

    @Test
    void aVersionHoldsFromTheInstantAtWhichItTakesEffectHoweverEarlyItComes() throws Exception {
        start(ENDLESS, OfferScene.NONE);
        job.fact("anna", order(day(1)));
        job.fact("anna", order(day(3) - 1));
        job.fact("anna", order(day(3)));
        Product cup = new Product("cup", null, null, 100L, null, true, 0, ENDLESS, Product.Use.UNKNOWN, List.of());
        job.version(policy(2, DAY), day(3));
        job.version(new Catalogue("catalogue", 1, 0, true, List.of(cup), ""), day(4));
        Offer half =
                new Offer("half", "tea", null, 0, List.of(), 0, ENDLESS, DAY, null, Offer.Eligibility.EVERYBODY, 1);
        job.version(new OfferSet("offers", 1, 0, true, List.of(half), ""), day(5));
        watermark(day(3.5));
        job.fact("anna", order(day(4)));
        job.fact("anna", order(day(6)));
        watermark(day(7));
        assertThat(job.drain().stream()
                        .map(OfferScene::decode)
                        .filter(one -> one.getSchema().getName().equals("NextBestOffer")))
                .extracting(one -> one.get("offerModels").toString(), OfferOperatorTest::lifeDays)
                .containsExactly(
                        tuple("[policy/1]", 2.0),
                        tuple("[policy/1]", 2.0),
                        tuple("[policy/2]", 1.0),
                        tuple("[policy/2, catalogue/1]", 1.0),
                        tuple("[policy/2, offers/1, catalogue/1]", 1.0));
    }

    private static double lifeDays(GenericRecord offer) {
        return ((Long) offer.get("expires") - (Long) offer.get("time")) / (double) DAY;
    }

    // ---- restore

    private static final List<String> CUSTOMERS = List.of("anna", "bert", "carl", "dora", "emil", "fred", "gina");

    /** Each is told of three orders, and how an offer was taken. */
    private static Fact fact(int customer, int number) {
        long time = day(number) + customer * HOUR;
        return number % 2 == 0
                ? order(time)
                : new Fact(
                        time,
                        new Touchpoint(
                                "t" + number,
                                time,
                                TouchpointType.OFFER_REJECTED,
                                "app",
                                null,
                                null,
                                null,
                                "sku:tea",
                                null),
                        Fact.Cause.NOTE,
                        order(time).context());
    }

    @Test
    void factsAndNewsThatWaitAndTimersThatAreArmedSurviveARescale() throws Exception {
        List<Outgoing> undisturbed = rescaled(List.of(1, 1, 1));
        assertThat(undisturbed).hasSizeGreaterThan(40);
        for (List<Integer> parallelism : List.of(List.of(1, 3, 2), List.of(2, 1, 3))) {
            List<Outgoing> sent = rescaled(parallelism);
            assertThat(OffersSaid.of(sent, List.of())).isEqualTo(OffersSaid.of(undisturbed, List.of()));
        }
        assertThat(offered(undisturbed))
                .contains("anna day 6.000 ORDER by 5", "gina day 6.250 ORDER by 5", "anna day 12.042 NEED by 11");
    }

    /** At each of them for four days; facts and news are two days ahead when it stops. */
    private List<Outgoing> rescaled(List<Integer> parallelism) throws Exception {
        List<Outgoing> sent = new ArrayList<>();
        OperatorSubtaskState state = null;
        int before = 0;
        for (int part = 0; part < 3; part++) {
            List<OfferSubtask> all = new ArrayList<>();
            for (int i = 0; i < parallelism.get(part); i++) {
                OfferSubtask subtask = subtask(day(13), OfferScene.EVERY_THIRD_DAY, parallelism.get(part), i);
                if (state != null) {
                    subtask.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, Settings.MAX_PARALLELISM, before, parallelism.get(part), i));
                }
                subtask.open();
                all.add(subtask);
                if (part == 0) {
                    models(subtask);
                }
            }
            for (int number = part == 0 ? 0 : 4 * part + 2; number < 4 * part + 6; number++) {
                for (int customer = 0; customer < CUSTOMERS.size(); customer++) {
                    owner(all, CUSTOMERS.get(customer)).fact(CUSTOMERS.get(customer), fact(customer, number));
                }
                for (OfferSubtask subtask : all) {
                    subtask.news(market(number));
                    subtask.news(list(number));
                }
            }
            List<OperatorSubtaskState> states = new ArrayList<>();
            int timers = 0;
            for (OfferSubtask subtask : all) {
                long to = part == 2 ? Long.MAX_VALUE : day(4 * part + 4);
                subtask.factsWatermark(to);
                subtask.newsWatermark(to);
                sent.addAll(subtask.drain());
                timers += subtask.numEventTimeTimers();
                subtask.prepareSnapshotPreBarrier(1);
                states.add(subtask.snapshot(1, 0));
            }
            assertThat(part == 2 || timers == CUSTOMERS.size()).isTrue();
            state = AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new));
            before = parallelism.get(part);
        }
        return sent;
    }

    private static OfferSubtask owner(List<OfferSubtask> all, String customer) {
        return all.get(
                KeyGroupRangeAssignment.assignKeyToParallelOperator(customer, Settings.MAX_PARALLELISM, all.size()));
    }
}
