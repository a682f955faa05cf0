package io.ebbline.backtest.report;

import io.ebbline.backtest.StageFlow;
import io.ebbline.profile.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The drawing of who went from which stage to which: bands as wide as there are customers. */
final class FlowPanel {

    private static final double WIDTH = 520;
    private static final double HEIGHT = 380;
    private static final double TOP = 34;
    private static final double GAP = 10;
    private static final double BOX = 14;
    private static final double LEFT = 130;
    private static final double RIGHT = WIDTH - 130;

    private final List<StageFlow> flows;
    private final double pixels;

    private FlowPanel(List<StageFlow> flows) {
        this.flows = flows;
        int customers = flows.stream().mapToInt(StageFlow::customers).sum();
        this.pixels = (HEIGHT - TOP - GAP * Stage.values().length) / customers;
    }

    /** Draws; there must be a flow. */
    static Panel of(List<StageFlow> flows) {
        return new Panel(
                "Where customers were at the cut, and where at the horizon's end",
                "Bands are as wide as there are customers; their colour is that of the stage at the cut. The numbers say how"
                        + " many of them ordered in between: of DECLINE and DEPARTED, who came back.",
                new FlowPanel(flows).draw(),
                table(flows));
    }

    private Markup draw() {
        Map<Stage, Double> left = tops(StageFlow::from);
        Map<Stage, Double> right = tops(StageFlow::to);
        Markup svg = new Markup()
                .open(
                        "svg",
                        "viewBox",
                        "0 0 " + Numbers.pixels(WIDTH) + " " + Numbers.pixels(HEIGHT),
                        "role",
                        "img",
                        "aria-label",
                        "Flow between stages")
                .element("text", "at the cut", "class", "label end", "x", LEFT + BOX, "y", 16.0)
                .element("text", "at the horizon's end", "class", "label", "x", RIGHT - BOX, "y", 16.0);
        Map<Stage, Double> leaving = new EnumMap<>(left);
        Map<Stage, Double> coming = new EnumMap<>(right);
        for (StageFlow flow : flows) {
            double wide = flow.customers() * pixels;
            band(svg, flow, leaving.getOrDefault(flow.from(), 0.0), coming.getOrDefault(flow.to(), 0.0), wide);
            leaving.merge(flow.from(), wide, Double::sum);
            coming.merge(flow.to(), wide, Double::sum);
        }
        left.forEach((stage, top) -> box(svg, stage, LEFT, top, count(StageFlow::from, stage), true));
        right.forEach((stage, top) -> box(svg, stage, RIGHT - BOX, top, count(StageFlow::to, stage), false));
        return svg.close();
    }

    /** Where each stage's box begins. */
    private Map<Stage, Double> tops(Function<StageFlow, Stage> side) {
        Map<Stage, Double> tops = new EnumMap<>(Stage.class);
        double top = TOP;
        for (Stage stage : Stage.values()) {
            int customers = count(side, stage);
            if (customers > 0) {
                tops.put(stage, top);
                top += customers * pixels + GAP;
            }
        }
        return tops;
    }

    private int count(Function<StageFlow, Stage> side, Stage stage) {
        return flows.stream()
                .filter(flow -> side.apply(flow) == stage)
                .mapToInt(StageFlow::customers)
                .sum();
    }

    private static void band(Markup svg, StageFlow flow, double from, double to, double wide) {
        double start = LEFT + BOX;
        double end = RIGHT - BOX;
        double middle = (start + end) / 2;
        String path = "M" + pair(start, from) + curve(middle, from, to, end) + "L" + pair(end, to + wide)
                + curve(middle, to + wide, from + wide, start) + "Z";
        svg.open("path", "class", "band g" + flow.from().ordinal(), "d", path);
        svg.element(
                        "title",
                        flow.from() + " to " + flow.to() + ": " + Numbers.of(flow.customers()) + " customers, "
                                + Numbers.of(flow.ordered()) + " ordered")
                .close();
    }

    private static String curve(double middle, double from, double to, double end) {
        return "C" + pair(middle, from) + " " + pair(middle, to) + " " + pair(end, to);
    }

    private static String pair(double x, double y) {
        return Numbers.pixels(x) + " " + Numbers.pixels(y);
    }

    private void box(Markup svg, Stage stage, double at, double top, int customers, boolean before) {
        double high = Math.max(1, customers * pixels);
        svg.empty("rect", "class", "g" + stage.ordinal(), "x", at, "y", top, "width", BOX, "height", high);
        svg.element(
                "text",
                stage + " " + Numbers.of(customers),
                "class",
                before ? "mark end" : "mark",
                "x",
                before ? at - 6 : at + BOX + 6,
                "y",
                top + high / 2 + 4);
    }

    private static Table table(List<StageFlow> flows) {
        List<List<String>> rows = new ArrayList<>();
        for (StageFlow flow : flows) {
            rows.add(List.of(
                    flow.from() + " to " + flow.to(),
                    Numbers.of(flow.customers()),
                    Numbers.of(flow.ordered()),
                    Numbers.percent((double) flow.ordered() / flow.customers())));
        }
        return new Table(List.of("stages", "customers", "ordered", "share"), rows);
    }
}
