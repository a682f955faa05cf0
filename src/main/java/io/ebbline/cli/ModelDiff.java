package io.ebbline.cli;

import io.ebbline.config.Durations;
import io.ebbline.model.Cuts;
import io.ebbline.model.ModelVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs between two versions of a kind, number by number. */
final class ModelDiff {

    /**
     * A number, or what else a model holds.
     *
     * @param name the way to it, as in {@code buying.repeat.alphaDays}
     * @param before what it was; empty when it was not there
     * @param after what it is; empty when it is gone
     */
    record Change(String name, String before, String after) {}

    /** What names a version and says where it comes from is no part of what it answers. */
    private static final Set<String> NAMING =
            Set.of("modelId", "version", "effectiveFrom", "backdated", "note", "provenance");

    private ModelDiff() {}

    /** The changes, in the order of the model's fields. */
    static List<Change> between(ModelVersion before, ModelVersion after) {
        Map<String, String> old = values(before);
        Map<String, String> now = values(after);
        Set<String> names = new LinkedHashSet<>(now.keySet());
        names.addAll(old.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            String was = old.getOrDefault(name, "");
            String is = now.getOrDefault(name, "");
            if (!was.equals(is)) {
                changes.add(new Change(name, was, is));
            }
        }
        return changes;
    }

    /** The changes as a table, a line each. */
    static List<String> table(ModelVersion before, ModelVersion after) {
        return table(before.ref(), before, after);
    }

    /** The same, with another name of what was before. */
    static List<String> table(String name, ModelVersion before, ModelVersion after) {
        List<Change> changes = between(before, after);
        if (changes.isEmpty()) {
            return List.of("Nothing differs from " + name + ".");
        }
        List<Change> rows = new ArrayList<>();
        rows.add(new Change("", name, after.ref()));
        rows.addAll(changes);
        int first = rows.stream().mapToInt(row -> row.name.length()).max().orElse(0);
        int was = rows.stream().mapToInt(row -> row.before.length()).max().orElse(0);
        return rows.stream()
                .map(row -> String.format(
                                Locale.ROOT, "  %-" + first + "s  %-" + was + "s  %s", row.name, row.before, row.after)
                        .stripTrailing())
                .toList();
    }

    private static Map<String, String> values(ModelVersion model) {
        Map<String, String> values = new LinkedHashMap<>();
        for (RecordComponent component : model.getClass().getRecordComponents()) {
            if (!NAMING.contains(component.getName())) {
                add(component.getName(), value(component, model), values);
            }
        }
        return values;
    }

    private static void add(String name, @Nullable Object value, Map<String, String> values) {
        if (value instanceof Cuts cuts) {
            boolean ages = "recency".equals(name);
            values.put(
                    name,
                    cuts.toList().stream()
                            .map(cut -> ages ? duration(cut) : String.format(Locale.ROOT, "%,d", cut))
                            .collect(Collectors.joining(" ")));
        } else if (value instanceof List<?> items && !items.isEmpty() && items.get(0) instanceof Record) {
            for (int i = 0; i < items.size(); i++) {
                Record item = (Record) items.get(i);
                add(name + "." + nameOf(item, i), item, values);
            }
        } else if (value instanceof Record part) {
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                add(name + "." + component.getName(), value(component, part), values);
            }
        } else if (value != null) {
            values.put(name, text(name, value));
        }
    }

    /** Products, offers and rates are told apart by what names them, and so by their first field; what has none, by its place. */
    private static String nameOf(Record item, int place) {
        RecordComponent first = item.getClass().getRecordComponents()[0];
        boolean named = Set.of("sku", "offerId", "currency").contains(first.getName());
        return named ? String.valueOf(value(first, item)) : Integer.toString(place + 1);
    }

    private static String text(String name, Object value) {
        if (value instanceof Long instant && (name.endsWith("validFrom") || name.endsWith("validTo"))) {
            return instant == Long.MAX_VALUE
                    ? "never"
                    : Instant.ofEpochMilli(instant).toString();
        }
        if (value instanceof Long millis && name.endsWith("Millis")) {
            return duration(millis);
        }
        return value instanceof Double number ? String.format(Locale.ROOT, "%.5g", number) : value.toString();
    }

    private static String duration(long millis) {
        return millis < 0 ? Long.toString(millis) : Durations.format(Duration.ofMillis(millis));
    }

    private static @Nullable Object value(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A model's " + component.getName() + " can't be read", e);
        }
    }
}
