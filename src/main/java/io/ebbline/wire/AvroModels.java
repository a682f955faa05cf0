package io.ebbline.wire;

import io.ebbline.model.BuyingLayer;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import io.ebbline.model.DecayRules;
import io.ebbline.model.DecayedBuying;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Provenance;
import io.ebbline.model.RankingModel;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.SegmentGrid;
import io.ebbline.model.StageRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import org.apache.avro.io.JsonEncoder;

/** Models on the control topic. */
public final class AvroModels {

    private static final String SCORING_MODEL = "ScoringModel";
    private static final String CUT_POINTS = "CutPoints";

    /** A record of the control topic that is no model; the message says why. */
    public static final class InvalidModelException extends Exception {
        InvalidModelException(String message, Throwable cause) {
            super(message, cause);
        }

        /** What is wrong with it, and what to do. */
        public InvalidModelException(String message) {
            super(message);
        }
    }

    private AvroModels() {}

    /** The value of a version; registers its schema if need be. */
    public static byte[] write(SchemaRegistry registry, ModelVersion version) {
        return write(registry, version, true);
    }

    /** The value of a version. */
    static byte[] write(SchemaRegistry registry, ModelVersion version, boolean autoRegister) {
        GenericRecord record = record(version);
        int id = Schemas.id(registry, Topic.SCORING_MODELS, record.getSchema().getName(), autoRegister);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(new byte[] {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id});
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A model as a file: Avro's JSON of it, laid out to be read. */
    public static String toJson(ScoringModel model) {
        GenericRecord record = record(model);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out, true);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toString(StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The model of a file.
     *
     * @throws InvalidModelException when it is none, or its numbers are out of range
     */
    public static ScoringModel fromJson(String text) throws InvalidModelException {
        Schema schema = Schemas.of(SCORING_MODEL);
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().jsonDecoder(schema, text));
            return scoringModel(record);
        } catch (IOException | RuntimeException e) {
            throw new InvalidModelException(reason(e, "It does not match the schema of a ScoringModel."), e);
        }
    }

    /**
     * The version that a value holds.
     *
     * @throws InvalidModelException when it holds none, or its numbers are out of range
     * @throws RegistryException when the registry does not answer
     */
    public static ModelVersion read(SchemaRegistry registry, byte[] value) throws InvalidModelException {
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
            GenericRecord record =
                    new GenericDatumReader<GenericRecord>(Schemas.of(writer.record())).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new InvalidModelException("Bytes follow the record.");
            }
            return switch (writer.record()) {
                case SCORING_MODEL -> scoringModel(record);
                case CUT_POINTS -> cutPoints(record);
                default -> AvroOffers.read(record);
            };
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // Avro believes the lengths that the bytes claim: a broken value may ask for any amount of memory.
            throw new InvalidModelException(reason(e, "The value does not match its schema."), e);
        }
    }

    private static String reason(Throwable e, String otherwise) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? otherwise : message;
    }

    // ---- field by field

    private static GenericRecord record(ModelVersion version) {
        if (version instanceof ScoringModel model) {
            return record(model);
        }
        return version instanceof CutPoints cuts ? record(cuts) : AvroOffers.write(version);
    }

    private static GenericRecord record(ScoringModel model) {
        GenericRecord record = new GenericData.Record(Schemas.of(SCORING_MODEL));
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
        record.put("buying", write(record.getSchema().getField("buying").schema(), model.buying()));
        record.put(
                "churn", AvroRecords.write(record.getSchema().getField("churn").schema(), model.churn()));
        record.put(
                "decay", AvroRecords.write(record.getSchema().getField("decay").schema(), model.decay()));
        record.put(
                "value", AvroValues.write(record.getSchema().getField("value").schema(), model.value()));
        record.put(
                "matrix",
                AvroRecords.write(record.getSchema().getField("matrix").schema(), model.matrix()));
        record.put(
                "ranking",
                AvroRecords.write(record.getSchema().getField("ranking").schema(), model.ranking()));
        record.put("lookBackMillis", model.lookBackMillis());
        record.put("note", model.note());
        record.put(
                "provenance",
                AvroRecords.writeNullable(
                        record.getSchema().getField("provenance").schema(), model.provenance()));
        return record;
    }

    private static ScoringModel scoringModel(GenericRecord record) throws InvalidModelException {
        return new ScoringModel(
                record.get("modelId").toString(),
                (Integer) record.get("version"),
                (Long) record.get("effectiveFrom"),
                (Boolean) record.get("backdated"),
                cuts(record, "recencyCutsMillis"),
                cuts(record, "frequencyCuts"),
                cuts(record, "monetaryCutsMinor"),
                new SegmentGrid(
                        list(record, "segments").stream().map(Object::toString).toList()),
                new StageRules((Integer) record.get("matureOrders"), (Long) record.get("hiatusMillis")),
                buying((GenericRecord) record.get("buying")),
                AvroRecords.read(ChurnRules.class, (GenericRecord) record.get("churn")),
                AvroRecords.read(DecayRules.class, (GenericRecord) record.get("decay")),
                AvroValues.read((GenericRecord) record.get("value")),
                AvroRecords.read(MatrixRules.class, (GenericRecord) record.get("matrix")),
                AvroRecords.read(RankingModel.class, (GenericRecord) record.get("ranking")),
                (Long) record.get("lookBackMillis"),
                record.get("note").toString(),
                AvroRecords.readNullable(Provenance.class, (GenericRecord) record.get("provenance")));
    }

    private static GenericRecord record(CutPoints cuts) {
        GenericRecord record = new GenericData.Record(Schemas.of(CUT_POINTS));
        record.put("modelId", cuts.modelId());
        record.put("version", cuts.version());
        record.put("effectiveFrom", cuts.effectiveFrom());
        record.put("recencyCutsMillis", cuts.recency().toList());
        record.put("frequencyCuts", cuts.frequency().toList());
        record.put("monetaryCutsMinor", cuts.monetary().toList());
        record.put("customers", cuts.customers());
        record.put("note", cuts.note());
        return record;
    }

    private static CutPoints cutPoints(GenericRecord record) {
        return new CutPoints(
                record.get("modelId").toString(),
                (Integer) record.get("version"),
                (Long) record.get("effectiveFrom"),
                cuts(record, "recencyCutsMillis"),
                cuts(record, "frequencyCuts"),
                cuts(record, "monetaryCutsMinor"),
                (Long) record.get("customers"),
                record.get("note").toString());
    }

    private static Cuts cuts(GenericRecord record, String field) {
        return Cuts.of(list(record, field).stream().map(Long.class::cast).toList());
    }

    private static List<?> list(GenericRecord record, String field) {
        return (List<?>) record.get(field);
    }

    // ---- the parts of a model

    private static GenericRecord write(Schema schema, BuyingModel model) {
        GenericRecord record = new GenericData.Record(schema);
        RepeatBuying repeat = model.repeat();
        record.put("horizonMillis", model.horizonMillis());
        record.put(
                "family",
                new GenericData.EnumSymbol(
                        schema.getField("family").schema(), repeat.family().name()));
        record.put("k", repeat.k());
        record.put("r", repeat.r());
        record.put("alphaDays", repeat.alphaDays());
        record.put("a", repeat.a());
        record.put("b", repeat.b());
        record.put("decayedR", model.decayed().r());
        record.put("decayedAlphaDays", model.decayed().alphaDays());
        record.put("decayedLambdaPerDay", model.decayed().lambdaPerDay());
        record.put("layer", AvroRecords.writeNullable(schema.getField("layer").schema(), model.layer()));
        return record;
    }

    private static BuyingModel buying(GenericRecord record) throws InvalidModelException {
        String family = record.get("family").toString();
        if ("UNKNOWN".equals(family)) {
            throw new InvalidModelException("buying.family is not known: it is one of BG and MBG.");
        }
        return new BuyingModel(
                new RepeatBuying(
                        RepeatBuying.Family.valueOf(family),
                        (Integer) record.get("k"),
                        (Double) record.get("r"),
                        (Double) record.get("alphaDays"),
                        (Double) record.get("a"),
                        (Double) record.get("b")),
                new DecayedBuying((Double) record.get("decayedR"), (Double) record.get("decayedAlphaDays"), (Double)
                        record.get("decayedLambdaPerDay")),
                (Long) record.get("horizonMillis"),
                AvroRecords.readNullable(BuyingLayer.class, (GenericRecord) record.get("layer")));
    }
}
