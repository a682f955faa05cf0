package io.ebbline.wire;

import io.ebbline.model.Cuts;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.SegmentGrid;
import io.ebbline.model.StageRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Models on the control topic. */
public final class AvroModels {

    private static final String RECORD = "ScoringModel";

    /** A record of the control topic that is no model; the message says why. */
    public static final class InvalidModelException extends Exception {
        InvalidModelException(String message, Throwable cause) {
            super(message, cause);
        }

        InvalidModelException(String message) {
            super(message);
        }
    }

    private AvroModels() {}

    /** The value of a model; registers the schema if need be. */
    public static byte[] write(SchemaRegistry registry, ScoringModel model) {
        Schema schema = Schemas.of(RECORD);
        GenericRecord record = new GenericData.Record(schema);
        record.put("modelId", model.modelId());
        record.put("version", model.version());
        record.put("effectiveFrom", model.effectiveFrom());
        record.put("backdated", model.backdated());
        record.put("recencyCutsMillis", model.recency().toList());
        record.put("frequencyCuts", model.frequency().toList());
        record.put("monetaryCutsMinor", model.monetary().toList());
        record.put("segments", model.segments().names());
        record.put("matureOrders", model.stages().matureOrders());
        record.put("hiatusMillis", model.stages().hiatusMillis());
        record.put("note", model.note());
        int id = Schemas.id(registry, Topic.SCORING_MODELS, RECORD, true);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(new byte[] {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id});
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The model of a value.
     *
     * @throws InvalidModelException when it is none, or its numbers are out of range
     * @throws RegistryException when the registry does not answer
     */
    public static ScoringModel read(SchemaRegistry registry, byte[] value) throws InvalidModelException {
        if (!Confluent.isFramed(value)) {
            throw new InvalidModelException("The value is not in Confluent's wire format.");
        }
        String text = registry.schema(Confluent.schemaId(value))
                .orElseThrow(() -> new InvalidModelException("The registry does not know the schema id."));
        WriterSchema writer = WriterSchema.of(Topic.SCORING_MODELS, text);
        RejectReason refusal = writer.refusal();
        if (refusal != null) {
            throw new InvalidModelException(refusal.advice());
        }
        try {
            byte[] avro = writer.rewritten(value);
            BinaryDecoder decoder =
                    DecoderFactory.get().binaryDecoder(avro, Confluent.PREFIX, avro.length - Confluent.PREFIX, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(Schemas.of(RECORD)).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new InvalidModelException("Bytes follow the record.");
            }
            return new ScoringModel(
                    record.get("modelId").toString(),
                    (Integer) record.get("version"),
                    (Long) record.get("effectiveFrom"),
                    (Boolean) record.get("backdated"),
                    cuts(record, "recencyCutsMillis"),
                    cuts(record, "frequencyCuts"),
                    cuts(record, "monetaryCutsMinor"),
                    new SegmentGrid(list(record, "segments").stream()
                            .map(Object::toString)
                            .toList()),
                    new StageRules((Integer) record.get("matureOrders"), (Long) record.get("hiatusMillis")),
                    record.get("note").toString());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // Avro believes the lengths that the bytes claim: a broken value may ask for any amount of memory.
            String message = e.getMessage();
            throw new InvalidModelException(
                    message == null || message.isBlank() ? "The value does not match its schema." : message, e);
        }
    }

    private static Cuts cuts(GenericRecord record, String field) {
        return Cuts.of(list(record, field).stream().map(Long.class::cast).toList());
    }

    private static List<?> list(GenericRecord record, String field) {
        return (List<?>) record.get(field);
    }
}
