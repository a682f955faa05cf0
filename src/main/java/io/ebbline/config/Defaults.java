package io.ebbline.config;

/** Default values as options print them: the one place that both the options and {@link Settings#builder} read. */
public final class Defaults {
    public static final String BOOTSTRAP = "localhost:9092";
    public static final String REGISTRY = "http://localhost:8081";
    public static final String JOB_NAME = "ebbline";
    public static final String PARALLELISM = "2";
    public static final String DELIVERY = "EXACTLY_ONCE";
    public static final String LATENESS = "10s";
    public static final String FUTURE_TOLERANCE = "1d";
    public static final String QUIET_AFTER = "30s";
    public static final String QUIET_MODE = "LIVE";
    public static final String DEDUP_HORIZON = "30d";
    public static final String CORRECTION_HORIZON = "7d";
    public static final String MAX_REVIEW = "30d";
    public static final String OFFERS = "on";
    public static final String AFFINITY_LISTS = "BROADCAST";
    public static final String CURRENCY = "GBP";
    public static final String TIME_ZONE = "UTC";
    public static final String CACHE_CUSTOMERS = "0";
    public static final String TRANSACTION_TIMEOUT = "15min";
    public static final String CHECKPOINT_INTERVAL = "10s";

    /** Known to everybody: it keeps the erased out, but does not hide who they were from whoever has the state. */
    public static final String SUPPRESS_KEY = "ebbline";

    public static final String PARTITIONS = "4";
    public static final String CUTS_DEAD_BAND = "5";
    public static final String REPLAY_CHECKPOINT_INTERVAL = "1min";
    public static final String MAX_DRIFT = "30d";

    private Defaults() {}
}
