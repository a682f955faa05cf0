package io.ebbline.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every known model version and the instant it takes effect. At an instant t the version in force is the latest that took
 * effect at or before t (ties: the higher version, then the greater id); before the first one, the first one.
 *
 * <p>What it answers depends on the set of versions alone, not on the order in which they were added.
 */
public final class ModelTimeline {

    /** A version with the instant it takes effect, milliseconds since the epoch. */
    public record Entry(ScoringModel model, String ref, long effectiveAt) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Entry> byRef = new HashMap<>();

    /**
     * Adds a version. The first of a reference wins: a version is never changed.
     *
     * @return whether it was new
     */
    public boolean add(ScoringModel model, long effectiveAt) {
        Entry entry = new Entry(model, model.ref(), effectiveAt);
        if (byRef.putIfAbsent(entry.ref(), entry) != null) {
            return false;
        }
        int i = entries.size();
        while (i > 0 && after(entries.get(i - 1), entry)) {
            i--;
        }
        entries.add(i, entry);
        return true;
    }

    private static boolean after(Entry a, Entry b) {
        if (a.effectiveAt != b.effectiveAt) {
            return a.effectiveAt > b.effectiveAt;
        }
        if (a.model.version() != b.model.version()) {
            return a.model.version() > b.model.version();
        }
        return a.model.modelId().compareTo(b.model.modelId()) > 0;
    }

    /** Whether no version is known. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** All versions in the order in which they take effect. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * The version in force at an instant.
     *
     * @throws IllegalStateException when no version is known
     */
    public Entry at(long time) {
        if (entries.isEmpty()) {
            throw new IllegalStateException("No model is known: publish one before events are applied.");
        }
        int i = entries.size() - 1;
        while (i > 0 && entries.get(i).effectiveAt > time) {
            i--;
        }
        return entries.get(i);
    }

    /** The version of that reference; null when it is not known. */
    public @Nullable Entry named(String ref) {
        return byRef.get(ref);
    }
}
