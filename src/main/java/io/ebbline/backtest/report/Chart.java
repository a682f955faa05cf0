package io.ebbline.backtest.report;

import io.ebbline.backtest.measure.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A chart with two axes. Series are told apart by colour and by dashes or marks too. Each series has a number, which the style
 * sheet gives its colour.
 */
final class Chart {

    static final double WIDTH = 520;
    static final double HEIGHT = 340;
    static final double LEFT = 74;
    static final double RIGHT = WIDTH - 16;
    static final double TOP = 44;
    static final double BOTTOM = HEIGHT - 48;

    /** Points nearer than this to the one before are not drawn: nobody could see them. */
    private static final double LEAST_PIXELS = .75;

    private static final double CHARACTER = 6.6;

    private final Markup svg = new Markup();
    private final Axis x;
    private final Axis y;
    private double legend = LEFT;
    private double legendRow = 12;

    private Chart(String title, Axis x, Axis y) {
        this.x = x;
        this.y = y;
        svg.open(
                "svg",
                "viewBox",
                "0 0 " + Numbers.pixels(WIDTH) + " " + Numbers.pixels(HEIGHT),
                "role",
                "img",
                "aria-label",
                title);
    }

    /** A chart whose axes are both marked. */
    static Chart of(String title, Axis x, Axis y) {
        Chart chart = new Chart(title, x, y);
        for (double mark : x.marks()) {
            chart.svg.empty("line", "class", "grid", "x1", x.at(mark), "x2", x.at(mark), "y1", TOP, "y2", BOTTOM);
            chart.below(x.at(mark), x.text(mark));
        }
        chart.frame();
        return chart;
    }

    /** A chart of groups of bars, each named. The axis across counts the groups from 0. */
    static Chart ofGroups(String title, String label, List<String> names, Axis y) {
        Chart chart = new Chart(title, new Axis(label, -.5, names.size() - .5, 1, LEFT, RIGHT), y);
        for (int i = 0; i < names.size(); i++) {
            chart.below(chart.x.at(i), names.get(i));
        }
        chart.frame();
        return chart;
    }

    private void frame() {
        for (double mark : y.marks()) {
            svg.empty("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", y.at(mark), "y2", y.at(mark));
            svg.element("text", y.text(mark), "class", "mark end", "x", LEFT - 6, "y", y.at(mark) + 4);
        }
        double middle = (TOP + BOTTOM) / 2;
        svg.empty("line", "class", "axis", "x1", LEFT, "x2", RIGHT, "y1", BOTTOM, "y2", BOTTOM);
        svg.empty("line", "class", "axis", "x1", LEFT, "x2", LEFT, "y1", TOP, "y2", BOTTOM);
        svg.element("text", x.label(), "class", "label mid", "x", (LEFT + RIGHT) / 2, "y", HEIGHT - 8);
        svg.element(
                "text",
                y.label(),
                "class",
                "label mid",
                "transform",
                "translate(14 " + Numbers.pixels(middle) + ") rotate(-90)");
    }

    private void below(double at, String text) {
        svg.element("text", text, "class", "mark mid", "x", at, "y", BOTTOM + 16);
    }

    /** The line on which two shares are equal. */
    Chart diagonal() {
        double end = Math.min(x.to(), y.to());
        svg.empty("line", "class", "even", "x1", x.at(0), "y1", y.at(0), "x2", x.at(end), "y2", y.at(end));
        return this;
    }

    /** A line up the chart, with a word beside it. */
    Chart upright(double at, String word) {
        svg.empty("line", "class", "even", "x1", x.at(at), "x2", x.at(at), "y1", TOP, "y2", BOTTOM);
        svg.element("text", word, "class", "mark", "x", x.at(at) + 4, "y", TOP + 12);
        return this;
    }

    /** A line across the chart. */
    Chart across(double at) {
        svg.empty("line", "class", "even", "x1", LEFT, "x2", RIGHT, "y1", y.at(at), "y2", y.at(at));
        return this;
    }

    /** A series as a line, named in the legend. */
    Chart line(int series, String name, List<Point> points) {
        List<Point> drawn = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point next = new Point(x.at(points.get(i).x()), y.at(points.get(i).y()));
            if (drawn.isEmpty() || i == points.size() - 1 || isApart(drawn.get(drawn.size() - 1), next)) {
                drawn.add(next);
            }
        }
        svg.empty(
                "polyline",
                "class",
                "line s" + series,
                "points",
                drawn.stream()
                        .map(point -> Numbers.pixels(point.x()) + "," + Numbers.pixels(point.y()))
                        .collect(Collectors.joining(" ")));
        makeRoom(name);
        svg.empty(
                "line", "class", "line s" + series, "x1", legend, "x2", legend + 20, "y1", legendRow, "y2", legendRow);
        return named(name);
    }

    private static boolean isApart(Point one, Point other) {
        return Math.hypot(one.x() - other.x(), one.y() - other.y()) >= LEAST_PIXELS;
    }

    /** A series as marks, named in the legend. */
    Chart marks(int series, String name, List<Point> points, List<String> tips) {
        for (int i = 0; i < points.size(); i++) {
            mark(series, x.at(points.get(i).x()), y.at(points.get(i).y()), tips.get(i));
        }
        makeRoom(name);
        mark(series, legend + 10, legendRow, name);
        return named(name);
    }

    private void mark(int series, double at, double up, String tip) {
        svg.open("g", "class", "point f" + series);
        double[][] shape = Marks.shape(series);
        svg.empty(
                "polygon",
                "points",
                Arrays.stream(shape)
                        .map(corner -> Numbers.pixels(at + corner[0]) + "," + Numbers.pixels(up + corner[1]))
                        .collect(Collectors.joining(" ")));
        svg.element("title", tip).close();
    }

    /** A line from one height to another, as an error bar. */
    Chart whisker(double at, double low, double high) {
        svg.empty("line", "class", "whisker", "x1", x.at(at), "x2", x.at(at), "y1", y.at(low), "y2", y.at(high));
        return this;
    }

    /** A word beside a place. */
    Chart word(double at, double up, String word) {
        svg.element("text", word, "class", "mark", "x", x.at(at) + 8, "y", y.at(up) - 6);
        return this;
    }

    /** A series as bars side by side with those of others, one for each group, named in the legend; NaN has none. */
    Chart bars(int series, int ofSeries, String name, List<Double> values, List<String> tips) {
        double width = .8 * (x.at(1) - x.at(0)) / ofSeries;
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isNaN(values.get(i))) {
                double left = x.at(i) + (series - ofSeries / 2.0) * width;
                bar(series, left, width - 1, values.get(i), tips.get(i));
            }
        }
        makeRoom(name);
        svg.empty("rect", "class", "f" + series, "x", legend + 4, "y", legendRow - 6, "width", 12.0, "height", 12.0);
        return named(name);
    }

    private void bar(int series, double left, double width, double value, String tip) {
        double top = Math.min(y.at(0), y.at(value));
        svg.open(
                "rect",
                "class",
                "bar f" + series,
                "x",
                left,
                "y",
                top,
                "width",
                width,
                "height",
                Math.abs(y.at(value) - y.at(0)));
        svg.element("title", tip).close();
    }

    /** Goes to the legend's second row when the first one is full. */
    private void makeRoom(String name) {
        if (legend > LEFT && legend + entry(name) > WIDTH) {
            legend = LEFT;
            legendRow += 16;
        }
    }

    private Chart named(String name) {
        svg.element("text", name, "class", "mark", "x", legend + 25, "y", legendRow + 4);
        legend += entry(name);
        return this;
    }

    private static double entry(String name) {
        return 38 + CHARACTER * name.length();
    }

    /** The chart as it is now. */
    Markup done() {
        return svg.close();
    }
}
