package io.ebbline.backtest.report;

import java.util.Locale;

/** Numbers as the report writes them. */
final class Numbers {

    private Numbers() {}

    /** With so many decimals; a dash for what there is not. */
    static String of(double value, int decimals) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A number of things. */
    static String of(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** As a percentage. */
    static String percent(double share) {
        return of(100 * share, 1) + (Double.isNaN(share) ? "" : " %");
    }

    /** A coordinate, to a hundredth. */
    static String pixels(double value) {
        double rounded = Math.round(value * 100) / 100.0;
        return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
    }
}
