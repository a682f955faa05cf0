package io.ebbline.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * How values of one schema id are read. A value written with this release's schema is read as it is; one of another version
 * is first rewritten by Avro's schema resolution, so that there is one reader of each record.
 */
final class WriterSchema {

    private final String record;
    private final @Nullable RejectReason refusal;
    private final @Nullable GenericDatumReader<GenericRecord> reader;
    private final @Nullable GenericDatumWriter<GenericRecord> rewriter;
    private @Nullable BinaryDecoder decoder;
    private @Nullable BinaryEncoder encoder;

    private WriterSchema(String record, @Nullable RejectReason refusal, @Nullable Schema writer) {
        this.record = record;
        this.refusal = refusal;
        if (writer == null || refusal != null) {
            this.reader = null;
            this.rewriter = null;
        } else {
            Schema ours = Schemas.of(record);
            // Of its own, so that what Avro works out for a foreign schema goes with it.
            this.reader = new GenericDatumReader<>(writer, ours, new GenericData());
            this.rewriter = new GenericDatumWriter<>(ours);
        }
    }

    /** How values of that schema are read on that topic. */
    static WriterSchema of(Topic topic, String schema) {
        Schema writer;
        try {
            writer = new Schema.Parser().parse(schema);
        } catch (AvroRuntimeException e) {
            return new WriterSchema("", RejectReason.INCOMPATIBLE_SCHEMA, null);
        }
        if (writer.getType() != Schema.Type.RECORD || !topic.records().contains(writer.getName())) {
            return new WriterSchema("", RejectReason.WRONG_TYPE, null);
        }
        Schema ours = Schemas.of(writer.getName());
        if (ours.equals(writer)) {
            return new WriterSchema(writer.getName(), null, null);
        }
        boolean readable =
                SchemaCompatibility.checkReaderWriterCompatibility(ours, writer).getType()
                                == SchemaCompatibilityType.COMPATIBLE
                        && sameMeaning(ours, writer);
        return new WriterSchema(writer.getName(), readable ? null : RejectReason.INCOMPATIBLE_SCHEMA, writer);
    }

    /** Name of the record; empty when it was refused before that. */
    String record() {
        return record;
    }

    /** Why its values are refused; null when they are not. */
    @Nullable
    RejectReason refusal() {
        return refusal;
    }

    /**
     * The Avro of a framed value in this release's schema.
     *
     * @throws IOException when the bytes do not match their schema
     */
    byte[] rewritten(byte[] value) throws IOException {
        if (reader == null || rewriter == null) {
            return value;
        }
        try {
            decoder = DecoderFactory.get()
                    .binaryDecoder(value, Confluent.PREFIX, value.length - Confluent.PREFIX, decoder);
            GenericRecord read = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IOException("Bytes follow the record.");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(value.length + 32);
            out.write(value, 0, Confluent.PREFIX);
            encoder = EncoderFactory.get().binaryEncoder(out, encoder);
            rewriter.write(read, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // Avro believes the lengths that the bytes claim: a broken value may ask for any amount of memory.
            throw new IOException("The value does not match its schema: " + e.getMessage(), e);
        }
    }

    /**
     * Schema resolution compares bytes, not what they mean: a decimal of another scale, or a time in microseconds, would be
     * read as another number.
     */
    private static boolean sameMeaning(Schema ours, Schema writer) {
        if (ours.getType() == Schema.Type.UNION || writer.getType() == Schema.Type.UNION) {
            List<Schema> mine = alternatives(ours);
            List<Schema> theirs = alternatives(writer);
            return theirs.stream()
                    .allMatch(t -> t.getType() == Schema.Type.NULL
                            || mine.stream().anyMatch(m -> m.getType() == t.getType() && sameMeaning(m, t)));
        }
        if (ours.getType() != writer.getType()) {
            return ours.getLogicalType() == null && writer.getLogicalType() == null;
        }
        return switch (ours.getType()) {
            case RECORD ->
                ours.getFields().stream()
                        .allMatch(f -> writer.getField(f.name()) == null
                                || sameMeaning(
                                        f.schema(), writer.getField(f.name()).schema()));
            case ARRAY -> sameMeaning(ours.getElementType(), writer.getElementType());
            default -> sameLogicalType(ours.getLogicalType(), writer.getLogicalType());
        };
    }

    private static List<Schema> alternatives(Schema schema) {
        return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
    }

    private static boolean sameLogicalType(@Nullable LogicalType ours, @Nullable LogicalType writer) {
        if (ours instanceof LogicalTypes.Decimal a && writer instanceof LogicalTypes.Decimal b) {
            return a.getScale() == b.getScale();
        }
        String mine = ours == null ? null : ours.getName();
        String theirs = writer == null ? null : writer.getName();
        // A plain long or bytes of a producer without logical types is taken at our word.
        return theirs == null || Objects.equals(mine, theirs);
    }
}
