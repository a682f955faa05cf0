package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.testing.Release;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shops, jobs and consumers are not updated at one instant: each reads what the other writes, whichever is older. */
class ReleasedSchemasTest {

    static List<Release> releases() {
        return Release.all();
    }

    @Test
    void thereIsARelease() {
        assertThat(releases()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void eachReadsTheOther(Release release) {
        assertThat(release.schemas()).isNotEmpty();
        release.schemas().forEach((record, before) -> {
            Schema now = Schemas.of(record);
            assertThat(SchemaCompatibility.checkReaderWriterCompatibility(now, before)
                            .getType())
                    .as("this release reads %s of %s", record, release)
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            assertThat(SchemaCompatibility.checkReaderWriterCompatibility(before, now)
                            .getType())
                    .as("%s reads %s of this release", release, record)
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        });
    }

    @ParameterizedTest
    @MethodSource("releases")
    void whatAReleaseWroteIsReadAndReadBack(Release release) throws IOException {
        assertThat(release.records()).isNotEmpty();
        for (var stored : release.records().entrySet()) {
            Schema before = release.schemas().get(stored.getKey());
            Schema now = Schemas.of(stored.getKey());
            GenericRecord written = read(before, before, stored.getValue());
            GenericRecord here = read(before, now, stored.getValue());
            assertThat(read(now, before, write(now, here))).as(stored.getKey()).isEqualTo(written);
        }
    }

    private static GenericRecord read(Schema writer, Schema reader, byte[] body) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(body, null));
    }

    private static byte[] write(Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
