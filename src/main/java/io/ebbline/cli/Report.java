package io.ebbline.cli;

import io.ebbline.operator.FinalReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a drained job left: every customer's last row, sorted by customer, and the counters of all subtasks, summed.
 *
 * <p>The files hold lines {@code C,<row>} and {@code N,<counter>,<value>}.
 */
record Report(List<Customer> customers, Map<String, Long> counters) {

    private static final int COLUMNS = FinalReport.COLUMNS.split(",").length;
    private static final int FREQUENCY = 2;
    private static final int SEGMENT = 7;
    private static final int STAGE = 8;

    /**
     * A customer's last row.
     *
     * @param row as it is written
     */
    record Customer(String id, long frequency, String segment, String stage, String row) {}

    /**
     * Reads all files of a directory.
     *
     * @throws CommandException when there are none, or a line is not as it should be
     */
    static Report read(Path dir) {
        List<Customer> customers = new ArrayList<>();
        Map<String, Long> counters = new TreeMap<>();
        List<Path> files = files(dir);
        if (files.isEmpty()) {
            throw new CommandException("The job left no report in " + dir + ": look into the log for why.", null);
        }
        for (Path file : files) {
            try {
                for (String line : lines(Files.readString(file, StandardCharsets.UTF_8))) {
                    take(line, customers, counters);
                }
            } catch (IOException | IllegalArgumentException e) {
                throw new CommandException("The report " + file + " can't be read (" + e + ").", e);
            }
        }
        customers.sort(Comparator.comparing(Customer::id));
        return new Report(List.copyOf(customers), counters);
    }

    /** Writes the header and every customer's row. */
    void writeCustomers(Path file) {
        String text = Stream.concat(
                        Stream.of(FinalReport.COLUMNS), customers.stream().map(Customer::row))
                .collect(Collectors.joining("\n", "", "\n"));
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("--customers: " + file + " can't be written (" + e + "): choose another.", e);
        }
    }

    private static List<Path> files(Path dir) {
        try (Stream<Path> found = Files.walk(dir)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandException("The report in " + dir + " can't be read (" + e + ").", e);
        }
    }

    /** Lines; one that ends within quotes goes on in the next. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder begun = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == '\n' && !quoted) {
                lines.add(begun.toString());
                begun.setLength(0);
            } else {
                begun.append(c);
            }
        }
        if (!begun.isEmpty()) {
            lines.add(begun.toString());
        }
        return lines;
    }

    private static void take(String line, List<Customer> customers, Map<String, Long> counters) {
        if (line.startsWith("C,")) {
            customers.add(customer(line.substring(2)));
        } else if (line.startsWith("N,")) {
            int comma = line.lastIndexOf(',');
            counters.merge(line.substring(2, comma), Long.parseLong(line.substring(comma + 1)), Long::sum);
        } else {
            throw new IllegalArgumentException("neither a customer nor a counter: " + line);
        }
    }

    private static Customer customer(String row) {
        List<String> values = values(row);
        if (values.size() < COLUMNS) {
            throw new IllegalArgumentException("a row of " + values.size() + " columns: " + row);
        }
        String frequency = values.get(FREQUENCY);
        return new Customer(
                values.get(0),
                frequency.isEmpty() ? 0 : Long.parseLong(frequency),
                values.get(SEGMENT),
                values.get(STAGE),
                row);
    }

    /** The values of one line of CSV; a quoted one may hold commas and doubled quotes. */
    static List<String> values(String row) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '"' && quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
                value.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }
}
