package io.ebbline.wire;

/** Kafka headers of output records. A contract with consumers. */
public final class HeaderNames {

    /** The run that wrote the record. */
    public static final String RUN_ID = "ebbline.run-id";

    /** Whether the run repeats history: true or false. */
    public static final String REPLAY = "ebbline.replay";

    /** The topic that a refused record came from, or that one that is held back was for. */
    public static final String TOPIC = "ebbline.topic";

    /** A refused record's partition. */
    public static final String PARTITION = "ebbline.partition";

    /** A refused record's offset. */
    public static final String OFFSET = "ebbline.offset";

    /** A refused record's Kafka time, milliseconds since the epoch. */
    public static final String RECORD_TIME = "ebbline.record-time";

    /** The step that refused it: decode, apply or model. */
    public static final String STAGE = "ebbline.stage";

    /** Why: a code of {@link RejectReason}, or invalid-model. */
    public static final String REASON = "ebbline.reason";

    /** The reason in words; for a late event whether its money was booked all the same. */
    public static final String ERROR = "ebbline.error";

    private HeaderNames() {}
}
