package io.ebbline.offer;

/** What is left of a count after some ticks. The same bits on every machine, however the ticks are taken in steps of news. */
final class Decay {

    static final Decay LATER = new Decay(AffinityRules.HALF_LIFE);
    static final Decay FAST = new Decay(AffinityRules.FAST_HALF_LIFE);
    static final Decay TOGETHER = new Decay(AffinityRules.TOGETHER_HALF_LIFE);
    static final Decay SEQUENCE = new Decay(AffinityRules.SEQUENCE_HALF_LIFE);
    static final Decay SEQUENCE_SQUARES = new Decay(AffinityRules.SEQUENCE_HALF_LIFE / 2);
    static final Decay PACE = new Decay(AffinityRules.PACE_HALF_LIFE);
    static final Decay PACE_OF_LATE = new Decay(AffinityRules.PACE_OF_LATE_HALF_LIFE);
    static final Decay FEEDBACK = new Decay(AffinityRules.FEEDBACK_HALF_LIFE);

    private static final int TABLE = 1_024;

    private final int halfLife;
    private final double[] left = new double[TABLE];

    private Decay(int halfLife) {
        this.halfLife = halfLife;
        for (int ticks = 0; ticks < TABLE; ticks++) {
            left[ticks] = power(ticks);
        }
    }

    /** The factor from one tick to a later one; 1 when it is not later. */
    double between(int from, int to) {
        int ticks = to - from;
        return ticks <= 0 ? 1 : ticks < TABLE ? left[ticks] : power(ticks);
    }

    private double power(int ticks) {
        return StrictMath.pow(.5, ticks / (double) halfLife);
    }
}
