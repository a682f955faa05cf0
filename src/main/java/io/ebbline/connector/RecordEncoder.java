package io.ebbline.connector;

import io.ebbline.event.Event;
import io.ebbline.wire.Topic;
import org.jspecify.annotations.Nullable;

/** Turns what a feed sends into Kafka record values. Not safe for use by several threads. */
public interface RecordEncoder {

    /** The value of an event. */
    byte[] event(Topic topic, @Nullable String customer, Event event);

    /** The value of a clock record: no event of the partition older than {@code time} less the lateness bound will follow. */
    byte[] clock(Topic topic, long time);

    /** The value of a record: its bytes as they are, or its event's. */
    default byte[] value(FeedRecord record) {
        byte[] raw = record.raw();
        if (raw != null) {
            return raw;
        }
        Event event = record.event();
        if (event == null) {
            throw new IllegalArgumentException("A record of the feed has neither an event nor bytes: " + record);
        }
        return event(record.topic(), record.customer(), event);
    }
}
