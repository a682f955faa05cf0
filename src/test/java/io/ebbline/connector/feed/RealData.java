package io.ebbline.connector.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** The real histories, which lie beside the project and not in it. Where they are absent a test is skipped. */
public final class RealData {

    private RealData() {}

    /** A file under the data directory: the property {@code ebbline.data}, else {@code ../shared/data}. */
    public static Path file(String name) {
        Path file =
                Path.of(System.getProperty("ebbline.data", "../shared/data")).resolve(name);
        if (!Files.exists(file)) {
            Assumptions.abort(name + " not present: skipped");
        }
        return file;
    }

    /** The lines that are not blank, in order. */
    public static List<String> lines(Path gzip) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    public static long cents(BigDecimal amount) {
        return amount.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
