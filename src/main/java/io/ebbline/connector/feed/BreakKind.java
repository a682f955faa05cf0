package io.ebbline.connector.feed;

/** What became of a simulated customer's rhythm. */
public enum BreakKind {
    /** It held for as long as the shop was open, or there was none. */
    NONE,
    /** Gaps are three to five times as long from one instant on. */
    SLOWED,
    /** No orders from one instant on. */
    STOPPED
}
