package io.ebbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ebbline.config.Durations;
import io.ebbline.state.Records;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records from JSON as people write it. A field has the name of the component, less the unit at its end: times as in {@code "14d"},
 * money in major units of the shop's currency, instants as in {@code "2026-03-01T00:00:00Z"}. What is left out is as in the
 * defaults of its type; without any, what may be null is null, lists are empty, and the rest has to be said.
 */
final class JsonRecords {

    private static final String MILLIS = "Millis";
    private static final String MINOR = "Minor";
    private static final Set<String> INSTANTS = Set.of("validFrom", "validTo", "effectiveFrom");

    /** What names something has no default. */
    private static final Set<String> REQUIRED = Set.of("sku", "offerId");

    private final String currency;
    private final int minorDigits;
    private final Map<Class<? extends Record>, Record> defaults;

    /**
     * A reader.
     *
     * @param currency ISO 4217 code of the shop's currency
     * @param minorDigits its decimals
     */
    JsonRecords(String currency, int minorDigits, Map<Class<? extends Record>, Record> defaults) {
        this.currency = currency;
        this.minorDigits = minorDigits;
        this.defaults = Map.copyOf(defaults);
    }

    /**
     * A record.
     *
     * @param where names it in messages
     * @param given values of components that the JSON does not have
     * @throws IllegalArgumentException when something is missing, unknown or of another form, or the record refuses it; the
     *     message says where and what to write
     */
    <R extends Record> R read(Class<R> type, JsonNode json, String where, Map<String, Object> given) {
        if (!json.isObject()) {
            throw new IllegalArgumentException(where + " must be an object, as in {\"name\": value}.");
        }
        List<Records.Field> fields = Records.fields(type);
        Set<String> unknown = new LinkedHashSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        List<@Nullable Object> values = new ArrayList<>();
        Map<String, Object> usual = usual(type, fields);
        for (Records.Field field : fields) {
            String name = shortName(field.name());
            JsonNode value = json.get(name);
            if (given.containsKey(field.name())) {
                values.add(given.get(field.name()));
                continue;
            }
            unknown.remove(name);
            values.add(
                    value == null || value.isNull()
                            ? absent(field, usual, where + "." + name)
                            : read(field, value, where + "." + name));
        }
        if (!unknown.isEmpty()) {
            String known = fields.stream()
                    .filter(field -> !given.containsKey(field.name()))
                    .map(field -> shortName(field.name()))
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    where + " has " + unknown.iterator().next() + ", which there is not: it may have " + known + ".");
        }
        try {
            return Records.make(type, values.toArray());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static String shortName(String name) {
        for (String unit : List.of(MILLIS, MINOR)) {
            if (name.endsWith(unit)) {
                return name.substring(0, name.length() - unit.length());
            }
        }
        return name;
    }

    private Map<String, Object> usual(Class<? extends Record> type, List<Records.Field> fields) {
        Map<String, Object> usual = new HashMap<>();
        Record example = defaults.get(type);
        if (example != null) {
            @Nullable Object[] values = Records.values(example);
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (value != null && !REQUIRED.contains(fields.get(i).name())) {
                    usual.put(fields.get(i).name(), value);
                }
            }
        }
        return usual;
    }

    private static @Nullable Object absent(Records.Field field, Map<String, Object> usual, String where) {
        Object value = usual.get(field.name());
        if (value != null || field.nullable()) {
            return value;
        }
        throw new IllegalArgumentException(where + " is missing: say what it is.");
    }

    private Object read(Records.Field field, JsonNode json, String where) {
        if (field.type() != List.class) {
            return readOne(field.type(), field.name(), json, where);
        }
        if (!json.isArray()) {
            throw new IllegalArgumentException(where + " must be a list, as in [...].");
        }
        List<Object> items = new ArrayList<>();
        for (JsonNode item : json) {
            items.add(readOne(field.item(), field.name(), item, where + "[" + (items.size() + 1) + "]"));
        }
        return items;
    }

    private Object readOne(Class<?> type, String name, JsonNode json, String where) {
        if (type.isRecord()) {
            return read(type.asSubclass(Record.class), json, where, Map.of());
        }
        if (type == String.class) {
            return text(json, where);
        }
        if (type == boolean.class) {
            return flag(json, where);
        }
        if (type.isEnum()) {
            return constant(type, text(json, where), where);
        }
        if (INSTANTS.contains(name)) {
            return instant(text(json, where), where);
        }
        if (name.endsWith(MILLIS)) {
            return duration(text(json, where), where);
        }
        BigDecimal number = number(json, where);
        if (type == BigDecimal.class) {
            return number;
        }
        if (type == double.class) {
            return number.doubleValue();
        }
        if (name.endsWith(MINOR)) {
            return minor(number, where);
        }
        return whole(number, where);
    }

    private static String text(JsonNode json, String where) {
        if (!json.isTextual()) {
            throw new IllegalArgumentException(where + " is " + json + ": write a text in quotes.");
        }
        return json.textValue().strip();
    }

    private static boolean flag(JsonNode json, String where) {
        String text = json.asText().toLowerCase(Locale.ROOT);
        if (!Set.of("true", "false").contains(text)) {
            throw new IllegalArgumentException(where + " is " + json + ": write true or false.");
        }
        return Boolean.parseBoolean(text);
    }

    private static Object constant(Class<?> type, String text, String where) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(where + " is \"" + text + "\": it is one of "
                + Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", ")) + ".");
    }

    /**
     * An instant, milliseconds since the epoch.
     *
     * @param where names it in the message
     * @throws IllegalArgumentException when the text is none
     */
    static long instant(String text, String where) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    where + " is \"" + text + "\": write an instant in UTC, as in 2026-03-01T00:00:00Z.", e);
        }
    }

    private static long duration(String text, String where) {
        try {
            return Durations.parse(text).toMillis();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static BigDecimal number(JsonNode json, String where) {
        try {
            if (json.isNumber() || json.isTextual()) {
                return new BigDecimal(json.asText().strip());
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(where + " is " + json + ": write a number, as in 12.99.", e);
        }
        throw new IllegalArgumentException(where + " is " + json + ": write a number, as in 12.99.");
    }

    private long minor(BigDecimal major, String where) {
        try {
            if (major.scale() >= -18 && major.precision() <= 30) {
                return major.movePointRight(minorDigits).longValueExact();
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(tooFine(major, where), e);
        }
        throw new IllegalArgumentException(tooFine(major, where));
    }

    private String tooFine(BigDecimal major, String where) {
        return where + " is " + major + ": write an amount in " + currency + ", with at most " + minorDigits
                + " decimals.";
    }

    private static int whole(BigDecimal number, String where) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(where + " is " + number + ": write a whole number.", e);
        }
    }
}
