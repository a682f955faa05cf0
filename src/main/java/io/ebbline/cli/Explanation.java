package io.ebbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebbline.cli.Rebuilt.Came;
import io.ebbline.cli.Rebuilt.Outcome;
import io.ebbline.cli.Rebuilt.Said;
import io.ebbline.cli.Rebuilt.Step;
import io.ebbline.cli.view.Answers;
import io.ebbline.engine.Effect.Answer;
import io.ebbline.profile.Membership.Retired;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What led to a customer's answer, as text or as JSON, and whether it is what the job told. */
final class Explanation {
    private static final String CAUSES =
            "Possible causes: an event came later than the lateness bound and beyond --correction-horizon, or was taken for too"
                    + " old; --dedup-horizon, --max-review, --time-zone, --currency, --offers or --future-tolerance are not"
                    + " the job's; a model took effect late, or a backdated one was published after the job began; the"
                    + " job was writing just now (ask again).";

    private final String customer;
    private final long instant;
    private final boolean held;
    private final CustomerTopics topics;
    private final Rebuilt rebuilt;
    private final @Nullable Answer answer;
    private final TimelineText text;
    private final ObjectMapper json = new ObjectMapper();
    private final @Nullable JsonNode ours;
    private final @Nullable JsonNode theirs;

    /**
     * An explanation.
     *
     * @param instant what the customer was rebuilt to, milliseconds since the epoch
     * @param held whether it is held against the newest answer; else it is of the instant itself
     */
    Explanation(
            String customer,
            long instant,
            boolean held,
            CustomerTopics topics,
            Rebuilt rebuilt,
            Currency currency,
            SchemaRegistry registry) {
        this.customer = customer;
        this.instant = instant;
        this.held = held;
        this.topics = topics;
        this.rebuilt = rebuilt;
        this.answer = held ? rebuilt.told() : rebuilt.now();
        this.text = new TimelineText(currency);
        Answers answers = new Answers(registry::schema);
        EffectEncoder encoder = new EffectEncoder(registry, false, currency.getCurrencyCode(), "explain", true);
        this.ours =
                answer == null ? null : tree(encoder.encode(customer, answer).value(), answers);
        this.theirs = held ? tree(topics.score(), answers) : null;
    }

    private @Nullable JsonNode tree(byte @Nullable [] value, Answers answers) {
        try {
            return value == null ? null : json.readTree(answers.json(value));
        } catch (IOException e) {
            throw new CommandException("An answer can't be read (" + e.getMessage() + ").", e);
        }
    }

    /** Whether the job told the same, or nothing was asked to be compared. */
    boolean isEqual() {
        return !held || Objects.equals(ours, theirs);
    }

    // ---- text

    /** The whole, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Customer " + customer + " up to " + TimelineText.instant(instant) + ": " + counts());
        lines.add("");
        lines.addAll(text.timeline(rebuilt.steps()));
        List<Incoming> rejected = rejected();
        if (!rejected.isEmpty()) {
            lines.add("");
            lines.add("Never applied:");
            rejected.forEach(record -> lines.add("  " + place(record) + ": " + advice(record)));
        }
        lines.add("");
        Retired retired = rebuilt.retired();
        if (answer == null && retired != null) {
            lines.add("Merged into " + retired.into() + " on "
                    + TimelineText.instant(retired.hop().time()) + ": the answer is there. `ebbline explain "
                    + retired.into() + "` shows it.");
        } else if (answer == null) {
            lines.add("Nothing is known of the customer any more.");
        } else {
            lines.add((held ? "The answer, as of " : "The answer at ") + TimelineText.instant(answer.asOf())
                    + ", by model " + answer.modelRef() + ":");
            lines.addAll(text.answer(answer));
            lines.add("");
            lines.add("Models on the timeline: " + String.join(", ", TimelineText.models(rebuilt, answer)));
        }
        if (held) {
            lines.addAll(comparison());
        }
        return lines;
    }

    private String counts() {
        long waiting = topics.records().stream()
                .filter(record -> record.body() != null && record.time() > instant)
                .count();
        return String.format(
                Locale.ROOT,
                "%,d events applied, %,d repeated, %,d refused, %,d later than that.",
                rebuilt.count(Outcome.APPLIED),
                rebuilt.count(Outcome.REPEATED),
                rebuilt.count(Outcome.REFUSED) + rejected().size(),
                waiting);
    }

    private List<Incoming> rejected() {
        return topics.records().stream()
                .filter(record -> record.rejection() != null)
                .toList();
    }

    private static String place(Incoming record) {
        return record.topic().topicName() + "/" + record.partition() + "/" + record.offset();
    }

    private static String advice(Incoming record) {
        return record.rejection() == null ? "" : record.rejection().advice();
    }

    private List<String> comparison() {
        String topic = Topic.CUSTOMER_SCORES.topicName();
        List<String> lines = new ArrayList<>();
        lines.add("");
        if (isEqual()) {
            lines.add("Equal to " + topic + ".");
            return lines;
        }
        lines.add("It differs from " + topic + "; - is the rebuilt answer, + is what the topic holds:");
        lines.addAll(JsonDiff.lines(ours, theirs));
        lines.add("");
        lines.add(CAUSES);
        return lines;
    }

    // ---- JSON

    /** The whole as one document. */
    String document() throws IOException {
        ObjectNode root = json.createObjectNode();
        root.put("customer", customer);
        root.put("upTo", TimelineText.instant(instant));
        ObjectNode events = root.putObject("events");
        for (Outcome outcome : Outcome.values()) {
            events.put(outcome.name().toLowerCase(Locale.ROOT), rebuilt.count(outcome));
        }
        events.put("rejected", rejected().size());
        ArrayNode timeline = root.putArray("timeline");
        rebuilt.steps().forEach(step -> timeline.add(node(step)));
        if (answer != null) {
            ArrayNode models = root.putArray("models");
            TimelineText.models(rebuilt, answer).forEach(models::add);
        }
        Retired retired = rebuilt.retired();
        if (retired != null) {
            root.putObject("merged")
                    .put("into", retired.into())
                    .put("at", TimelineText.instant(retired.hop().time()));
        }
        root.set("answer", ours);
        if (held) {
            ObjectNode comparison = root.putObject("comparison");
            comparison.put("equal", isEqual());
            comparison.set("told", theirs);
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private ObjectNode node(Step step) {
        ObjectNode node = json.createObjectNode();
        node.put("time", TimelineText.instant(step.time()));
        node.put("kind", TimelineText.kind(step));
        node.put("text", text.text(step));
        if (step instanceof Came came) {
            node.put("eventId", came.event().id());
            node.put("outcome", came.outcome().name().toLowerCase(Locale.ROOT));
            node.put("record", place(came.record()));
        } else if (step instanceof Said said) {
            node.put("model", TimelineText.model(said.effect()));
        }
        return node;
    }
}
