package io.ebbline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.ebbline.operator.MetricNames;
import io.ebbline.profile.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came out of a bounded run, in counts. The keys are a contract with scripts. */
final class Summary {
    private static final List<String> EVENTS = List.of(
            MetricNames.READ, MetricNames.APPLIED, MetricNames.DUPLICATE, MetricNames.LATE, MetricNames.REJECTED);
    private static final String CUSTOMERS = "customers";
    private static final String ORDERS = "orders";
    private static final List<String> LATER = List.of(MetricNames.SIGNALS, MetricNames.TRANSITIONS, MetricNames.OFFERS);

    private final Map<String, Long> values;
    private final double seconds;

    private Summary(Map<String, Long> values, double seconds) {
        this.values = values;
        this.seconds = seconds;
    }

    /**
     * Counts a report.
     *
     * @param seconds how long the run took
     * @throws CommandException when the counters break read = applied + duplicate + late + rejected + waiting
     */
    static Summary of(Report report, double seconds) {
        Map<String, Long> counters = report.counters();
        requireEveryEvent(counters);
        Map<String, Long> values = new LinkedHashMap<>();
        EVENTS.forEach(name -> values.put(name, counters.getOrDefault(name, 0L)));
        counters.forEach((name, value) -> {
            if (name.startsWith(MetricNames.REJECTED_PREFIX)) {
                values.put(name, value);
            }
        });
        values.put(CUSTOMERS, (long) report.customers().size());
        Map<String, Long> stages = new TreeMap<>();
        for (Stage stage : Stage.values()) {
            if (stage != Stage.UNKNOWN) {
                stages.put("stages." + stage, 0L);
            }
        }
        Map<String, Long> segments = new TreeMap<>();
        long orders = 0;
        for (Report.Customer customer : report.customers()) {
            stages.merge("stages." + customer.stage(), 1L, Long::sum);
            if (!customer.segment().isEmpty()) {
                segments.merge("segments." + customer.segment(), 1L, Long::sum);
            }
            orders += customer.frequency();
        }
        values.putAll(stages);
        values.putAll(segments);
        values.put(ORDERS, orders);
        for (String name : List.of("grossMinor", "returnsMinor")) {
            values.put(name, counters.getOrDefault(name, 0L));
        }
        LATER.forEach(name -> values.put(name, counters.getOrDefault(name, 0L)));
        return new Summary(values, seconds);
    }

    /** A count by its key; 0 for one that there is not. */
    long get(String key) {
        return values.getOrDefault(key, 0L);
    }

    /** The summary as JSON: one flat object. */
    void write(Path file) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put("seconds", Math.round(seconds * 1000) / 1000.0);
        try {
            String json = new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(all);
            Files.writeString(file, json + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("--summary: " + file + " can't be written (" + e + "): choose another.", e);
        }
    }

    /** The main figures in words. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%,d events read: %,d applied, %,d duplicate, %,d late, %,d rejected"
                .formatted(EVENTS.stream().map(this::get).toArray()));
        lines.add("%,d customers, %,d orders, gross %,d and returns %,d minor units"
                .formatted(get(CUSTOMERS), get(ORDERS), get("grossMinor"), get("returnsMinor")));
        lines.add("%,d transitions, %,d signals, %,d lists of offers; %.1f seconds"
                .formatted(get(MetricNames.TRANSITIONS), get(MetricNames.SIGNALS), get(MetricNames.OFFERS), seconds));
        return lines;
    }

    private static void requireEveryEvent(Map<String, Long> counters) {
        long read = counters.getOrDefault(MetricNames.READ, 0L);
        Map<String, Long> fates = new LinkedHashMap<>();
        for (String name : List.of(
                MetricNames.APPLIED,
                MetricNames.DUPLICATE,
                MetricNames.LATE,
                MetricNames.REJECTED,
                MetricNames.WAITING)) {
            fates.put(name, counters.getOrDefault(name, 0L));
        }
        long accounted = fates.values().stream().mapToLong(Long::longValue).sum();
        if (read != accounted) {
            throw new CommandException(
                    read + " events were read but " + accounted + " are accounted for " + fates
                            + ": this is an error in Ebbline. Report it, with the log.",
                    null);
        }
    }
}
