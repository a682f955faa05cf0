package io.ebbline.churn;

/** What a churn signal says. */
public enum SignalKind {
    /** First sign: an episode begins. One an episode. */
    DECLINE,
    /** The risk rose, or another reason came to it. */
    ESCALATION,
    /** An order in decline. At most one an episode. */
    WAKE_UP,
    /** The customer has left decline, some time after the order. */
    RECOVERY,
    /** The customer has departed. */
    DEPARTURE,
    /** An order after departure. */
    WIN_BACK,
    /** Every order came back: nothing is left to lose. */
    ENDED
}
