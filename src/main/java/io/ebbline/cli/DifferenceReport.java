package io.ebbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebbline.cli.view.Answers;
import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import io.ebbline.wire.EventEncoder;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells how a run differs: how much, and of one customer everything. */
final class DifferenceReport {
    /** Of one topic: what one late event changes may be dozens of records. */
    private static final int SHOWN = 3;

    private final List<FeedRecord> history;
    private final SchemaRegistry registry;
    private final Console console;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * A report.
     *
     * @param history the records that were played, for the events of a customer
     * @param registry knows the schemas of what was told
     */
    DifferenceReport(List<FeedRecord> history, SchemaRegistry registry, Console console) {
        this.history = history;
        this.registry = registry;
        this.console = console;
    }

    /**
     * Tells how a run differs from run 0.
     *
     * @param differences in order of importance: the first one's customer is shown
     * @param counters those that differ, a line each
     */
    void tell(ReplayCase played, Told expected, List<Told.Difference> differences, List<String> counters) {
        console.line("");
        console.line("Run " + played.run() + " (" + played.description() + ") differs from run 0.");
        for (Topic topic : expected.topics()) {
            long keys = differences.stream().filter(d -> d.topic() == topic).count();
            if (keys > 0) {
                console.line("  %s: other answers for %,d keys; run 0 has %,d records"
                        .formatted(topic.topicName(), keys, expected.records(topic)));
            }
        }
        counters.forEach(line -> console.line("  " + line));
        if (differences.isEmpty()) {
            return;
        }
        Told.Difference first = differences.get(0);
        console.line("");
        console.line((first.isOfCustomer() ? "Customer " : "Key ") + first.key()
                + "; - is what run 0 told, + is what run " + played.run() + " told:");
        Answers answers = new Answers(registry::schema);
        differences.stream()
                .filter(d -> d.key().equals(first.key()) && d.isOfCustomer() == first.isOfCustomer())
                .forEach(difference -> show(difference, answers));
        if (first.isOfCustomer()) {
            events(first.key(), answers);
        }
    }

    private void show(Told.Difference difference, Answers answers) {
        int pairs = Math.max(difference.missing().size(), difference.surplus().size());
        for (int i = 0; i < Math.min(SHOWN, pairs); i++) {
            console.line("");
            console.line(difference.topic().topicName());
            JsonDiff.lines(value(difference.missing(), i, answers), value(difference.surplus(), i, answers))
                    .forEach(console::line);
        }
        if (pairs > SHOWN) {
            console.line("  and " + (pairs - SHOWN) + " more on "
                    + difference.topic().topicName());
        }
    }

    private @Nullable JsonNode value(List<byte[]> values, int i, Answers answers) {
        return i < values.size() ? tree(values.get(i), answers) : null;
    }

    private void events(String customer, Answers answers) {
        EventEncoder encoder = new EventEncoder(registry);
        List<FeedRecord> events = history.stream()
                .filter(record -> customer.equals(record.customer()) && record.event() != null)
                .sorted(Comparator.comparingLong(DifferenceReport::time)
                        .thenComparing(FeedRecord::topic)
                        .thenComparing(record -> event(record).id()))
                .toList();
        console.line("");
        console.line("Its %,d events in order:".formatted(events.size()));
        for (FeedRecord record : events) {
            console.line("  " + Instant.ofEpochMilli(time(record)) + " "
                    + tree(encoder.event(record.topic(), customer, event(record)), answers));
        }
    }

    private static Event event(FeedRecord record) {
        return Objects.requireNonNull(record.event());
    }

    private static long time(FeedRecord record) {
        return event(record).time();
    }

    private JsonNode tree(byte[] value, Answers answers) {
        try {
            return json.readTree(answers.json(value));
        } catch (IOException e) {
            throw new CommandException("An answer can't be read (" + e.getMessage() + ").", e);
        }
    }
}
