package io.ebbline.wire;

import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Request;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.Unmerge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Events as a plain Avro producer writes them: generic records, Avro's own writer. */
final class GenericEvents {

    private GenericEvents() {}

    /** Name of the record that carries an event. */
    static String record(Event event) {
        return event.getClass().getSimpleName();
    }

    /** The record of an event in any version of its schema: fields that the schema does not have are left out. */
    static GenericRecord of(Schema schema, @Nullable String customer, Event event) {
        Map<String, Object> values = new HashMap<>();
        boolean request = event instanceof Request;
        boolean ofTwo = request && !(event instanceof Erasure);
        values.put(request ? "requestId" : "eventId", event.id());
        values.put(ofTwo ? "from" : "customerId", customer);
        values.put("time", event.time());
        if (event instanceof Purchase purchase) {
            values.put("orderId", purchase.orderId());
            values.put("currency", purchase.currency());
            values.put("channel", purchase.channel());
            values.put("discount", decimal(purchase.discount()));
            values.put("lines", lines(schema, purchase.lines()));
        } else if (event instanceof Return goods) {
            values.put("orderId", goods.orderId());
            values.put("whole", goods.whole());
            values.put("currency", goods.currency());
            values.put("lines", lines(schema, goods.lines()));
        } else if (event instanceof Touchpoint touchpoint) {
            values.put(
                    "type",
                    new GenericData.EnumSymbol(
                            schema.getField("type").schema(), touchpoint.type().name()));
            values.put("channel", touchpoint.channel());
            values.put("sku", touchpoint.sku());
            values.put("category", touchpoint.category());
            values.put("campaign", touchpoint.campaign());
            values.put("offerId", touchpoint.offerId());
            values.put("value", touchpoint.value());
        } else if (event instanceof Merge merge) {
            values.put("into", merge.into());
        } else if (event instanceof Unmerge unmerge) {
            values.put("into", unmerge.into());
        }
        return filled(schema, values);
    }

    /** A record of these values; a field of none of them gets its default. */
    static GenericRecord filled(Schema schema, Map<String, Object> values) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(
                    field.pos(),
                    values.containsKey(field.name())
                            ? values.get(field.name())
                            : GenericData.get().getDefaultValue(field));
        }
        return record;
    }

    private static List<GenericRecord> lines(Schema schema, List<Line> lines) {
        if (schema.getField("lines") == null) {
            return List.of();
        }
        Schema line = schema.getField("lines").schema().getElementType();
        return lines.stream()
                .map(l -> {
                    Map<String, Object> values = new HashMap<>();
                    values.put("sku", l.sku());
                    values.put("category", l.category());
                    values.put("quantity", decimal(l.quantity()));
                    values.put("unitPrice", decimal(l.unitPrice()));
                    values.put("unitCost", decimal(l.unitCost()));
                    return filled(line, values);
                })
                .toList();
    }

    private static @Nullable ByteBuffer decimal(@Nullable Long tenThousandths) {
        return tenThousandths == null
                ? null
                : ByteBuffer.wrap(BigInteger.valueOf(tenThousandths).toByteArray());
    }

    /** Avro's bytes of a record. */
    static byte[] bytes(GenericRecord record) {
        return bytes(record, false);
    }

    /** Avro's bytes of a record; {@code blocked}: arrays in blocks that say their size. */
    static byte[] bytes(GenericRecord record, boolean blocked) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
            BinaryEncoder encoder =
                    blocked ? factory.blockingBinaryEncoder(out, null) : factory.binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The record that Avro's own reader reads; every byte must be used. */
    static GenericRecord read(Schema schema, byte[] bytes, int from) {
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("Bytes follow the record.");
            }
            return record;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A value in Confluent's wire format: zero, schema id, Avro. */
    static byte[] framed(int schemaId, byte[] avro) {
        return ByteBuffer.allocate(5 + avro.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(avro)
                .array();
    }
}
