package io.ebbline.profile;

/** Lifecycle stages. The order of the constants is part of the state format: add at the end. */
public enum Stage {
    /** Not known yet. */
    UNKNOWN,
    /** Known by touchpoints, or every order came back. */
    PROSPECT,
    /** Has a kept order. */
    GROWTH,
    /** Has a settled rhythm of repeat orders. */
    MATURE,
    /** Buys or engages markedly less than before. */
    DECLINE,
    /** Has neither bought nor visited for the hiatus. */
    DEPARTED
}
