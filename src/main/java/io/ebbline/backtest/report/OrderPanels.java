package io.ebbline.backtest.report;

import io.ebbline.backtest.FrequencyBin;
import io.ebbline.backtest.HoldOut;
import io.ebbline.backtest.SpendDecile;
import io.ebbline.backtest.Tracking;
import io.ebbline.backtest.measure.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The charts of how many orders followed, and of what was spent. */
final class OrderPanels {

    private OrderPanels() {}

    static Panel frequency(HoldOut test) {
        List<FrequencyBin> bins = FrequencyBin.of(test);
        List<String> names = bins.stream().map(OrderPanels::name).toList();
        List<Double> actual = bins.stream().map(FrequencyBin::orders).toList();
        List<Double> expected = bins.stream().map(FrequencyBin::expected).toList();
        List<String> tips = bins.stream()
                .map(bin -> Numbers.of(bin.customers()) + " customers: " + Numbers.of(bin.orders(), 2)
                        + " orders each, expected " + Numbers.of(bin.expected(), 2))
                .toList();
        Chart chart = Chart.ofGroups(
                        "Orders by frequency",
                        "days with an order by the cut, after the first",
                        names,
                        Axis.fitting(
                                "days with an order, per customer",
                                0,
                                greatest(actual, expected),
                                Chart.BOTTOM,
                                Chart.TOP))
                .bars(0, 2, "actual", actual, tips)
                .bars(1, 2, "expected", expected, tips);
        return new Panel(
                "Orders that followed, by frequency",
                "Conditional expectations: whoever had ordered so often, and how often they ordered within the horizon.",
                chart.done(),
                new Table(
                        List.of("repeats", "customers", "orders", "expected", "ordered at all", "mean P(buy)"),
                        bins.stream()
                                .map(bin -> List.of(
                                        name(bin),
                                        Numbers.of(bin.customers()),
                                        Numbers.of(bin.orders(), 3),
                                        Numbers.of(bin.expected(), 3),
                                        Numbers.percent(bin.bought()),
                                        Numbers.percent(bin.pBuy())))
                                .toList()));
    }

    static Panel chances(HoldOut test) {
        List<FrequencyBin> bins = FrequencyBin.of(test);
        List<String> tips = bins.stream()
                .map(bin -> Numbers.of(bin.customers()) + " customers: " + Numbers.percent(bin.bought())
                        + " ordered, mean P(buy) " + Numbers.percent(bin.pBuy()))
                .toList();
        Chart chart = Chart.ofGroups(
                        "P(buy) by frequency",
                        "days with an order by the cut, after the first",
                        bins.stream().map(OrderPanels::name).toList(),
                        Axis.share("share", Chart.BOTTOM, Chart.TOP))
                .bars(
                        0,
                        2,
                        "share who ordered",
                        bins.stream().map(FrequencyBin::bought).toList(),
                        tips)
                .bars(1, 2, "mean P(buy)", bins.stream().map(FrequencyBin::pBuy).toList(), tips);
        return new Panel(
                "Who ordered at all, by frequency",
                "The same customers: the share who ordered beside the chance that they were given.",
                chart.done(),
                new Table(
                        List.of("repeats", "customers", "ordered", "mean P(buy)"),
                        bins.stream()
                                .map(bin -> List.of(
                                        name(bin),
                                        Numbers.of(bin.customers()),
                                        Numbers.percent(bin.bought()),
                                        Numbers.percent(bin.pBuy())))
                                .toList()));
    }

    private static String name(FrequencyBin bin) {
        return bin.repeats() + (bin.repeats() == FrequencyBin.MOST ? "+" : "");
    }

    /** Orders by week, then the same summed up. */
    static List<Panel> tracking(HoldOut test) {
        List<Tracking.Week> weeks = Tracking.of(test);
        List<Point> actual = new ArrayList<>();
        List<Point> expected = new ArrayList<>();
        List<Point> actualSum = new ArrayList<>();
        List<Point> expectedSum = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        double came = 0;
        double awaited = 0;
        for (Tracking.Week week : weeks) {
            came += week.actual();
            awaited += week.expected();
            actual.add(new Point(week.number(), week.actual()));
            expected.add(new Point(week.number(), week.expected()));
            actualSum.add(new Point(week.number(), came));
            expectedSum.add(new Point(week.number(), awaited));
            rows.add(List.of(
                    String.valueOf(week.number()),
                    Numbers.of(week.actual()),
                    Numbers.of(week.expected(), 1),
                    Numbers.of(came, 0),
                    Numbers.of(awaited, 0)));
        }
        Table table = new Table(
                List.of("weeks from the cut", "orders", "expected", "orders so far", "expected so far"), rows);
        return List.of(
                new Panel(
                        "Repeat orders by week",
                        "Of those who had ordered by the cut. The curve knows of each customer the first order alone; it"
                                + " was fitted to what lies left of the cut.",
                        tracked("Repeat orders by week", "days with a repeat order", actual, expected),
                        table),
                new Panel(
                        "Repeat orders, cumulative",
                        "The same summed up: where the lines part to the right of the cut, the model forecasts too many"
                                + " or too few.",
                        tracked("Repeat orders, cumulative", "repeat orders so far", actualSum, expectedSum),
                        table));
    }

    private static Markup tracked(String title, String label, List<Point> actual, List<Point> expected) {
        double first = actual.get(0).x();
        double last = actual.get(actual.size() - 1).x();
        List<Double> heights = actual.stream().map(Point::y).toList();
        List<Double> others = expected.stream().map(Point::y).toList();
        Chart chart = Chart.of(
                        title,
                        Axis.between("weeks from the cut", first, last, Chart.LEFT, Chart.RIGHT),
                        Axis.fitting(label, 0, greatest(heights, others), Chart.BOTTOM, Chart.TOP))
                .upright(0, "cut")
                .line(0, "actual", actual)
                .line(1, "expected", expected);
        return chart.done();
    }

    /** Spend by tenth; there must be one. */
    static Panel spend(List<SpendDecile> deciles, String currency, double minorPerMajor) {
        List<Double> actual =
                deciles.stream().map(one -> one.actualMinor() / minorPerMajor).toList();
        List<Double> predicted = deciles.stream()
                .map(one -> one.predictedMinor() / minorPerMajor)
                .toList();
        List<String> tips = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        double least = 0;
        for (int i = 0; i < deciles.size(); i++) {
            SpendDecile one = deciles.get(i);
            least = Math.min(least, Math.min(actual.get(i), predicted.get(i)));
            tips.add(Numbers.of(one.customers()) + " customers: predicted " + Numbers.of(predicted.get(i), 2)
                    + ", spent " + Numbers.of(actual.get(i), 2) + " " + currency + " each");
            rows.add(List.of(
                    String.valueOf(one.number()),
                    Numbers.of(one.customers()),
                    Numbers.of(predicted.get(i), 2),
                    Numbers.of(actual.get(i), 2)));
        }
        Chart chart = Chart.ofGroups(
                        "Spend by tenth",
                        "tenth of the customers, those of whom most was predicted first",
                        deciles.stream()
                                .map(one -> String.valueOf(one.number()))
                                .toList(),
                        Axis.fitting(
                                currency + " per customer",
                                least,
                                greatest(actual, predicted),
                                Chart.BOTTOM,
                                Chart.TOP))
                .bars(0, 2, "actual", actual, tips)
                .bars(1, 2, "predicted", predicted, tips);
        return new Panel(
                "Net spend within the horizon, by predicted spend",
                "A good prediction falls from left to right as what was spent does, and is as high.",
                chart.done(),
                new Table(List.of("tenth", "customers", "predicted, " + currency, "actual, " + currency), rows));
    }

    private static double greatest(List<Double> some, List<Double> others) {
        return DoubleStream.concat(
                        some.stream().mapToDouble(value -> value),
                        others.stream().mapToDouble(value -> value))
                .max()
                .orElse(1);
    }
}
