package io.ebbline.population;

import io.ebbline.event.Hash64;
import io.ebbline.event.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How often an order of one category followed one of another, and what it came to: exact counts and sums that merge by addition,
 * in any order.
 *
 * <p>At most {@value #CAPACITY} categories are held apart; a shop that has more is told of those whose names have the smallest
 * hashes, and of the rest as {@link #OTHER}. That choice depends on nothing but the set of categories: who is among the smallest
 * of all is among the smallest of every part, so their counts are complete however the parts were cut and merged (a bottom-k
 * sketch, Cohen and Kaplan 2007).
 */
public final class Switches {

    /** Categories held apart at most. */
    public static final int CAPACITY = 256;

    /** From here: the first order of a customer. To here: the customer was forgotten. No category has this name. */
    public static final String NONE = "";

    /** All categories that are not held apart. No category has this name. */
    public static final String OTHER = " ";

    /** Sees the orders that followed from one category to another. */
    public interface Visitor {
        void see(String from, String to, long count, long minor);
    }

    private record Way(String from, String to) {

        /** The same with a category among the others. */
        Way without(String name) {
            return new Way(from.equals(name) ? OTHER : from, to.equals(name) ? OTHER : to);
        }
    }

    private static final class Sum {
        long count;
        long minor;
    }

    private static final Comparator<String> BY_HASH =
            Comparator.<String>comparingLong(Hash64::of).thenComparing(Comparator.naturalOrder());
    private static final Comparator<Way> BY_NAME =
            Comparator.comparing(Way::from).thenComparing(Way::to);

    private final Map<Way, Sum> sums = new HashMap<>();
    private final TreeSet<String> names = new TreeSet<>(BY_HASH);
    private final Cells days;

    /** Of no order. */
    public Switches() {
        this(new Cells());
    }

    /**
     * Of no switch yet, but of these days, which it goes on to change.
     *
     * @param days by day, {@link Tick}: orders and what they came to
     */
    public Switches(Cells days) {
        this.days = days;
    }

    // ---- folds

    /**
     * Adds an order, or that a customer is forgotten.
     *
     * @param minor what the order came to, minor units
     * @param asOf milliseconds since the epoch
     */
    public void order(String from, String to, long minor, long asOf) {
        add(from, to, 1, minor);
        if (!to.equals(NONE)) {
            days.add(Tick.of(asOf), 1, minor);
        }
    }

    /** Adds to a count and its sum; also how stored ones are read back. */
    public void add(String from, String to, long count, long minor) {
        Way way = new Way(from, to);
        Sum sum = sums.get(way);
        if (sum == null) {
            admit(from);
            admit(to);
            sum = sums.computeIfAbsent(new Way(held(from), held(to)), w -> new Sum());
        }
        sum.count += count;
        sum.minor += minor;
    }

    /** Adds another's counts and sums. */
    public void merge(Switches other) {
        other.sums.forEach((way, sum) -> add(way.from, way.to, sum.count, sum.minor));
        days.merge(other.days);
    }

    private void admit(String name) {
        if (name.isBlank() || !names.add(name) || names.size() <= CAPACITY) {
            return;
        }
        String out = names.last();
        names.remove(out);
        List<Way> folded = new ArrayList<>();
        for (Way way : sums.keySet()) {
            if (way.from.equals(out) || way.to.equals(out)) {
                folded.add(way);
            }
        }
        for (Way way : folded) {
            Sum gone = sums.remove(way);
            Sum into = sums.computeIfAbsent(way.without(out), w -> new Sum());
            into.count += gone.count;
            into.minor += gone.minor;
        }
    }

    private String held(String name) {
        return name.isBlank() || names.contains(name) ? name : OTHER;
    }

    // ---- what is known

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return sums.isEmpty();
    }

    /** By day: orders and what they came to. */
    public Cells days() {
        return days;
    }

    /** Shows every way that was taken, sorted by name. */
    public void forEach(Visitor visitor) {
        TreeMap<Way, Sum> sorted = new TreeMap<>(BY_NAME);
        sorted.putAll(sums);
        sorted.forEach((way, sum) -> visitor.see(way.from, way.to, sum.count, sum.minor));
    }
}
