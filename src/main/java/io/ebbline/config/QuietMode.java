package io.ebbline.config;

/** Who speaks for an input partition in which nothing happens. */
public enum QuietMode {
    /** After a while, the wall clock less the lateness bound. For live shops. */
    LIVE,
    /** Nobody but the clock records in the partition itself. For recorded histories: the wall clock says nothing of them. */
    CLOCKED
}
