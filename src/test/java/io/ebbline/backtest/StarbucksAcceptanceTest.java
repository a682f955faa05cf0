package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.RealData;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.Offer;
import io.ebbline.model.ScoringModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Chances of acceptance over the Starbucks history, each given before its outcome. */
class StarbucksAcceptanceTest {

    @Test
    void chancesComeTrueWithinSamplingError() {
        Path input = RealData.file("starbucks_offers/transcript.json.gz");
        History history = HistoryFormat.STARBUCKS.read(input, null);
        Map<String, Long> lives = HistoryFormat.STARBUCKS.offers(input).stream()
                .collect(Collectors.toMap(Offer::offerId, Offer::lifeMillis));
        AcceptanceTrial trial = new AcceptanceTrial(
                ScoringModel.shipped(),
                EngineRules.defaults(),
                (offerId, at) -> lives.getOrDefault(offerId, 1L),
                history.end());
        CustomerEvents.of(history.records(), history.currency()).forEach(trial::add);

        AcceptanceFigures figures = trial.judge();

        // 76,277 were received; who received one again while it ran was shown the same.
        assertThat(figures.trials() + figures.unknown() + figures.undecided()).isBetween(73_000, 76_277);
        // All of the first of the six mailings was shown before anything was known.
        assertThat(figures.unknown()).isBetween(76_277 / 6 - 200, 76_277 / 6 + 200);
        assertThat(figures.p()).as("%s", figures).isGreaterThan(.05);
        assertThat(figures.deciles())
                .hasSize(10)
                .allSatisfy(decile -> assertThat(Math.abs(decile.actual() - decile.expected()))
                        .isLessThanOrEqualTo(4 * decile.error() + 1e-3));
    }
}
