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

    /** An axis from 0, or a round number below it, to a round number at or above the greatest value. */
    static Axis fitting(String label, double least, double greatest, double start, double end) {
        return around(label, Math.min(0, least), greatest, start, end);
    }

    /** An axis between round numbers at or below the least value and at or above the greatest. */
    static Axis around(String label, double least, double greatest, double start, double end) {
        double to = greatest > least ? greatest : least + 1;
        double step = step((to - least) / 5);
        return new Axis(
                label, Math.floor(least / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step, step, start, end);
    }

    /** An axis that ends at the least and the greatest value, round or not. */
    static Axis between(String label, double least, double greatest, double start, double end) {
        double to = greatest > least ? greatest : least + 1;
        return new Axis(label, least, to, step((to - least) / 8), start, end);
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
        long first = Math.round(Math.ceil(from / step - 1e-9));
        long last = Math.round(Math.floor(to / step + 1e-9));
        for (long i = first; i <= last; i++) {
            marks.add(i * step);
        }
        return marks;
    }

    /** A mark in words. */
    String text(double mark) {
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        return Numbers.of(mark, decimals);
    }
}
