package io.ebbline.connector.archive;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.avro.file.DataFileReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the archive of one partition from any offset on. */
public final class ArchiveCursor implements Iterator<ConsumerRecord<byte[], byte[]>>, Closeable {
    private final TopicPartition partition;
    private final Iterator<ArchiveFile> files;
    private final long from;
    private final long to;
    private final long shift;
    private long last = Long.MIN_VALUE;
    private @Nullable ArchiveFile file;
    private @Nullable DataFileReader<ConsumerRecord<byte[], byte[]>> reader;
    private @Nullable ConsumerRecord<byte[], byte[]> ahead;
    private boolean done;

    /**
     * A cursor.
     *
     * @param from the first offset that is wanted
     * @param to the offset after the last one
     * @param shift added to the offsets of the records, not to those above
     */
    public ArchiveCursor(TopicPartition partition, Stretch stretch, long from, long to, long shift) {
        this.partition = partition;
        this.files = stretch.files().stream()
                .filter(part -> !part.empty() && part.end() > from && part.first() < to)
                .iterator();
        this.from = from;
        this.to = to;
        this.shift = shift;
    }

    /**
     * Whether there is another record.
     *
     * @throws ArchiveException when a file is not whole, or its records are not in order
     */
    @Override
    public boolean hasNext() {
        while (ahead == null && !done) {
            ConsumerRecord<byte[], byte[]> record = read();
            if (record == null) {
                done = true;
            } else if (record.offset() - shift >= from) {
                done = record.offset() - shift >= to;
                ahead = done ? null : record;
            }
        }
        return ahead != null;
    }

    @Override
    public ConsumerRecord<byte[], byte[]> next() {
        ConsumerRecord<byte[], byte[]> record = hasNext() ? ahead : null;
        if (record == null) {
            throw new NoSuchElementException();
        }
        ahead = null;
        return record;
    }

    private @Nullable ConsumerRecord<byte[], byte[]> read() {
        while (true) {
            ArchiveFile of = file;
            try {
                DataFileReader<ConsumerRecord<byte[], byte[]>> in = reader;
                if (in != null && of != null && in.hasNext()) {
                    ConsumerRecord<byte[], byte[]> record = in.next();
                    requireOrder(record.offset() - shift, of);
                    return record;
                }
                requireEnd(of);
                close();
                if (!files.hasNext()) {
                    return null;
                }
                of = files.next();
                file = of;
                reader = new DataFileReader<>(new File(of.path()), new RecordFormat.Reader(partition, shift));
            } catch (IOException | RuntimeException e) {
                // Avro's reader of a damaged file fails in many ways.
                throw new ArchiveException(
                        (of == null ? partition.toString() : of.path()) + " can't be read ("
                                + (e instanceof ArchiveException ? e.getMessage() : e)
                                + "): put a whole copy of the file in its place.",
                        e);
            }
        }
    }

    /** The last offset of a file has a record, so that one that was cut short does not go unnoticed. */
    private void requireEnd(@Nullable ArchiveFile of) {
        if (of != null && reader != null && last != of.end() - 1) {
            throw new ArchiveException("it ends after offset " + last, null);
        }
    }

    private void requireOrder(long offset, ArchiveFile of) {
        if (offset <= last || offset < of.first() || offset >= of.end()) {
            throw new ArchiveException("offset " + offset + " is out of order", null);
        }
        last = offset;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
