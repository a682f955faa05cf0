package io.ebbline.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which history is read, and what its file means; without a file, the simulated shop. */
public final class HistoryOptions {

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "A history, plain or .gz. Default: the simulated shop; of archive, the topics.")
    private @Nullable Path input;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "What the history is: online-retail, cdnow, starbucks, csv, or shop (what generate writes).")
    private @Nullable String format;

    @Option(
            names = "--csv",
            paramLabel = "NAME=VALUE",
            description = "Format csv: what a column means (customer, time, amount, quantity, price, order, id, sku,"
                    + " category, channel; amount=none: no money is known) or how it is written (time-pattern, zone,"
                    + " delimiter, currency), as in --csv customer=Buyer --csv currency=EUR. Once for each.")
    private Map<String, String> csv = new LinkedHashMap<>();

    /** The history's file; empty for the simulated shop. */
    public Optional<Path> input() {
        return Optional.ofNullable(input);
    }

    /** Its format by name. Set whenever there is an {@link #input}, unless {@link #problems} says so. */
    public Optional<String> format() {
        return Optional.ofNullable(format);
    }

    /** What the columns of a csv history mean; empty when nothing was said. */
    public Map<String, String> csv() {
        return csv;
    }

    /** What is wrong with them, each with its fix; empty when nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (input != null && format == null) {
            problems.add("--input needs --format: name online-retail, cdnow, starbucks, csv or shop.");
        }
        if (input == null && (format != null || !csv.isEmpty())) {
            problems.add("--format and --csv describe a history: name its file with --input.");
        }
        return problems;
    }
}
