package io.ebbline.connector.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transcript of the Starbucks rewards app, one JSON object a line. A transaction is a purchase of one unit of
 * {@code STORE}. An offer received is shown, an offer viewed is a view, an offer completed is accepted, with its reward as
 * value; all in the app. Ids count the file's lines from 1, empty ones too.
 *
 * <p>The file counts hours from a start that it does not name: it is taken as 2018-01-01 00:00 UTC. Amounts are rounded
 * half up to the cent from the decimals written, in one step: other copies of the file hold sums like 0.8300000000000001.
 */
final class Starbucks {

    static final Instant START = Instant.parse("2018-01-01T00:00:00Z");

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final String CURRENCY = "USD";
    private static final String CHANNEL = "app";
    private static final ObjectReader JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .reader();

    private final Path file;
    private long line;

    private Starbucks(Path file) {
        this.file = file;
    }

    static History read(Path input) {
        return new Starbucks(Files.isDirectory(input) ? transcript(input) : input).read();
    }

    private static Path transcript(Path directory) {
        for (String name : List.of("transcript.json", "transcript.json.gz")) {
            if (Files.exists(directory.resolve(name))) {
                return directory.resolve(name);
            }
        }
        throw new FeedException(directory + " holds neither transcript.json nor transcript.json.gz.");
    }

    private History read() {
        List<FeedRecord> records = new ArrayList<>();
        try (BufferedReader reader = InputFile.open(file)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    records.add(record(text));
                }
            }
        } catch (IOException e) {
            throw InputFile.unreadable(file, line, e);
        }
        if (records.isEmpty()) {
            throw new FeedException(file + " holds no events: there is nothing to feed.");
        }
        return History.ofRows(records, CURRENCY);
    }

    private FeedRecord record(String text) {
        JsonNode row;
        try {
            row = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw error("this is not one JSON object: " + e.getOriginalMessage(), e);
        }
        String person = text(row, "person");
        String kind = text(row, "event");
        JsonNode value = row.path("value");
        JsonNode hours = row.path("time");
        if (!hours.isIntegralNumber() || !hours.canConvertToInt()) {
            throw error("\"time\" is " + shown(hours) + ", not a whole number of hours", null);
        }
        long time = START.toEpochMilli() + hours.intValue() * HOUR;
        return switch (kind) {
            case "transaction" -> FeedRecord.of(Topic.PURCHASES, person, purchase(time, number(value, "amount")));
            case "offer received" ->
                touchpoint(person, time, TouchpointType.OFFER_SHOWN, text(value, "offer id"), null);
            case "offer viewed" -> touchpoint(person, time, TouchpointType.VIEW, text(value, "offer id"), null);
            case "offer completed" ->
                touchpoint(
                        person,
                        time,
                        TouchpointType.OFFER_ACCEPTED,
                        text(value, "offer_id"),
                        number(value, "reward").doubleValue());
            default ->
                throw error(
                        "the event \"" + kind
                                + "\" is not known: transaction, offer received, offer viewed and offer completed are",
                        null);
        };
    }

    private Purchase purchase(long time, BigDecimal amount) {
        BigDecimal cents = amount.setScale(2, RoundingMode.HALF_UP);
        List<Line> lines;
        try {
            lines = List.of(Line.of("STORE", null, BigDecimal.ONE, cents));
        } catch (ArithmeticException e) {
            throw error("the amount " + amount + " is too big", e);
        }
        return new Purchase(id(), time, id(), CURRENCY, CHANNEL, null, lines, Line.sumMinor(lines, 2));
    }

    private FeedRecord touchpoint(String person, long time, TouchpointType type, String offer, @Nullable Double value) {
        return FeedRecord.of(
                Topic.TOUCHPOINTS, person, new Touchpoint(id(), time, type, CHANNEL, null, null, null, offer, value));
    }

    private String id() {
        return "row/" + line;
    }

    private String text(JsonNode node, String field) {
        JsonNode found = node.path(field);
        if (!found.isTextual() || found.textValue().isEmpty()) {
            throw error("\"" + field + "\" is " + shown(found) + ", not a text", null);
        }
        return found.textValue();
    }

    private BigDecimal number(JsonNode node, String field) {
        JsonNode found = node.path(field);
        if (!found.isNumber()) {
            throw error("\"" + field + "\" is " + shown(found) + ", not a number", null);
        }
        return found.decimalValue();
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "missing" : node.toString();
    }

    private FeedException error(String problem, @Nullable Throwable cause) {
        String message = file + ", line " + line + ": " + problem + ". Correct the line or drop it.";
        return cause == null ? new FeedException(message) : new FeedException(message, cause);
    }
}
