package io.ebbline.config;

/** How answers are committed. */
public enum Delivery {
    /** Score, signal and transition of one cause appear together, once, when a checkpoint completes. */
    EXACTLY_ONCE,
    /** Answers appear at once; after a failure some appear again (equal bytes, equal event ids). */
    AT_LEAST_ONCE
}
