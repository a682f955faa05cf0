package io.ebbline.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Bytes that nobody is to read. {@code toString} does not show them. */
public final class Secret {

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A text as a secret. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What a file holds, but for white space around it.
     *
     * @param option named in the message
     * @throws ConfigException when it can't be read, or holds nothing
     */
    public static Secret read(String option, Path file) {
        Secret secret;
        try {
            secret = of(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new ConfigException(option + ": " + file + " can't be read as text ("
                    + e.getClass().getSimpleName() + "): name a readable file.");
        }
        if (secret.bytes.length == 0) {
            throw new ConfigException(
                    option + ": " + file + " is empty: write a secret into it, 32 random characters say.");
        }
        return secret;
    }

    /** A copy of them. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "(not shown)";
    }
}
