package io.ebbline.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.backtest.AcceptanceFigures;
import io.ebbline.backtest.AlarmBacktest.Row;
import io.ebbline.backtest.AlarmBacktest.Rule;
import io.ebbline.backtest.AlarmFigures;
import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Cutoff;
import io.ebbline.backtest.HoldOut;
import io.ebbline.backtest.HoldOutFigures;
import io.ebbline.backtest.ModelSource;
import io.ebbline.backtest.Prediction;
import io.ebbline.backtest.SpendDecile;
import io.ebbline.backtest.Tracking;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page as a machine reads it: whole, alone, and drawn where the numbers are. */
class PageTest {

    private static final HoldOut TEST = test();
    private static final Map<String, Number> OFFERS = Map.of(
            "offers.hr10", .46,
            "offers.hr5", .34,
            "offers.hr5.low", .3,
            "offers.recall10", .15,
            "offers.baseline_popularity_hr5", .226,
            "offers.baseline_popularity_hr10", .332,
            "offers.baseline_own_then_global_recall10", .136,
            "offers.tests", 1_000);
    private static final AcceptanceFigures ACCEPTANCE = new AcceptanceFigures(
            1_200,
            3,
            5,
            .3,
            .32,
            .2,
            List.of(
                    new AcceptanceFigures.Decile(400, .02, .01, .007, .01),
                    new AcceptanceFigures.Decile(400, .3, .35, .02, .03),
                    new AcceptanceFigures.Decile(400, .58, .6, .02, .025)),
            1,
            .9,
            .8);

    private static HoldOut test() {
        History history = new SimulatedShop(4, 200, 400, Instant.parse("2025-01-01T00:00:00Z")).history();
        HoldOut test = HoldOut.of(
                CustomerEvents.of(history.records(), history.currency()),
                new Cutoff(LocalDate.parse("2025-10-31"), 84 * Cutoff.DAY_MILLIS),
                ModelSource.fixed(ScoringModel.shipped()),
                EngineRules.defaults());
        // The model that ships forecasts no spend: this one does, after a fashion.
        return new HoldOut(
                test.cutoff(),
                test.model(),
                test.predictions().stream().map(PageTest::withSpend).toList(),
                test.buyers());
    }

    private static Prediction withSpend(Prediction one) {
        return new Prediction(
                one.customer(),
                one.known(),
                one.stage(),
                one.pBuy(),
                one.pBuy() * one.known().grossMinor(),
                one.occasions(),
                one.netMinor(),
                one.stageAfter());
    }

    private static String html(HoldOut... tests) {
        List<HoldOut> all = List.of(tests);
        Row hiatus = new Row(Rule.HIATUS, 70, new AlarmFigures(100, 50, 1, 10, 10));
        Row engine = new Row(Rule.ENGINE, .4, new AlarmFigures(101, 52, 1, 6.25, 6));
        return new Page(
                        Map.of("data", "<shop> & \"sons\""),
                        all,
                        new HoldOutFigures(10_000, 5, 100).of(all),
                        Map.of("10w", List.of(hiatus, engine)),
                        OFFERS,
                        ACCEPTANCE,
                        "GBP",
                        100)
                .html();
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<Element> elements(Document page, String tag) {
        NodeList found = page.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    @Test
    void thePageIsWellFormedAndRefersToNothingOutsideItself() throws Exception {
        String html = html(TEST);
        Document page = parse(html);

        assertThat(html)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .doesNotContain("NaN", "://", "url(", "@import");
        assertThat(elements(page, "script")).isEmpty();
        assertThat(elements(page, "link")).isEmpty();
        for (Element element : elements(page, "*")) {
            assertThat(element.hasAttribute("src") || element.hasAttribute("href"))
                    .isFalse();
        }
        assertThat(elements(page, "dd").get(0).getTextContent()).isEqualTo("<shop> & \"sons\"");
        assertThat(elements(page, "figure")).hasSize(14).allSatisfy(figure -> {
            assertThat(figure.getElementsByTagName("svg").getLength()).isOne();
            assertThat(figure.getElementsByTagName("figcaption").getLength()).isOne();
            assertThat(figure.getElementsByTagName("table").getLength()).isOne();
        });
        assertThat(html).contains("prefers-color-scheme: dark");
    }

    @Test
    void everythingIsDrawnWithinItsChart() throws Exception {
        for (Element svg : elements(parse(html(TEST)), "svg")) {
            double[] box = numbers(svg.getAttribute("viewBox"));
            for (String tag : List.of("polyline", "polygon")) {
                NodeList lines = svg.getElementsByTagName(tag);
                for (int i = 0; i < lines.getLength(); i++) {
                    double[] points = numbers(((Element) lines.item(i)).getAttribute("points"));
                    for (int j = 0; j < points.length; j += 2) {
                        assertThat(points[j]).isBetween(0.0, box[2]);
                        assertThat(points[j + 1]).isBetween(0.0, box[3]);
                    }
                }
            }
            NodeList bars = svg.getElementsByTagName("rect");
            for (int i = 0; i < bars.getLength(); i++) {
                Element bar = (Element) bars.item(i);
                assertThat(number(bar, "y")).isNotNegative();
                assertThat(number(bar, "height")).isNotNegative();
                assertThat(number(bar, "y") + number(bar, "height")).isLessThanOrEqualTo(box[3]);
                assertThat(number(bar, "x") + number(bar, "width")).isLessThanOrEqualTo(box[2]);
            }
        }
    }

    @Test
    void weeksAreDrawnWhereTheirNumbersAre() throws Exception {
        List<Tracking.Week> weeks = Tracking.of(TEST);
        Panel panel = OrderPanels.tracking(TEST).get(0);
        double most = weeks.stream()
                .mapToDouble(week -> Math.max(week.actual(), week.expected()))
                .max()
                .orElseThrow();
        Axis across = Axis.between(
                "", weeks.get(0).number(), weeks.get(weeks.size() - 1).number(), Chart.LEFT, Chart.RIGHT);
        Axis up = Axis.fitting("", 0, most, Chart.BOTTOM, Chart.TOP);

        List<Element> lines = elements(parse(panel.chart().toString()), "polyline");

        assertThat(lines).hasSize(2);
        for (int series = 0; series < 2; series++) {
            double[] points = numbers(lines.get(series).getAttribute("points"));
            // Weeks lie so far apart that none is left out.
            assertThat(points).hasSize(2 * weeks.size());
            for (int i = 0; i < weeks.size(); i++) {
                Tracking.Week week = weeks.get(i);
                assertThat(points[2 * i]).isCloseTo(across.at(week.number()), within(.006));
                assertThat(points[2 * i + 1])
                        .isCloseTo(up.at(series == 0 ? week.actual() : week.expected()), within(.006));
            }
        }
    }

    @Test
    void barsAreAsHighAsTheirNumbers() throws Exception {
        List<SpendDecile> deciles = SpendDecile.of(TEST);
        List<Element> bars = elements(
                        parse(OrderPanels.spend(deciles, "GBP", 100).chart().toString()), "rect")
                .stream()
                .filter(bar -> bar.getAttribute("class").startsWith("bar"))
                .toList();

        assertThat(deciles).hasSize(10);
        assertThat(deciles.stream().mapToInt(SpendDecile::customers).sum()).isEqualTo((int) TEST.predictions().stream()
                .filter(one -> !Double.isNaN(one.spendMinor()))
                .count());
        assertThat(deciles).extracting(SpendDecile::predictedMinor).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(bars).hasSize(20);
        double pixelsPerMinor = number(bars.get(10), "height") / deciles.get(0).predictedMinor();
        for (int i = 0; i < 10; i++) {
            assertThat(number(bars.get(i), "height"))
                    .isCloseTo(Math.abs(deciles.get(i).actualMinor()) * pixelsPerMinor, within(.05));
            assertThat(number(bars.get(10 + i), "height"))
                    .isCloseTo(deciles.get(i).predictedMinor() * pixelsPerMinor, within(.05));
            assertThat(bars.get(i).getTextContent())
                    .contains("spent " + Numbers.of(deciles.get(i).actualMinor() / 100, 2) + " GBP");
        }
    }

    @Test
    void hitRatesStandBesideThoseOfBaselines() throws Exception {
        Panel panel = OfferPanels.hits(OFFERS).orElseThrow();

        assertThat(panel.numbers().header()).containsExactly("ranking", "HR@5", "HR@10", "recall@10");
        assertThat(panel.numbers().rows())
                .containsExactly(
                        List.of("Ebbline", "0.3400", "0.4600", "0.1500"),
                        List.of("own then global", "–", "–", "0.1360"),
                        List.of("popularity", "0.2260", "0.3320", "–"));
        List<Element> bars = elements(parse(panel.chart().toString()), "rect").stream()
                .filter(bar -> bar.getAttribute("class").startsWith("bar"))
                .toList();
        assertThat(bars)
                .extracting(bar -> bar.getTextContent().strip())
                .containsExactly(
                        "Ebbline: 0.3400",
                        "Ebbline: 0.4600",
                        "Ebbline: 0.1500",
                        "own then global: 0.1360",
                        "popularity: 0.2260",
                        "popularity: 0.3320");
        assertThat(number(bars.get(0), "height") / number(bars.get(4), "height"))
                .isCloseTo(.34 / .226, within(.001));
        assertThat(OfferPanels.hits(Map.of("churn.auc_all", .7, "offers.tests", 3)))
                .isEmpty();
    }

    @Test
    void offersOfEachTenthStandWhereTheyWereAccepted() throws Exception {
        Panel panel = OfferPanels.calibration(ACCEPTANCE);
        List<Element> marks = elements(parse(panel.chart().toString()), "polygon");
        // The highest interval, .6 and 1.96 x .025 about it, ends at .649: the axes end with .8.
        Axis across = new Axis("", 0, .8, .2, Chart.LEFT, Chart.RIGHT);
        Axis up = new Axis("", 0, .8, .2, Chart.BOTTOM, Chart.TOP);

        assertThat(panel.numbers().rows())
                .containsExactly(
                        List.of("1", "400", "2.0 %", "1.0 %", "0.0 % to 3.0 %"),
                        List.of("2", "400", "30.0 %", "35.0 %", "29.1 % to 40.9 %"),
                        List.of("3", "400", "58.0 %", "60.0 %", "55.1 % to 64.9 %"));
        for (int i = 0; i < 3; i++) {
            AcceptanceFigures.Decile decile = ACCEPTANCE.deciles().get(i);
            double[] corners = numbers(marks.get(i).getAttribute("points"));
            assertThat((corners[0] + corners[4]) / 2).isCloseTo(across.at(decile.expected()), within(.02));
            assertThat((corners[1] + corners[5]) / 2).isCloseTo(up.at(decile.actual()), within(.02));
        }
    }

    @Test
    void severalCutsHaveASectionEachAndTheirMeansBefore() throws Exception {
        assertThat(elements(parse(html(TEST, TEST)), "h2"))
                .extracting(Element::getTextContent)
                .satisfiesExactly(
                        means -> assertThat(means).isEqualTo("Means over all cuts"),
                        first -> assertThat(first).startsWith("Cut at the end of 2025-10-31: "),
                        second -> assertThat(second).startsWith("Cut at the end of 2025-10-31: "),
                        alarms -> assertThat(alarms).isEqualTo("Churn alarms"),
                        offers -> assertThat(offers).isEqualTo("Next best offers"));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split("[ ,]+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double number(Element element, String name) {
        return Double.parseDouble(element.getAttribute(name));
    }
}
