package io.ebbline.cli.view;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads values in Confluent's wire format with the schema that wrote them, as any consumer would. For one thread. */
public final class Answers {
    private static final int PREFIX = 5;

    private final IntFunction<Optional<String>> schemas;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private final GenericData decimals = new GenericData();
    private @Nullable BinaryDecoder decoder;

    /** @param schemas the text of a schema by its id; empty when it is not known */
    public Answers(IntFunction<Optional<String>> schemas) {
        this.schemas = schemas;
        decimals.addLogicalTypeConversion(new Conversions.DecimalConversion());
    }

    /**
     * The record of a value.
     *
     * @throws IOException when the value is not in the wire format, its schema is not known or does not match
     */
    public GenericRecord read(byte[] value) throws IOException {
        if (value.length < PREFIX || value[0] != 0) {
            throw new IOException("A value of " + value.length + " bytes is not in Confluent's wire format.");
        }
        GenericDatumReader<GenericRecord> reader = reader(ByteBuffer.wrap(value).getInt(1));
        decoder = DecoderFactory.get().binaryDecoder(value, PREFIX, value.length - PREFIX, decoder);
        return reader.read(null, decoder);
    }

    /**
     * The instant that an answer on a customer is as of, milliseconds since the epoch.
     *
     * @throws IOException as {@link #read} does
     */
    public long asOf(byte[] answer) throws IOException {
        return (Long) read(answer).get("asOf");
    }

    /**
     * The record of a value as JSON.
     *
     * @throws IOException as {@link #read} does
     */
    public String json(byte[] value) throws IOException {
        return read(value).toString();
    }

    private GenericDatumReader<GenericRecord> reader(int id) throws IOException {
        GenericDatumReader<GenericRecord> known = readers.get(id);
        if (known != null) {
            return known;
        }
        String schema =
                schemas.apply(id).orElseThrow(() -> new IOException("The registry knows no schema " + id + "."));
        Schema parsed = new Schema.Parser().parse(schema);
        GenericDatumReader<GenericRecord> made = new GenericDatumReader<>(parsed, parsed, decimals);
        readers.put(id, made);
        return made;
    }
}
