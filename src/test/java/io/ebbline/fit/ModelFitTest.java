package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Tick;
import io.ebbline.model.Evidence;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.Provenance;
import io.ebbline.model.ScoringModel;
import io.ebbline.testing.Shop;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelFitTest {

    private static final long HORIZON = Duration.ofDays(60).toMillis();
    private static final ModelFit.Wish WHOLE = new ModelFit.Wish(false, HORIZON, HORIZON, .1);

    private static final History SHOP = new SimulatedShop(3, 160, 210, Instant.parse("2025-01-01T00:00:00Z")).history();
    private static final Folded FOLDED = Folding.of(SHOP);
    private static final int LAST = Tick.of(SHOP.end());
    private static final int MIDDLE = LAST - 70;

    private static ModelFit.Result fit(Folded history, int tick, ModelFit.Wish wish) {
        return ModelFit.of(history, tick, ScoringModel.shipped(), wish, part -> {});
    }

    /** The same until the end of a day; later, everybody buys once more each day, for other sums. */
    private static History anotherFuture(int tick) {
        List<FeedRecord> records = new ArrayList<>();
        for (FeedRecord record : SHOP.records()) {
            Event event = record.event();
            if (event == null || event.time() < Tick.end(tick)) {
                records.add(record);
            } else if (event instanceof Purchase p) {
                Purchase changed = new Purchase(
                        p.id() + "!",
                        Tick.end(Tick.of(p.time())) - 1,
                        p.orderId() + "!",
                        p.currency(),
                        null,
                        null,
                        p.lines(),
                        7 * p.totalMinor());
                records.add(FeedRecord.of(record.topic(), record.customer(), changed));
            }
        }
        return new History(records, SHOP.end() + Shop.DAY, SHOP.currency());
    }

    @Test
    void whatComesAfterTheDayIsNotLookedAt() {
        ModelFit.Result known = fit(Folding.of(SHOP, event -> event.time() < Tick.end(MIDDLE)), MIDDLE, WHOLE);
        Folded other = Folding.of(anotherFuture(MIDDLE));
        ModelFit.Result fitted = fit(other, MIDDLE, WHOLE);
        assertThat(fitted.model()).isEqualTo(known.model());
        assertThat(fitted.provenance(1, "t")).isEqualTo(known.provenance(1, "t"));
        assertThat(known.model().buying()).isNotEqualTo(ScoringModel.shipped().buying());
        assertThat(fit(other, LAST, WHOLE).model().buying())
                .isNotEqualTo(known.model().buying());
    }

    @Test
    void aSeriesIsFittedToWhatCameBeforeEachOfIt() {
        List<LocalDate> begun = new ArrayList<>();
        List<ModelFit.Result> series = WalkForward.of(FOLDED, 2, LAST, ScoringModel.shipped(), WHOLE, begun::add);
        List<ModelFit.Result> known = WalkForward.of(
                Folding.of(SHOP, event -> event.time() < Tick.end(series.get(1).tick())),
                2,
                LAST,
                ScoringModel.shipped(),
                WHOLE,
                day -> {});
        assertThat(series).hasSize(2);
        assertThat(begun)
                .allSatisfy(day -> assertThat(day.plusDays(1).getDayOfMonth()).isEqualTo(1))
                .allSatisfy(day -> assertThat(day.getMonthValue() % 2).isZero());
        for (int i = 0; i < 2; i++) {
            assertThat(known.get(i).model()).isEqualTo(series.get(i).model());
            assertThat(known.get(i).provenance(1, "t")).isEqualTo(series.get(i).provenance(1, "t"));
        }
        assertThat(series.get(1).model()).isNotEqualTo(series.get(0).model());
        assertThat(series.get(0).count().population().buyers()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void underASeriesNoEventMeetsParametersThatKnewOfIt() {
        ModelTimeline timeline = new ModelTimeline();
        timeline.add(ScoringModel.shipped(), 0);
        int version = 1;
        for (ModelFit.Result result : WalkForward.of(
                FOLDED, 1, LAST, ScoringModel.shipped(), new ModelFit.Wish(true, HORIZON, HORIZON, .1), day -> {})) {
            ScoringModel model = result.model()
                    .published("default", ++version, Tick.end(result.tick()), true, "")
                    .withProvenance(result.provenance(1, "t"));
            timeline.add(model, model.effectiveFrom());
        }
        assertThat(version).isGreaterThan(3);
        for (FeedRecord record : SHOP.records()) {
            if (record.event() != null) {
                long time = record.event().time();
                Provenance provenance = timeline.at(time).model().provenance();
                assertThat(provenance == null ? Long.MIN_VALUE : provenance.dataTo())
                        .isLessThanOrEqualTo(time);
            }
        }
        assertThat(timeline.at(SHOP.end()).ref()).isEqualTo("default/" + version);
    }

    @Test
    void whatTheHistoryDoesNotTellIsTakenOverAndSaid() {
        Folding folding = new Folding();
        folding.add("a", Shop.order("o", Shop.day(1), 100));
        folding.add("b", Shop.order("p", Shop.day(3), 700));
        int tick = Tick.of(Shop.day(9));
        List<Provenance.Part> told = new ArrayList<>();
        ModelFit.Result result = ModelFit.of(folding.folded(10), tick, ScoringModel.shipped(), WHOLE, told::add);

        assertThat(result.parts()).isEqualTo(told);
        assertThat(result.fitted()).isEqualTo("cuts, matrix");
        assertThat(told)
                .filteredOn(part -> !part.fitted())
                .satisfiesExactly(
                        part -> assertThat(part.name() + part.note())
                                .startsWith("buying")
                                .contains("2 customers"),
                        part -> assertThat(part.name() + part.note())
                                .startsWith("value")
                                .contains("2 customers"),
                        part -> assertThat(part.name() + part.note()).startsWith("ranking0 orders"))
                .allSatisfy(part -> assertThat(part.note()).containsPattern("keep the (model|weights) in use"));
        assertThat(result.model().buying()).isEqualTo(ScoringModel.shipped().buying());
        assertThat(result.model().churn()).isEqualTo(ScoringModel.shipped().churn());
        assertThat(result.model().value()).isEqualTo(ScoringModel.shipped().value());
        assertThat(result.model().monetary().first()).isEqualTo(100);
        // The lower of the two is the median; 700 brings the first 80 % of 800, and 100 the rest of the first 95 %.
        assertThat(result.model().matrix())
                .extracting(
                        MatrixRules::frequencyCut,
                        MatrixRules::averageOrderCutMinor,
                        MatrixRules::currentCutMinor,
                        MatrixRules::classAMinor,
                        MatrixRules::classBMinor)
                .containsExactly(1L, 100L, 100L, 699L, 99L);
        Provenance provenance = result.provenance(5, "t");
        assertThat(provenance.dataFrom()).isEqualTo(Tick.end(Tick.of(Shop.day(1)) - 1));
        assertThat(provenance.dataTo()).isEqualTo(Tick.end(tick));
        assertThat(List.of(provenance.events(), provenance.customers(), provenance.orders()))
                .containsExactly(2L, 2L, 2L);
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> fit(folding.folded(10), Tick.of(Shop.day(1)) - 1, WHOLE))
                .withMessageContaining("choose a later one");
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> WalkForward.of(folding.folded(10), 1, tick, ScoringModel.shipped(), WHOLE, day -> {}))
                .withMessageContaining("fit once to all of it");
    }

    @Test
    void thresholdsLieBetweenTheChanceAfterAnOrderAndThatOfEndlessSilence() {
        ModelFit.Result result = fit(FOLDED, LAST, WHOLE);
        ScoringModel model = result.model();
        double fresh = 0;
        double floor = 0;
        int repeaters = 0;
        for (Buyer buyer : FOLDED.buyersAt(LAST)) {
            Evidence evidence = buyer.evidence(Tick.end(LAST) - 1, model.buying());
            if (evidence.repeats() > 0) {
                fresh += model.buying().pBuy(evidence, 0);
                floor += model.buying().pBuy(evidence, 36_500L * Shop.DAY);
                repeaters++;
            }
        }
        assertThat(model.churn().declineBelow()).isBetween(floor / repeaters, fresh / repeaters);
        assertThat(model.churn().departBelow())
                .isBetween(floor / repeaters, model.churn().declineBelow());
        assertThat(model.churn().withThresholds(.5, .25))
                .isEqualTo(ScoringModel.shipped().churn().withThresholds(.5, .25));
        assertThat(result.fitted()).isEqualTo("cuts, buying, churn, value, matrix, ranking");
    }
}
