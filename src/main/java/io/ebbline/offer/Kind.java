package io.ebbline.offer;

/** Why something is a candidate. The order is part of the state and record formats: add at the end. */
public enum Kind {
    /** Not owned, and likely given what is. */
    EXPLORE,
    /** Owned, used up, and due again. */
    REPLENISH,
    /** Goes with what has just been bought. */
    BUNDLE,
    /** Not owned, and popular: there is no better evidence. */
    POPULAR,
    /** For who slips. */
    RESCUE,
    /** For who has left. */
    WIN_BACK,
    /** An offer of the shop's own set. */
    CAMPAIGN
}
