package io.ebbline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;

/** Bytes that a release stored, in hex, for ever. */
public final class StoredBytes {

    private StoredBytes() {}

    /** What is stored under a name. */
    public static byte[] read(String name) throws IOException {
        try (InputStream in = StoredBytes.class.getResourceAsStream("/state/" + name)) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }

    /** Stores bytes under a name, in the sources. */
    public static void write(String name, byte[] bytes) throws IOException {
        Path file = Path.of("src", "test", "resources", "state", name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, HexFormat.of().formatHex(bytes).replaceAll("(.{100})", "$1\n") + "\n");
    }
}
