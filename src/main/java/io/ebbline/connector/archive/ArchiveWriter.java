package io.ebbline.connector.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the archive of one partition. A file gets its name when it is whole and on the disk: whatever ends the process, no half
 * one is ever read.
 */
final class ArchiveWriter implements AutoCloseable {

    /** Bytes of keys and values after which a file is full. */
    static final long FILE_BYTES = 64L << 20;

    private static final int BLOCK_BYTES = 1 << 18;
    private static final int ZSTD_LEVEL = 3;

    private final Path dir;
    private final long fileBytes;
    private long first;
    private long next;
    private long bytes;
    private @Nullable DataFileWriter<ConsumerRecord<byte[], byte[]>> file;

    /**
     * A writer.
     *
     * @param dir of the partition; made if need be
     * @param first the offset that follows what is there
     */
    ArchiveWriter(Path dir, long first, long fileBytes) {
        this.dir = dir;
        this.first = first;
        this.next = first;
        this.fileBytes = fileBytes;
    }

    /**
     * Writes a record.
     *
     * @throws IllegalArgumentException when it does not come after the one before
     */
    void append(ConsumerRecord<byte[], byte[]> record) {
        if (record.offset() < next) {
            throw new IllegalArgumentException(
                    "Offset " + record.offset() + " where " + next + " or a later one follows.");
        }
        if (bytes >= fileBytes) {
            finish();
        }
        try {
            open().append(record);
        } catch (IOException e) {
            throw unwritable(e);
        }
        byte[] key = record.key();
        byte[] value = record.value();
        bytes += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        next = record.offset() + 1;
    }

    /** Makes all that was appended part of the archive, which accounts for the offsets before {@code end} from then on. */
    void finish(long end) {
        if (end < next) {
            throw new IllegalArgumentException("The end " + end + " lies before the record " + (next - 1) + ".");
        }
        finish();
        if (end > first) {
            try {
                Files.createDirectories(dir);
                Files.createFile(dir.resolve(ArchiveFile.name(first, end, true)));
            } catch (IOException e) {
                throw unwritable(e);
            }
            first = end;
            next = end;
        }
    }

    private void finish() {
        DataFileWriter<ConsumerRecord<byte[], byte[]>> whole = file;
        if (whole == null) {
            return;
        }
        try {
            whole.fSync();
            whole.close();
            file = null;
            Files.move(part(), dir.resolve(ArchiveFile.name(first, next, false)), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(e);
        }
        first = next;
        bytes = 0;
    }

    /** Drops what is not finished. */
    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
                file = null;
                Files.deleteIfExists(part());
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private DataFileWriter<ConsumerRecord<byte[], byte[]>> open() throws IOException {
        DataFileWriter<ConsumerRecord<byte[], byte[]>> open = file;
        if (open == null) {
            Files.createDirectories(dir);
            // The checksums of zstd tell of damage that deflate would let through.
            open = new DataFileWriter<>(new RecordFormat.Writer())
                    .setCodec(CodecFactory.zstandardCodec(ZSTD_LEVEL, true))
                    .setSyncInterval(BLOCK_BYTES)
                    .create(RecordFormat.SCHEMA, part().toFile());
            file = open;
        }
        return open;
    }

    private Path part() {
        return dir.resolve("unfinished.part");
    }

    private ArchiveException unwritable(IOException e) {
        return new ArchiveException(
                "The archive can't be written to " + dir + " (" + e
                        + "): is there room, and may this user write there?",
                e);
    }
}
