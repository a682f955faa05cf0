package io.ebbline.backtest.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values stand on a line of pixels, and which of them are marked.
 *
 * @param label what is measured, with its unit
 * @param from the value at {@code start}
 * @param to the value at {@code end}, greater
 * @param step between marks
 */
record Axis(String label, double from, double to, double step, double start, double end) {

    /** An axis from 0 or from the least value, whatever is less, to a round number at or above the greatest. */
    static Axis fitting(String label, double least, double greatest, double start, double end) {
        double from = Math.min(0, least);
        double to = greatest > from ? greatest : from + 1;
        double step = step((to - from) / 5);
        return new Axis(label, Math.floor(from / step) * step, Math.ceil(to / step - 1e-9) * step, step, start, end);
    }

    /** An axis of shares from 0 to 1. */
    static Axis share(String label, double start, double end) {
        return new Axis(label, 0, 1, .2, start, end);
    }

    /** 1, 2 or 5 times a power of ten, at least as great. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** The pixel of a value. */
    double at(double value) {
        return start + (value - from) / (to - from) * (end - start);
    }

    /** The values to mark. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        long count = Math.round((to - from) / step);
        for (int i = 0; i <= count; i++) {
            marks.add(from + i * step);
        }
        return marks;
    }

    /** A mark in words. */
    String text(double mark) {
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        return Numbers.of(mark == 0 ? 0 : mark, decimals);
    }
}
