package io.ebbline.population;

import io.ebbline.profile.Stage;

/** What the business does with the customers of a stage. The order of the constants is part of the wire format: add at the end. */
public enum StageTask {
    /** PROSPECT: advertising, channel, experience. */
    ACTIVATE,
    /** GROWTH: second purchase, onboarding, product information. */
    SECOND_ORDER,
    /** MATURE: raise basket value and frequency, cross-sell. */
    DEVELOP,
    /** DECLINE: wake the sleeping customer at the first sign. */
    WAKE,
    /** DEPARTED: win back. */
    WIN_BACK;

    /**
     * The task of a stage.
     *
     * @throws IllegalArgumentException for UNKNOWN, in which nobody is counted
     */
    public static StageTask of(Stage stage) {
        return switch (stage) {
            case PROSPECT -> ACTIVATE;
            case GROWTH -> SECOND_ORDER;
            case MATURE -> DEVELOP;
            case DECLINE -> WAKE;
            case DEPARTED -> WIN_BACK;
            case UNKNOWN -> throw new IllegalArgumentException("Nobody is counted as UNKNOWN.");
        };
    }
}
