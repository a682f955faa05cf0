package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.backtest.HoldOutFigures.Figure;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.RealData;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The hold-out test on the real CDNOW. Expected figures: ALGORITHMS.md b, measured before this was written: the bar's table, and
 * the mean of both base models, which were fitted to the 39 weeks as those that ship were. Those of spend were computed apart
 * from this project, by numerical integration, from the parameters of {@link io.ebbline.model.ValueModel#shipped}.
 */
class CdnowHoldOutTest {

    @Test
    void baselinesAndTheBaseModelsAreAsMeasuredBefore() {
        History history = HistoryFormat.CDNOW.read(RealData.file("cdnow/cdnow_master.csv.gz"), null);
        List<CustomerEvents> customers = CustomerEvents.of(history.records(), history.currency());
        ModelSource shipped = ModelSource.fixed(ScoringModel.shipped());
        List<HoldOut> tests = List.of(
                HoldOut.of(customers, cutoff("1997-09-30", 273), shipped, EngineRules.defaults()),
                HoldOut.of(customers, cutoff("1997-12-31", 181), shipped, EngineRules.defaults()));

        List<Map<String, Figure>> figures = new HoldOutFigures(customers.size(), 40, 100).of(tests);

        assertThat(figures).hasSize(3);
        Map<String, Figure> half = figures.get(0);
        assertValue(half, Metrics.RECENCY_AUC, .759);
        assertValue(half, Metrics.RECENCY_AUC_REPEAT, .711);
        assertValue(half, Metrics.FREQUENCY_AUC, .753);
        assertValue(half, Metrics.FREQUENCY_AUC_REPEAT, .678);
        assertValue(half, Metrics.AUC_ALL, .770);
        assertValue(half, Metrics.AUC_REPEAT, .733);
        assertValue(half, Metrics.BRIER, .160);
        assertValue(half, Metrics.BRIER_BASE, .210);
        Map<String, Figure> year = figures.get(1);
        assertThat(year.get(Metrics.RECENCY_AUC).value()).isCloseTo(.7955, within(.00005));
        assertValue(year, Metrics.AUC_ALL, .806);
        assertValue(year, Metrics.AUC_REPEAT, .745, .001);
        assertSpend(half, .81389, 92.976, .4493, .5240);
        assertSpend(year, .89452, 56.304, .4487, .5665);
        Figure mean = figures.get(2).get(Metrics.AUC_ALL);
        assertThat(mean.value())
                .isCloseTo(
                        (half.get(Metrics.AUC_ALL).value()
                                        + year.get(Metrics.AUC_ALL).value())
                                / 2,
                        within(1e-12));
        for (Map<String, Figure> one : figures) {
            assertThat(one)
                    .containsKeys(Metrics.TOTAL_RATIO, Metrics.RMSE, Metrics.SPEARMAN, Metrics.TOP_DECILE_SHARE)
                    .allSatisfy((key, figure) -> assertThat(figure.value())
                            .isBetween(
                                    figure.interval().low() - .005,
                                    figure.interval().high() + .005));
        }
        // Hanley and McNeil's (1982) standard error of such an area is .0035: the interval is about four of them wide.
        assertThat(half.get(Metrics.AUC_ALL).interval().high()
                        - half.get(Metrics.AUC_ALL).interval().low())
                .isBetween(.009, .018);
    }

    private static void assertSpend(Map<String, Figure> figures, double ratio, double rmse, double rank, double top) {
        assertValue(figures, Metrics.TOTAL_RATIO, ratio, .00002);
        assertValue(figures, Metrics.RMSE, rmse, .001);
        assertValue(figures, Metrics.SPEARMAN, rank, .0001);
        assertValue(figures, Metrics.TOP_DECILE_SHARE, top, .0005);
    }

    private static Cutoff cutoff(String day, int days) {
        return new Cutoff(LocalDate.parse(day), days * Cutoff.DAY_MILLIS);
    }

    private static void assertValue(Map<String, Figure> figures, String key, double expected) {
        assertValue(figures, key, expected, .0005);
    }

    private static void assertValue(Map<String, Figure> figures, String key, double expected, double tolerance) {
        assertThat(figures.get(key).value()).as(key).isCloseTo(expected, within(tolerance));
    }
}
