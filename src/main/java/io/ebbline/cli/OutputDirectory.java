package io.ebbline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.ebbline.backtest.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a backtest leaves its files. */
record OutputDirectory(Path directory, Console console) {

    /**
     * Writes the figures as JSON.
     *
     * @throws CommandException when the file can't be written
     */
    void write(Metrics metrics) {
        Map<String, @Nullable Number> values = new TreeMap<>();
        // JSON has no word for what is not a number.
        metrics.values().forEach((key, value) -> values.put(key, Double.isFinite(value.doubleValue()) ? value : null));
        try {
            write(
                    "metrics.json",
                    new ObjectMapper()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(values)
                            + "\n");
        } catch (JsonProcessingException e) {
            throw new AssertionError("A map of numbers is JSON.", e);
        }
    }

    /**
     * Writes a text.
     *
     * @throws CommandException when the file can't be written
     */
    void write(String name, String text) {
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(directory);
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("--output: " + file + " can't be written (" + e + "): choose another.", e);
        }
        console.line(file.toString());
    }
}
