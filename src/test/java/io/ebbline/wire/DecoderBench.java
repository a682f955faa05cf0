package io.ebbline.wire;

import io.ebbline.event.Event;
import io.ebbline.testing.InMemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A decoder with its registry, fed one record at a time. Records are of the year 2030, tolerance a day. */
final class DecoderBench {

    static final long RECORD_TIME = 1_893_456_000_000L;
    static final long DAY = 86_400_000;

    final InMemoryRegistry registry = new InMemoryRegistry();
    final EventEncoder producer = new EventEncoder(registry);
    long nanos;
    final EventDecoder decoder = new EventDecoder(registry, "GBP", DAY, () -> nanos);

    private long offset;

    /** Decodes a value under the key of a customer. */
    Incoming decode(Topic topic, @Nullable String key, byte @Nullable [] value) {
        return decoder.decode(
                topic,
                2,
                offset++,
                RECORD_TIME,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value,
                List.of());
    }

    /** Decodes an event as this release's producer writes it. */
    Incoming decode(Topic topic, String customer, Event event) {
        return decode(topic, customer, producer.event(topic, customer, event));
    }

    /** Decodes an event as a plain Avro producer with that schema writes it. */
    Incoming decode(Topic topic, String customer, Event event, Schema schema) {
        int id = registry.register(topic.subject(schema.getName()), schema.toString());
        byte[] avro = GenericEvents.bytes(GenericEvents.of(schema, customer, event));
        return decode(topic, customer, GenericEvents.framed(id, avro));
    }
}
