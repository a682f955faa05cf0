package io.ebbline.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Versions of one kind in the order in which they take effect; of two at one instant the lower version comes first, then the
 * lesser id. What it answers depends on the set of versions alone.
 */
final class Versions<V extends ModelVersion> {

    private record Dated<V>(V version, long effectiveAt) {}

    private final Comparator<Dated<V>> order = Comparator.<Dated<V>>comparingLong(Dated::effectiveAt)
            .thenComparing(dated -> dated.version.version())
            .thenComparing(dated -> dated.version.modelId());

    private final List<Dated<V>> sorted = new ArrayList<>();

    void add(V version, long effectiveAt) {
        Dated<V> dated = new Dated<>(version, effectiveAt);
        int i = sorted.size();
        while (i > 0 && order.compare(sorted.get(i - 1), dated) > 0) {
            i--;
        }
        sorted.add(i, dated);
    }

    /** The last that took effect at or before an instant; null: none did. */
    @Nullable
    V newest(long time) {
        V newest = null;
        for (Dated<V> dated : sorted) {
            if (dated.effectiveAt <= time) {
                newest = dated.version;
            }
        }
        return newest;
    }

    /** Of every line the last that took effect at or before an instant, in the order in which they did. */
    Collection<V> newestOfLines(long time) {
        Map<String, V> lines = new LinkedHashMap<>();
        for (Dated<V> dated : sorted) {
            if (dated.effectiveAt <= time) {
                lines.remove(dated.version.modelId()); // Else it would keep its predecessor's place in the order.
                lines.put(dated.version.modelId(), dated.version);
            }
        }
        return lines.values();
    }
}
