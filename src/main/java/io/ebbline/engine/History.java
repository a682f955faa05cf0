package io.ebbline.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a customer so that a late event can be put where it belongs: the packed profile as it was before a span of
 * event time, and what was applied and told in it. Spans are as long as the horizon and lie on its grid. Two are kept, the one
 * that is going on and the one before, so that whatever is younger than the horizon can be done again.
 *
 * <p>A span's beginning may be in a store: then only what came since is here. Mutable, for one thread.
 */
public final class History {

    /** Bytes that a span's entries take, at most; of a span with more nothing is kept. */
    public static final int ROOM = 128 << 10;

    /** A span. */
    public static final class Span {

        private final long end;
        private final int slot;
        private byte @Nullable [] base;
        private List<Kept> entries = new ArrayList<>(0);
        private int weight;
        private boolean corrected;

        private Span(long end, int slot, byte @Nullable [] base) {
            this.end = end;
            this.slot = slot;
            this.base = base;
        }

        /**
         * A span whose beginning is in the store.
         *
         * @param corrected whether something that was told in it was taken back
         */
        public static Span stored(long end, int slot, int weight, boolean corrected) {
            Span span = new Span(end, slot, null);
            span.weight = weight;
            span.corrected = corrected;
            return span;
        }

        /** The first instant that is not in it any more. */
        public long end() {
            return end;
        }

        /** Where it is stored: 0 or 1, never that of the other span. */
        public int slot() {
            return slot;
        }

        /** The packed profile before it; null: it is in the store. */
        public byte @Nullable [] base() {
            return base;
        }

        /** Entries that are not in the store. */
        public List<Kept> entries() {
            return entries;
        }

        /** Bytes of all its entries, about. */
        public int weight() {
            return weight;
        }

        /** Whether something that was told in it was taken back: its id must not be used again. */
        public boolean isCorrected() {
            return corrected;
        }

        /** Whether more happened than is kept: then nothing is. */
        public boolean isOverfull() {
            return weight > ROOM;
        }

        /** All that is here is in the store now. */
        public void settled() {
            base = null;
            entries = new ArrayList<>(0);
        }

        void add(Kept entry) {
            if (!isOverfull()) {
                entries.add(entry);
                corrected |= entry instanceof Kept.Told told && told.takenBack();
                weight += entry.weight();
                if (isOverfull()) {
                    settled();
                }
            }
        }

        Span copy() {
            Span copy = new Span(end, slot, base);
            copy.entries.addAll(entries);
            copy.weight = weight;
            copy.corrected = corrected;
            return copy;
        }
    }

    private @Nullable Span previous;
    private @Nullable Span current;

    /** The spans kept, the one that is going on last. */
    public List<Span> spans() {
        if (current == null) {
            return List.of();
        }
        return previous == null ? List.of(current) : List.of(previous, current);
    }

    /** Takes over spans, oldest first, two at most. */
    public void restore(List<Span> spans) {
        int size = spans.size();
        current = size == 0 ? null : spans.get(size - 1);
        previous = size < 2 ? null : spans.get(size - 2);
    }

    /**
     * Something is about to be done as of an instant, which never falls: begins a span if it lies in a new one.
     *
     * @param horizon length of a span, milliseconds
     * @param profile packs the profile as it is before
     * @return bytes of the profile if one was packed, else 0
     */
    public int before(long instant, long horizon, Supplier<byte[]> profile) {
        Span last = current;
        if (last != null && instant < last.end) {
            return 0;
        }
        // What was done before a span that is over for as long as the horizon is of no use to whatever is not too old.
        previous = last == null || instant - last.end >= horizon ? null : last;
        int slot = last == null ? 0 : previous == null ? last.slot : 1 - last.slot;
        long start = Math.floorDiv(instant, horizon) * horizon;
        byte[] base = profile.get();
        current = new Span(start + horizon, slot, base);
        return base.length;
    }

    /** Keeps an entry of the span that is going on. */
    public void add(Kept entry) {
        if (current != null) {
            current.add(entry);
        }
    }

    /** Forgets all. */
    public void clear() {
        previous = null;
        current = null;
    }
}
