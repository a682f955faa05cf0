package io.ebbline.offer;

import io.ebbline.event.Hash64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What follows what among categories: exact counts of some orders of one tick that merge by addition, in any order.
 *
 * <p>Of more than {@link AffinityRules#CATEGORIES} those are held whose names have the smallest hashes: who is among the smallest
 * of all is among the smallest of every part, so their counts are complete however the parts were cut and merged (a bottom-k
 * sketch, Cohen and Kaplan 2007). Mutable, for one thread.
 */
public final class CategoryCounts {

    /** What is counted of one category. */
    public static final class Row {
        private long chances;
        private long first;
        private final TreeMap<String, Long> to = new TreeMap<>();

        /** Orders of customers who owned something of it. */
        public long chances() {
            return chances;
        }

        /** Those of customers who owned anything, in which something of it was bought for the first time. */
        public long first() {
            return first;
        }

        /** By category, sorted: orders of customers who owned something of this one, in which something of that was bought for the first time. */
        public Map<String, Long> to() {
            return to;
        }
    }

    static final Comparator<String> BY_HASH =
            Comparator.<String>comparingLong(Hash64::of).thenComparing(Comparator.naturalOrder());

    private final TreeSet<String> names = new TreeSet<>(BY_HASH);
    private final Map<String, Row> rows = new HashMap<>();

    /** Adds to the counts of a category. */
    public void add(String name, long chances, long first) {
        if (admit(name)) {
            Row row = row(name);
            row.chances += chances;
            row.first += first;
        }
    }

    /** Adds to the count of a pair. */
    public void addPair(String from, String to, long count) {
        boolean both = admit(from);
        both &= admit(to);
        if (both && names.contains(from)) {
            row(from).to.merge(to, count, Long::sum);
        }
    }

    void merge(CategoryCounts other) {
        other.rows.forEach((name, row) -> {
            add(name, row.chances, row.first);
            row.to.forEach((to, count) -> addPair(name, to, count));
        });
    }

    /** The categories that are held, sorted by name. */
    public Map<String, Row> rows() {
        return new TreeMap<>(rows);
    }

    private Row row(String name) {
        return rows.computeIfAbsent(name, unused -> new Row());
    }

    private boolean admit(String name) {
        if (names.add(name) && names.size() > AffinityRules.CATEGORIES) {
            String out = names.pollLast();
            rows.remove(out);
            rows.values().forEach(row -> row.to.remove(out));
        }
        return names.contains(name);
    }
}
