package io.ebbline.wire;

import io.ebbline.event.Event;
import io.ebbline.event.Request;
import io.ebbline.event.Touchpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of an input topic after decoding: an event, a rejection or a clock. It keeps the original bytes, so that whoever
 * refuses it later can still hand them over.
 *
 * @param key what it is partitioned by: the customer, or for what has none anything that spreads
 * @param time event time, milliseconds since the epoch; {@link #NO_TIME} for what must not move a watermark
 * @param body the event by {@code EventCodec}, in another currency than the shop's with its {@link Origin} behind it; null unless it is an event
 * @param rejection why it was refused; null when it was not
 * @param recordTime the Kafka record's time, milliseconds since the epoch
 */
public record Incoming(
        String key,
        long time,
        byte @Nullable [] body,
        @Nullable RejectReason rejection,
        Topic topic,
        int partition,
        long offset,
        long recordTime,
        byte @Nullable [] originalKey,
        byte @Nullable [] originalValue,
        List<Header> headers) {

    /** Below every watermark. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** Partition and offset of what is not known to have any. */
    private static final int UNKNOWN = -1;

    /** A record of an event of which no more is to be told than its topic and its time. */
    public static Incoming unnamed(Event event) {
        Topic topic = event instanceof Request
                ? Topic.CUSTOMER_REQUESTS
                : event instanceof Touchpoint ? Topic.TOUCHPOINTS : Topic.PURCHASES;
        long time = event.time();
        return new Incoming("", time, null, null, topic, UNKNOWN, UNKNOWN, time, null, null, List.of());
    }

    /** The same record without what it holds: no key, no value, no headers. */
    public Incoming withoutContent() {
        return new Incoming("", time, null, rejection, topic, partition, offset, recordTime, null, null, List.of());
    }

    /** Whether it only says how far a partition has come. */
    public boolean isClock() {
        return body == null && rejection == null;
    }
}
