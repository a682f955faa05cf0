package io.ebbline.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record for an output topic, encoded.
 *
 * @param time the Kafka record's time, milliseconds since the epoch; {@link #NOW} to leave it to the producer
 */
public record Outgoing(Topic topic, byte @Nullable [] key, byte @Nullable [] value, long time, List<Header> headers) {

    /** The producer's clock. */
    public static final long NOW = -1;
}
