package io.ebbline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.avro.Schema;

/**
 * What a release left behind, for ever: a history, the savepoint that its job took in the middle of it, its schemas, and a record
 * of every kind that it wrote. A release that changes any of this gets a directory of its own; those of before stay.
 */
public record Release(Path dir) {

    private static final Path ALL = Path.of("src", "test", "resources", "releases");

    /** Every release, the oldest first. */
    public static List<Release> all() {
        try (Stream<Path> dirs = Files.list(ALL)) {
            return dirs.filter(Files::isDirectory).sorted().map(Release::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of a version, which need not be there yet. */
    public static Release of(String version) {
        return new Release(ALL.resolve(version));
    }

    /** Its events, as the simulated shop is written. */
    public Path history() {
        return dir.resolve("history.jsonl.gz");
    }

    /** Its schemas, by the name of the record. */
    public Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new TreeMap<>();
        for (Path file : list(dir.resolve("schemas"))) {
            try {
                Schema schema = new Schema.Parser().parse(Files.readString(file));
                schemas.put(schema.getName(), schema);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return schemas;
    }

    /** What it wrote: a record of every kind that the run had, in Avro's binary form, by the name of the record. */
    public Map<String, byte[]> records() {
        Map<String, byte[]> records = new TreeMap<>();
        for (Path file : list(dir.resolve("records"))) {
            String name = file.getFileName().toString();
            try {
                String hex = Files.readString(file, StandardCharsets.US_ASCII).replaceAll("\\s", "");
                records.put(name.substring(0, name.indexOf('.')), HexFormat.of().parseHex(hex));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return records;
    }

    /** Unpacks its savepoint below a directory; returns what to restore from. */
    public Path savepoint(Path below) {
        Path target = below.resolve("savepoint-" + dir.getFileName());
        try (InputStream file = Files.newInputStream(dir.resolve("savepoint.zip"));
                ZipInputStream zip = new ZipInputStream(file)) {
            Files.createDirectories(target);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, target.resolve(Path.of(entry.getName()).getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    /** Stores what a run of the present code left behind. */
    public void store(Path savepoint, Path schemas, Map<String, byte[]> records) {
        try {
            Files.createDirectories(dir.resolve("schemas"));
            Files.createDirectories(dir.resolve("records"));
            for (Path schema : list(schemas)) {
                Files.writeString(dir.resolve("schemas").resolve(schema.getFileName()), Files.readString(schema));
            }
            for (Map.Entry<String, byte[]> one : records.entrySet()) {
                String hex = HexFormat.of().formatHex(one.getValue()).replaceAll("(.{100})", "$1\n");
                Files.writeString(dir.resolve("records").resolve(one.getKey() + ".hex"), hex + "\n");
            }
            try (OutputStream file = Files.newOutputStream(dir.resolve("savepoint.zip"));
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                for (Path part : list(savepoint)) {
                    zip.putNextEntry(new ZipEntry(part.getFileName().toString()));
                    Files.copy(part, zip);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path dir) {
        try (Stream<Path> files = Files.list(dir)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return dir.getFileName().toString();
    }
}
