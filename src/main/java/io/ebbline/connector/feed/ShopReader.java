package io.ebbline.connector.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.event.Unmerge;
import io.ebbline.wire.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ShopWriter} writes. The history's currency is that of the first order, its end the newest event that is
 * not from the future, and a file out of order is refused: it is fed as it stands.
 */
final class ShopReader {

    private static final ObjectReader JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .reader();

    private final Path file;
    private long line;
    private @Nullable String currency;

    private ShopReader(Path file) {
        this.file = file;
    }

    static History read(Path input) {
        return new ShopReader(input).read();
    }

    private History read() {
        List<FeedRecord> records = new ArrayList<>();
        try (BufferedReader reader = InputFile.open(file)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    FeedRecord record = record(text);
                    if (!records.isEmpty()
                            && record.arrival()
                                    < records.get(records.size() - 1).arrival()) {
                        throw error("it arrives before the line ahead of it: sort the file by arrival", null);
                    }
                    records.add(record);
                }
            }
        } catch (IOException e) {
            throw InputFile.unreadable(file, line, e);
        }
        if (records.isEmpty()) {
            throw new FeedException(file + " holds no events: there is nothing to feed.");
        }
        return History.ofFeed(
                records, records.get(0).recordTime(), currency == null ? SimulatedShop.CURRENCY : currency);
    }

    private FeedRecord record(String text) {
        JsonNode row;
        try {
            row = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw error("this is not one JSON object: " + e.getOriginalMessage(), e);
        }
        String topicName = text(row, "topic");
        Topic topic = Topic.inputs().stream()
                .filter(input -> input.topicName().equals(topicName))
                .findAny()
                .orElseThrow(() -> error("the topic " + topicName + " is no input topic", null));
        String kind = text(row, "kind");
        Event event = kind.equals("raw") ? null : event(kind, row);
        byte[] raw = event == null ? bytes(row) : null;
        long recordTime = row.has("recordTime") ? whole(row, "recordTime") : whole(row, "time");
        long arrival = row.has("arrival") ? whole(row, "arrival") : recordTime;
        return new FeedRecord(topic, optional(row, "customer"), arrival, recordTime, event, raw);
    }

    private Event event(String kind, JsonNode row) {
        return switch (kind) {
            case "purchase" ->
                new Purchase(
                        text(row, "id"),
                        whole(row, "time"),
                        text(row, "order"),
                        currency(row),
                        optional(row, "channel"),
                        row.has("discount") ? decimal(row, "discount") : null,
                        lines(row),
                        whole(row, "total"));
            case "return" ->
                new Return(
                        text(row, "id"),
                        whole(row, "time"),
                        optional(row, "order"),
                        row.path("whole").asBoolean(),
                        currency(row),
                        lines(row),
                        whole(row, "total"));
            case "touchpoint" ->
                new Touchpoint(
                        text(row, "id"),
                        whole(row, "time"),
                        type(text(row, "type")),
                        optional(row, "channel"),
                        optional(row, "sku"),
                        optional(row, "category"),
                        optional(row, "campaign"),
                        optional(row, "offer"),
                        row.has("value") ? number(row, "value").doubleValue() : null);
            case "erasure" -> new Erasure(text(row, "id"), whole(row, "time"));
            case "merge" -> new Merge(text(row, "id"), whole(row, "time"), text(row, "into"));
            case "unmerge" -> new Unmerge(text(row, "id"), whole(row, "time"), text(row, "into"));
            default ->
                throw error(
                        "the kind \"" + kind
                                + "\" is not known: purchase, return, touchpoint, erasure, merge, unmerge and"
                                + " raw are",
                        null);
        };
    }

    private String currency(JsonNode row) {
        String code = text(row, "currency");
        if (currency == null) {
            currency = code;
        }
        return code;
    }

    private List<Line> lines(JsonNode row) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode each : row.path("lines")) {
            lines.add(new Line(
                    text(each, "sku"),
                    optional(each, "category"),
                    decimal(each, "quantity"),
                    decimal(each, "price"),
                    each.has("cost") ? decimal(each, "cost") : null));
        }
        return lines;
    }

    private TouchpointType type(String name) {
        try {
            return TouchpointType.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw error(
                    "the type \"" + name + "\" is not known. One of "
                            + Arrays.stream(TouchpointType.values())
                                    .map(TouchpointType::name)
                                    .collect(Collectors.joining(", "))
                            + " is",
                    e);
        }
    }

    private byte[] bytes(JsonNode row) {
        try {
            byte[] raw = row.path("raw").binaryValue();
            if (raw != null) {
                return raw;
            }
        } catch (IOException e) {
            throw error("\"raw\" is not Base64", e);
        }
        throw error("\"raw\" is missing", null);
    }

    private long decimal(JsonNode node, String field) {
        try {
            return Line.scaled(number(node, field).decimalValue());
        } catch (ArithmeticException e) {
            throw error(
                    "\"" + field + "\" is " + node.get(field) + ", which has more than four decimals or is too big", e);
        }
    }

    private JsonNode number(JsonNode node, String field) {
        JsonNode found = node.path(field);
        if (!found.isNumber()) {
            throw error("\"" + field + "\" is " + shown(found) + ", not a number", null);
        }
        return found;
    }

    private long whole(JsonNode node, String field) {
        JsonNode found = number(node, field);
        if (!found.isIntegralNumber() || !found.canConvertToLong()) {
            throw error("\"" + field + "\" is " + shown(found) + ", not a whole number", null);
        }
        return found.longValue();
    }

    private String text(JsonNode node, String field) {
        JsonNode found = node.path(field);
        if (!found.isTextual()) {
            throw error("\"" + field + "\" is " + shown(found) + ", not a text", null);
        }
        return found.textValue();
    }

    private @Nullable String optional(JsonNode node, String field) {
        return node.hasNonNull(field) ? text(node, field) : null;
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "missing" : node.toString();
    }

    private FeedException error(String problem, @Nullable Throwable cause) {
        String message = file + ", line " + line + ": " + problem + ". Correct the line or drop it.";
        return cause == null ? new FeedException(message) : new FeedException(message, cause);
    }
}
