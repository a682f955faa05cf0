package io.ebbline.connector.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFilesTest {
    private static final TopicPartition PARTITION = Records.PARTITION;

    @TempDir
    private Path dir;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                Records.of(0),
                Records.of(1, 0, null, null),
                Records.of(5, -1, new byte[0], new byte[0], "ebbline.run-id", "", "ebbline.run-id"),
                Records.of(Long.MAX_VALUE / 2, Long.MAX_VALUE, new byte[70_000], Records.bytes("é")));
        write(dir, records, 0, Long.MAX_VALUE / 2 + 1, ArchiveWriter.FILE_BYTES);

        assertThat(read(dir, 0, Long.MAX_VALUE)).isEqualTo(Records.lines(records.iterator()));
        assertThat(files(dir)).containsExactly("00000000000000000000-04611686018427387904.avro");
    }

    /** Whoever has Avro can read an archive. */
    @Test
    void theFilesAreAvrosOwn() throws IOException {
        write(dir, List.of(Records.of(7), Records.of(9, 5, null, Records.bytes("v"), "a")), 0, 10, 1 << 20);
        Path file = partition(dir).resolve("00000000000000000000-00000000000000000010.avro");
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            GenericRecord first = reader.next();
            assertThat(first.get("offset")).isEqualTo(7L);
            assertThat(first.get("timestamp")).isEqualTo(1_700_000_000_049L);
            assertThat(first.get("key")).isEqualTo(ByteBuffer.wrap(Records.bytes("key 7")));
            GenericRecord second = reader.next();
            assertThat(second.get("key")).isNull();
            assertThat(second.get("headers").toString()).contains("\"name\": \"a\"");
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void offsetsThatHoldNothingAreAccountedFor() throws IOException {
        write(dir, List.of(Records.of(3)), 0, 6, 1 << 20);
        write(dir, List.of(), 6, 8, 1 << 20);
        write(dir, List.of(Records.of(8)), 8, 9, 1 << 20);
        write(dir, List.of(), 9, 9, 1 << 20);

        assertThat(files(dir))
                .containsExactly(
                        "00000000000000000000-00000000000000000004.avro",
                        "00000000000000000004-00000000000000000006.empty",
                        "00000000000000000006-00000000000000000008.empty",
                        "00000000000000000008-00000000000000000009.avro");
        assertThat(stretch(dir).end()).isEqualTo(9);
        assertThat(read(dir, 4, 100)).hasSize(1);
    }

    @Test
    void whatIsNotFinishedIsNotThere() throws IOException {
        manifest(dir);
        ArchiveWriter killed = new ArchiveWriter(partition(dir), 0, 1 << 20);
        killed.append(Records.of(0));
        killed.append(Records.of(1));
        assertThat(stretch(dir).files()).isEmpty();

        // The next run begins where the archive ends, over what the killed one has left.
        write(dir, List.of(Records.of(0)), 0, 1, 1 << 20);
        assertThat(read(dir, 0, 10)).containsExactly(Records.line(Records.of(0)));

        ArchiveWriter failed = new ArchiveWriter(partition(dir), 1, 1 << 20);
        failed.append(Records.of(1));
        failed.close();
        assertThat(files(dir)).containsExactly("00000000000000000000-00000000000000000001.avro");
    }

    @Test
    void aFullFileIsFollowedByAnother() throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            records.add(Records.of(i, i, null, new byte[60]));
        }
        write(dir, records, 0, 5, 100);
        assertThat(files(dir))
                .containsExactly(
                        "00000000000000000000-00000000000000000002.avro",
                        "00000000000000000002-00000000000000000004.avro",
                        "00000000000000000004-00000000000000000005.avro");
    }

    @Test
    void recordsComeInOrder() {
        try (ArchiveWriter writer = new ArchiveWriter(partition(dir), 4, 1 << 20)) {
            assertThatThrownBy(() -> writer.append(Records.of(3))).isInstanceOf(IllegalArgumentException.class);
            writer.append(Records.of(6));
            assertThatThrownBy(() -> writer.append(Records.of(6))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.finish(6)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFileThatIsCutShortIsFound() throws IOException {
        write(dir, List.of(Records.of(0), Records.of(1), Records.of(2)), 0, 3, 1 << 20);
        Path file = partition(dir).resolve(files(dir).get(0));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(dir, 0, 10))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void damageIsFoundOrHarmless() throws IOException {
        write(dir, List.of(Records.of(0), Records.of(1), Records.of(2)), 0, 3, 1 << 20);
        Path file = partition(dir).resolve(files(dir).get(0));
        byte[] whole = Files.readAllBytes(file);
        // The block: from behind the header, whose last 16 bytes are the mark that ends the file too.
        int header = indexOf(whole, Arrays.copyOfRange(whole, whole.length - 16, whole.length)) + 16;
        List<String> right = read(dir, 0, 10);
        int found = 0;
        for (int bit = header * 8; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            try {
                assertThat(read(dir, 0, 10)).isEqualTo(right);
            } catch (ArchiveException e) {
                found++;
            }
        }
        // Some bits of a zstd frame mean nothing.
        assertThat(found).isGreaterThan((whole.length - header) * 8 - 20);
    }

    @Test
    void aFileUnderAnotherNameIsFound() throws IOException {
        write(dir, List.of(Records.of(0), Records.of(1)), 0, 2, 1 << 20);
        write(dir, List.of(Records.of(2), Records.of(3)), 2, 4, 1 << 20);
        Path first = partition(dir).resolve(ArchiveFile.name(0, 2, false));
        Path second = partition(dir).resolve(ArchiveFile.name(2, 4, false));
        Files.copy(first, second, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> read(dir, 0, 10))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("offset 0 is out of order");
        Files.delete(first);
        assertThatThrownBy(() -> stretch(dir))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("a file is missing");
    }

    @Test
    void aDirectoryWithoutAnArchiveIsNone() {
        assertThatThrownBy(() -> Archive.open(dir))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("holds no archive");
    }

    /** What other releases, and other programs, read. */
    @Test
    void theManifestIsAContract() throws IOException {
        Manifest topics = new Manifest(
                Archive.Kind.TOPICS,
                Map.of("purchases", "an id", "touchpoints", "another"),
                Map.of(
                        new TopicPartition("purchases", 1),
                        7L,
                        new TopicPartition("purchases", 0),
                        0L,
                        new TopicPartition("touchpoints", 0),
                        3L));
        topics.write(dir);
        assertThat(Files.readString(dir.resolve("archive.json")).replaceAll("\\s", ""))
                .isEqualTo("{\"kind\":\"topics\",\"topics\":{\"purchases\":{\"id\":\"anid\",\"begins\":[0,7]},"
                        + "\"touchpoints\":{\"id\":\"another\",\"begins\":[3]}}}");
        assertThat(Manifest.read(dir)).contains(topics);

        Manifest history = new Manifest(Archive.Kind.HISTORY, Map.of(), Map.of(new TopicPartition("purchases", 0), 0L));
        history.write(dir);
        assertThat(Files.readString(dir.resolve("archive.json")).replaceAll("\\s", ""))
                .isEqualTo("{\"kind\":\"history\",\"topics\":{\"purchases\":{\"begins\":[0]}}}");
        assertThat(Manifest.read(dir)).contains(history);
        Files.writeString(dir.resolve("archive.json"), "{\"kind\": \"tapes\"}");
        assertThatThrownBy(() -> Manifest.read(dir)).isInstanceOf(ArchiveException.class);
    }

    @Test
    void oneProcessWrites() {
        try (ArchiveDirectory held = ArchiveDirectory.open(dir)) {
            assertThat(held.path()).isEqualTo(dir);
            assertThatThrownBy(() -> ArchiveDirectory.open(dir))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("another process");
        }
        ArchiveDirectory.open(dir).close();
    }

    /** However the records lie in files: from anywhere to anywhere, each once and in order. */
    @Property(tries = 200)
    void fromAnyPositionToAnyOther(
            @ForAll @Size(max = 60) List<@IntRange(max = 200) Integer> offsets,
            @ForAll @IntRange(max = 120) int fileBytes,
            @ForAll @Size(max = 4) List<@IntRange(max = 200) Integer> runs,
            @ForAll @LongRange(max = 210) long from,
            @ForAll @LongRange(max = 210) long to,
            @ForAll @LongRange(max = 1L << 60) long shift)
            throws IOException {
        Path place = Files.createTempDirectory("archive");
        try {
            SortedSet<Long> ends = new TreeSet<>(List.of(201L));
            runs.forEach(run -> ends.add((long) run));
            SortedSet<Long> all = new TreeSet<>();
            offsets.forEach(offset -> all.add((long) offset));
            long begin = 0;
            for (long end : ends) {
                write(place, all.subSet(begin, end).stream().map(Records::of).toList(), begin, end, fileBytes);
                begin = end;
            }
            List<Long> found = new ArrayList<>();
            try (ArchiveCursor cursor = new ArchiveCursor(PARTITION, stretch(place), from, to, shift)) {
                cursor.forEachRemaining(record -> found.add(record.offset() - shift));
            }
            assertThat(found)
                    .isEqualTo(all.stream()
                            .filter(offset -> offset >= from && offset < to)
                            .toList());
        } finally {
            delete(place);
        }
    }

    // ---- steps

    private static void write(
            Path dir, List<ConsumerRecord<byte[], byte[]>> records, long first, long end, long fileBytes) {
        manifest(dir);
        try (ArchiveWriter writer = new ArchiveWriter(partition(dir), first, fileBytes)) {
            records.forEach(writer::append);
            writer.finish(end);
        }
    }

    /** The partition number 3 needs those before it: a manifest lists partitions by their place. */
    private static void manifest(Path dir) {
        if (Manifest.read(dir).isEmpty()) {
            Map<TopicPartition, Long> begins = new HashMap<>();
            for (int partition = 0; partition < 4; partition++) {
                begins.put(new TopicPartition("purchases", partition), 0L);
            }
            new Manifest(Archive.Kind.TOPICS, Map.of("purchases", "id"), begins).write(dir);
        }
    }

    private static Path partition(Path dir) {
        return dir.resolve("purchases").resolve("3");
    }

    private static Stretch stretch(Path dir) {
        return Archive.open(dir).stretches().getOrDefault(PARTITION, new Stretch(0, List.of()));
    }

    private static List<String> read(Path dir, long from, long to) throws IOException {
        try (ArchiveCursor cursor = new ArchiveCursor(PARTITION, stretch(dir), from, to, 0)) {
            return Records.lines(cursor);
        }
    }

    private static List<String> files(Path dir) throws IOException {
        try (Stream<Path> paths = Files.list(partition(dir))) {
            return paths.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static int indexOf(byte[] in, byte[] what) {
        for (int at = 0; at + what.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        throw new AssertionError("Not in it.");
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
