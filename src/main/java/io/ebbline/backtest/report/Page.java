package io.ebbline.backtest.report;

import io.ebbline.backtest.AcceptanceFigures;
import io.ebbline.backtest.AlarmBacktest.Row;
import io.ebbline.backtest.HoldOut;
import io.ebbline.backtest.HoldOutFigures.Figure;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.SpendDecile;
import io.ebbline.backtest.StageFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole report.
 *
 * @param about what was measured, in pairs of a word and what it stands for: the data, the model, the command
 * @param tests at one or several cuts
 * @param figures of each test, then their means
 * @param alarms by hiatus, the rules at as many alarms; empty when the history is too short
 * @param offers figures of offers by key; empty: none was measured
 * @param acceptance of offers that were shown; null: none was measured
 * @param currency ISO 4217 code of every amount
 * @param minorPerMajor minor units in one of it
 */
public record Page(
        Map<String, String> about,
        List<HoldOut> tests,
        List<Map<String, Figure>> figures,
        Map<String, List<Row>> alarms,
        Map<String, Number> offers,
        @Nullable AcceptanceFigures acceptance,
        String currency,
        double minorPerMajor) {

    private static final Map<String, String> HEADLINES = headlines();

    private static Map<String, String> headlines() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Metrics.AUC_ALL, "P(buy): area under ROC, all customers");
        names.put(Metrics.RECENCY_AUC, "recency alone, the same");
        names.put(Metrics.FREQUENCY_AUC, "frequency alone, the same");
        names.put(Metrics.AUC_REPEAT, "P(buy): area under ROC, repeat buyers");
        names.put(Metrics.RECENCY_AUC_REPEAT, "recency alone, the same");
        names.put(Metrics.FREQUENCY_AUC_REPEAT, "frequency alone, the same");
        names.put(Metrics.BRIER, "P(buy): Brier score, less is better");
        names.put(Metrics.BRIER_BASE, "the share itself for everybody, the same");
        names.put(Metrics.LOG_LOSS, "P(buy): log-loss, less is better");
        names.put(Metrics.PREDICTED, "mean P(buy)");
        names.put(Metrics.HAPPENED, "share who ordered");
        names.put(Metrics.TOTAL_RATIO, "spend: predicted total over actual");
        names.put(Metrics.RMSE, "spend: root of mean squared error, in the currency");
        names.put(Metrics.SPEARMAN, "spend: rank correlation (Spearman)");
        names.put(Metrics.TOP_DECILE_SHARE, "spend: share held by the tenth of whom most was predicted");
        return names;
    }

    /** The page as HTML. */
    public String html() {
        Markup page = new Markup()
                .open("html", "lang", "en")
                .open("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .element("title", "Ebbline: how true the answers came")
                .style(Style.CSS)
                .close()
                .open("body")
                .element("h1", "How true the answers came");
        page.open("dl");
        about.forEach((word, meaning) -> page.element("dt", word).element("dd", meaning));
        page.close();
        if (tests.size() > 1) {
            page.element("h2", "Means over all cuts");
            page.markup(headlines(figures.get(tests.size())).draw());
        }
        for (int i = 0; i < tests.size(); i++) {
            test(page, tests.get(i), figures.get(i));
        }
        if (!alarms.isEmpty()) {
            page.element("h2", "Churn alarms")
                    .open("section")
                    .markup(AlarmPanel.of(alarms).draw())
                    .close();
        }
        List<Panel> offered = offerPanels();
        if (!offered.isEmpty()) {
            page.element("h2", "Next best offers").open("section");
            offered.forEach(panel -> page.markup(panel.draw()));
            page.close();
        }
        return "<!DOCTYPE html>\n" + page.close().close();
    }

    private List<Panel> offerPanels() {
        List<Panel> panels = new ArrayList<>();
        OfferPanels.hits(offers).ifPresent(panels::add);
        OfferPanels.purchases(offers).ifPresent(panels::add);
        if (acceptance != null && acceptance.trials() > 0) {
            panels.add(OfferPanels.calibration(acceptance));
        }
        return panels;
    }

    private void test(Markup page, HoldOut test, Map<String, Figure> own) {
        page.element(
                "h2",
                "Cut at the end of " + test.cutoff().day() + ": "
                        + Numbers.of(test.predictions().size()) + " customers, "
                        + Numbers.of((double) test.cutoff().horizonMillis() / 86_400_000, 0) + " days ahead");
        page.element("p", "Model: " + test.model().ref() + ", " + test.model().note());
        page.markup(headlines(own).draw());
        page.open("section");
        panels(test).forEach(panel -> page.markup(panel.draw()));
        page.close();
    }

    private List<Panel> panels(HoldOut test) {
        List<Panel> panels = new ArrayList<>();
        ChancePanels chances = new ChancePanels(test);
        panels.add(chances.roc());
        panels.add(chances.calibration());
        panels.add(chances.counts());
        panels.add(chances.gains());
        panels.add(chances.lift());
        panels.add(OrderPanels.chances(test));
        panels.add(OrderPanels.frequency(test));
        panels.addAll(OrderPanels.tracking(test));
        List<SpendDecile> deciles = SpendDecile.of(test);
        if (!deciles.isEmpty()) {
            panels.add(OrderPanels.spend(deciles, currency, minorPerMajor));
        }
        panels.add(FlowPanel.of(StageFlow.of(test)));
        return panels;
    }

    private static Table headlines(Map<String, Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        HEADLINES.forEach((key, name) -> {
            Figure figure = figures.get(key);
            if (figure != null) {
                int decimals = key.equals(Metrics.RMSE) ? 2 : 4;
                rows.add(List.of(
                        name,
                        Numbers.of(figure.value(), decimals),
                        Numbers.of(figure.interval().low(), decimals) + " to "
                                + Numbers.of(figure.interval().high(), decimals)));
            }
        });
        return new Table(List.of("figure", "value", "95 % interval (bootstrap over customers)"), rows);
    }
}
