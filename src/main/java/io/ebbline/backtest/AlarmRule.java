package io.ebbline.backtest;

import io.ebbline.model.BuyingModel;

/** A rule that raises an alarm once a silence has lasted for some time. Every rule has one threshold. */
public enum AlarmRule {
    /** The silence itself, against so many days. */
    HIATUS(true, 3_650) {
        @Override
        long delay(Silence silence, BuyingModel model, double threshold) {
            return Math.round(threshold * DAY_MILLIS);
        }
    },
    /** The silence, against so many times the customer's own mean gap. */
    MEAN_GAP(true, 1_000) {
        @Override
        long delay(Silence silence, BuyingModel model, double threshold) {
            return silence.repeats() == 0 ? NEVER : Math.round(threshold * silence.span() / silence.repeats());
        }
    },
    /** The chance that the customer is still one. */
    P_ALIVE(false, Math.nextDown(1.0)) {
        @Override
        long delay(Silence silence, BuyingModel model, double threshold) {
            return model.aliveFallsBelow(threshold, silence.repeats(), silence.span(), 0);
        }
    },
    /** The chance of an order within the model's horizon. */
    P_BUY(false, Math.nextDown(1.0)) {
        @Override
        long delay(Silence silence, BuyingModel model, double threshold) {
            return model.fallsBelow(threshold, silence.evidence(), 0);
        }
    };

    /** No alarm, however long the silence. */
    public static final long NEVER = Long.MAX_VALUE;

    static final double DAY_MILLIS = 86_400_000;

    /** Whether a greater threshold means fewer alarms. */
    private final boolean patient;

    private final double most;

    AlarmRule(boolean patient, double most) {
        this.patient = patient;
        this.most = most;
    }

    /** Milliseconds from the start of a silence to its alarm, or {@link #NEVER}. */
    abstract long delay(Silence silence, BuyingModel model, double threshold);

    boolean patient() {
        return patient;
    }

    /** The greatest threshold that makes sense. */
    double most() {
        return most;
    }
}
