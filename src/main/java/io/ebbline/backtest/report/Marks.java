package io.ebbline.backtest.report;

/** The shapes of marks, so that series differ in more than their colour: corners around (0, 0). */
final class Marks {

    private static final double[][][] SHAPES = {
        {{-4, -4}, {4, -4}, {4, 4}, {-4, 4}},
        {{0, -5.5}, {5, 4}, {-5, 4}},
        {{0, -6}, {6, 0}, {0, 6}, {-6, 0}},
        {{-7, -3}, {-3, -7}, {3, -7}, {7, -3}, {7, 3}, {3, 7}, {-3, 7}, {-7, 3}},
        {{0, 5.5}, {5, -4}, {-5, -4}}
    };

    private Marks() {}

    static double[][] shape(int series) {
        return SHAPES[series % SHAPES.length];
    }
}
