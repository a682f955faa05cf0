package io.ebbline.wire;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
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
        String record = event instanceof Purchase ? "Purchase" : event instanceof Return ? "Return" : "Touchpoint";
        AvroEvents.write(Confluent.start(out, id(topic, record)), customer, event);
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
