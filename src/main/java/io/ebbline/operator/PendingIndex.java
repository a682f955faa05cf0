package io.ebbline.operator;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which customers have waiting events, by when the first of them is due. It spares a Flink timer per waiting event.
 *
 * <p>Two parallel arrays without an order, swept when the watermark passes the earliest entry. A sweep of an array of longs
 * costs a millisecond for a million entries; a heap costs a dozen cache misses for each of them. A customer whose first event
 * changes is simply entered again; an entry that has become stale costs one look at the customer when it comes up.
 *
 * @param <H> hints where the customer is to be found; kept beside the key, never stored
 */
final class PendingIndex<H> {

    private long[] dues = new long[64];
    private @Nullable String[] keys = new String[64];
    private @Nullable Object[] hints = new Object[64];
    private int size;
    private long earliest = Long.MAX_VALUE;

    /** Those that the last sweep found due, not polled yet. */
    private @Nullable String[] found = new String[64];

    private @Nullable Object[] foundHints = new Object[64];
    private @Nullable Object polledHint;

    private int foundSize;
    private int polled;

    /** Notes that a customer's first waiting event is due then. */
    void add(String key, long due, @Nullable H hint) {
        if (size == dues.length) {
            dues = Arrays.copyOf(dues, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
            hints = Arrays.copyOf(hints, 2 * size);
        }
        dues[size] = due;
        hints[size] = hint;
        keys[size++] = key;
        earliest = Math.min(earliest, due);
    }

    /**
     * Takes out a customer who is due at the watermark, in no order; null when nobody is. Poll until null before anything is
     * stored.
     */
    @Nullable
    String pollDue(long watermark) {
        if (polled == foundSize && !sweep(watermark)) {
            return null;
        }
        String key = found[polled];
        polledHint = foundHints[polled];
        found[polled] = null;
        foundHints[polled++] = null;
        return key;
    }

    /** The hint of whoever was polled last. */
    @SuppressWarnings("unchecked") // Only what add took is here.
    @Nullable
    H hint() {
        return (H) polledHint;
    }

    /** When the first entry that was not polled is due; {@code Long.MAX_VALUE} when there is none. Not while polling. */
    long earliest() {
        return earliest;
    }

    private boolean sweep(long watermark) {
        polled = 0;
        foundSize = 0;
        if (size == 0 || earliest > watermark) {
            return false;
        }
        earliest = Long.MAX_VALUE;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (dues[i] <= watermark) {
                if (foundSize == found.length) {
                    found = Arrays.copyOf(found, 2 * foundSize);
                    foundHints = Arrays.copyOf(foundHints, 2 * foundSize);
                }
                foundHints[foundSize] = hints[i];
                found[foundSize++] = keys[i];
            } else {
                dues[kept] = dues[i];
                hints[kept] = hints[i];
                keys[kept++] = keys[i];
                earliest = Math.min(earliest, dues[i]);
            }
        }
        Arrays.fill(keys, kept, size, null);
        Arrays.fill(hints, kept, size, null);
        size = kept;
        return foundSize > 0;
    }

    /** Shows every entry. */
    void forEach(BiConsumer<String, Long> action) {
        for (int i = 0; i < size; i++) {
            String key = keys[i];
            if (key != null) {
                action.accept(key, dues[i]);
            }
        }
    }

    /** Entries, stale ones included. */
    int size() {
        return size;
    }
}
