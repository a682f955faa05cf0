package io.ebbline.connector.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records of a topic in Avro, field by field: what any Avro reader finds in an archive's files. */
final class RecordFormat {

    /** What a file's records are. The value is as it is on the topic, with the id of its own schema. */
    static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "ArchivedRecord", "namespace": "io.ebbline", "fields": [
              {"name": "offset", "type": "long"},
              {"name": "timestamp", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "key", "type": ["null", "bytes"]},
              {"name": "value", "type": ["null", "bytes"]},
              {"name": "headers", "type": {"type": "array", "items":
                {"type": "record", "name": "ArchivedHeader", "fields": [
                  {"name": "name", "type": "string"},
                  {"name": "value", "type": ["null", "bytes"]}]}}}]}
            """);

    private RecordFormat() {}

    /** Writes records. */
    static final class Writer implements DatumWriter<ConsumerRecord<byte[], byte[]>> {
        @Override
        public void setSchema(Schema schema) {
            require(schema);
        }

        @Override
        public void write(ConsumerRecord<byte[], byte[]> record, Encoder out) throws IOException {
            out.writeLong(record.offset());
            out.writeLong(record.timestamp());
            write(record.key(), out);
            write(record.value(), out);
            Header[] headers = record.headers().toArray();
            out.writeArrayStart();
            out.setItemCount(headers.length);
            for (Header header : headers) {
                out.startItem();
                out.writeString(header.key());
                write(header.value(), out);
            }
            out.writeArrayEnd();
        }

        private static void write(byte @Nullable [] bytes, Encoder out) throws IOException {
            if (bytes == null) {
                out.writeIndex(0);
                out.writeNull();
            } else {
                out.writeIndex(1);
                out.writeBytes(bytes);
            }
        }
    }

    /** Reads records of a partition, their offsets shifted. */
    static final class Reader implements DatumReader<ConsumerRecord<byte[], byte[]>> {
        private final TopicPartition partition;
        private final long shift;

        Reader(TopicPartition partition, long shift) {
            this.partition = partition;
            this.shift = shift;
        }

        @Override
        public void setSchema(Schema schema) {
            require(schema);
        }

        @Override
        public ConsumerRecord<byte[], byte[]> read(@Nullable ConsumerRecord<byte[], byte[]> unused, Decoder in)
                throws IOException {
            long offset = in.readLong() + shift;
            long timestamp = in.readLong();
            byte[] key = read(in);
            byte[] value = read(in);
            Headers headers = new RecordHeaders();
            for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
                for (long i = 0; i < items; i++) {
                    headers.add(in.readString(), read(in));
                }
            }
            return new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    timestamp,
                    TimestampType.CREATE_TIME,
                    key == null ? ConsumerRecord.NULL_SIZE : key.length,
                    value == null ? ConsumerRecord.NULL_SIZE : value.length,
                    key,
                    value,
                    headers,
                    Optional.empty());
        }

        private static byte @Nullable [] read(Decoder in) throws IOException {
            if (in.readIndex() == 0) {
                in.readNull();
                return null;
            }
            ByteBuffer buffer = in.readBytes(null);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }

    private static void require(Schema schema) {
        if (!schema.equals(SCHEMA)) {
            throw new ArchiveException(
                    "it holds " + schema.getFullName() + " of another shape: it is no file of an archive", null);
        }
    }
}
