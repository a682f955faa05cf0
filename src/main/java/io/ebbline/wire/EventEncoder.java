package io.ebbline.wire;

import io.ebbline.event.Event;
import io.ebbline.state.PackedWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of input topics, as a producer writes them. Not safe for use by several threads. */
public final class EventEncoder {

    private final SchemaRegistry registry;
    private final Map<String, Integer> ids = new HashMap<>();
    private final PackedWriter out = new PackedWriter();

    /** Registers the schemas that it comes to use. */
    public EventEncoder(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** The value of an event. */
    public byte[] event(Topic topic, @Nullable String customer, Event event) {
        // A record of the domain has the name of the record on the wire.
        AvroEvents.write(Confluent.start(out, id(topic, event.getClass().getSimpleName())), customer, event);
        return out.toBytes();
    }

    /** The value of a clock record. */
    public byte[] clock(Topic topic, long time) {
        return Confluent.start(out, id(topic, "Clock")).writeSigned(time).toBytes();
    }

    private int id(Topic topic, String record) {
        return ids.computeIfAbsent(topic.subject(record), s -> Schemas.id(registry, topic, record, true));
    }
}
