package io.ebbline.connector;

import io.ebbline.event.Event;
import io.ebbline.wire.EventEncoder;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import org.jspecify.annotations.Nullable;

/** A feed's records in Avro, as any producer of the shop would write them. */
public final class AvroRecordEncoder implements RecordEncoder {

    private final EventEncoder encoder;

    /** Registers the schemas that it comes to use. */
    public AvroRecordEncoder(SchemaRegistry registry) {
        this.encoder = new EventEncoder(registry);
    }

    @Override
    public byte[] event(Topic topic, @Nullable String customer, Event event) {
        return encoder.event(topic, customer, event);
    }

    @Override
    public byte[] clock(Topic topic, long time) {
        return encoder.clock(topic, time);
    }
}
