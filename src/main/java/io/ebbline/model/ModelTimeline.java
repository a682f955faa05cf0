package io.ebbline.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every known version and the instant it takes effect. At an instant t the model in force is the latest that took effect at or
 * before t (ties: the higher version, then the greater id); before the first one, the first one. If the latest cut points
 * that took effect at or before t (same ties) did so no earlier than that model, they take the place of its own.
 *
 * <p>What it answers depends on the set of versions alone, not on the order in which they were added. Not safe for use by
 * several threads.
 */
public final class ModelTimeline {

    /** Stands between the names of versions that lie over each other, as in {@code default/1+population/20190}. */
    static final String OVER = "+";

    /**
     * What is in force from an instant on, milliseconds since the epoch.
     *
     * @param ref the version's name, or that of a model and of the cut points over it, joined by a plus
     */
    public record Entry(ScoringModel model, String ref, long effectiveAt) {}

    private record Overlay(CutPoints cuts, long effectiveAt) {}

    private static final Comparator<Entry> ENTRIES =
            Comparator.comparingLong(Entry::effectiveAt).thenComparing(Entry::model, versions());
    private static final Comparator<Overlay> OVERLAYS =
            Comparator.comparingLong(Overlay::effectiveAt).thenComparing(Overlay::cuts, versions());

    private final List<Entry> entries = new ArrayList<>();
    private final List<Overlay> overlays = new ArrayList<>();
    private final Map<String, Entry> models = new HashMap<>();
    private final Map<String, Overlay> cuts = new HashMap<>();

    private final OfferTimeline offers = new OfferTimeline();
    private final RateTimeline rates = new RateTimeline();

    /** The names of the versions that those two hold. */
    private final Set<String> others = new HashSet<>();

    /** Models with cut points over them, made when they are first asked for. */
    private final Map<String, Entry> combined = new HashMap<>();

    /** What is in force, in the order of time; empty when it has to be found out anew. */
    private final List<Entry> inForce = new ArrayList<>();

    private static <V extends ModelVersion> Comparator<V> versions() {
        return Comparator.<V>comparingInt(ModelVersion::version).thenComparing(ModelVersion::modelId);
    }

    /**
     * Adds a version. The first of a reference wins: a version is never changed.
     *
     * @return whether it was new
     */
    public boolean add(ModelVersion version, long effectiveAt) {
        String ref = version.ref();
        if (models.containsKey(ref) || cuts.containsKey(ref) || others.contains(ref)) {
            return false;
        }
        if (version instanceof ScoringModel model) {
            Entry entry = new Entry(model, ref, effectiveAt);
            models.put(ref, entry);
            insert(entries, entry, ENTRIES);
        } else if (version instanceof CutPoints points) {
            Overlay overlay = new Overlay(points, effectiveAt);
            cuts.put(ref, overlay);
            insert(overlays, overlay, OVERLAYS);
        } else {
            others.add(ref);
            if (version instanceof ExchangeRates exchange) {
                rates.add(exchange, effectiveAt);
            } else {
                offers.add(version, effectiveAt);
            }
            return true;
        }
        inForce.clear();
        return true;
    }

    /** Offers, contact policy and catalogue. */
    public OfferTimeline offers() {
        return offers;
    }

    /** What other currencies are worth. */
    public RateTimeline rates() {
        return rates;
    }

    private static <T> void insert(List<T> sorted, T item, Comparator<T> order) {
        int i = sorted.size();
        while (i > 0 && order.compare(sorted.get(i - 1), item) > 0) {
            i--;
        }
        sorted.add(i, item);
    }

    /** Whether no model is known. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** All models in the order in which they take effect. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * What is in force at an instant.
     *
     * @throws IllegalStateException when no model is known
     */
    public Entry at(long time) {
        if (entries.isEmpty()) {
            throw new IllegalStateException("No model is known: publish one before events are applied.");
        }
        if (inForce.isEmpty()) {
            findWhatIsInForce();
        }
        int low = 0;
        int high = inForce.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (inForce.get(middle).effectiveAt <= time) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return inForce.get(low);
    }

    /** One pass over both lists: cut points lie over the model before them until the next model. */
    private void findWhatIsInForce() {
        int next = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry model = entries.get(i);
            long end = i + 1 < entries.size() ? entries.get(i + 1).effectiveAt : Long.MAX_VALUE;
            inForce.add(model);
            while (next < overlays.size() && overlays.get(next).effectiveAt < model.effectiveAt) {
                next++;
            }
            while (next < overlays.size() && (overlays.get(next).effectiveAt < end || i + 1 == entries.size())) {
                inForce.add(over(model, overlays.get(next++)));
            }
        }
    }

    private Entry over(Entry model, Overlay overlay) {
        return combined.computeIfAbsent(model.ref + OVER + overlay.cuts.ref(), ref -> {
            CutPoints points = overlay.cuts;
            ScoringModel changed = model.model.withCuts(points.recency(), points.frequency(), points.monetary());
            return new Entry(changed, ref, overlay.effectiveAt);
        });
    }

    /** What that reference names; null when it is not known. */
    public @Nullable Entry named(String ref) {
        Entry known = models.get(ref);
        if (known == null) {
            known = combined.get(ref);
        }
        if (known == null && ref.contains(OVER)) {
            String[] names = parts(ref);
            Entry model = models.get(names[0]);
            Overlay overlay = names.length == 2 ? cuts.get(names[1]) : null;
            return model == null || overlay == null ? null : over(model, overlay);
        }
        return known;
    }

    /** The names of the versions that a reference joins. */
    public static String[] parts(String ref) {
        return ref.contains(OVER) ? ref.split("\\" + OVER, -1) : new String[] {ref};
    }
}
