package io.ebbline.operator;

import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which customers have waiting events, by when the first of them is due. It spares a Flink timer per waiting event.
 *
 * <p>A customer whose first event changes is simply entered again; an entry that has become stale costs one look at the
 * customer when it comes up.
 */
final class PendingIndex {

    private record Waiting(long due, String key) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return Long.compare(due, other.due);
        }
    }

    private final PriorityQueue<Waiting> queue = new PriorityQueue<>();

    /** Notes that a customer's first waiting event is due then. */
    void add(String key, long due) {
        queue.add(new Waiting(due, key));
    }

    /** Takes out a customer who is due at the watermark, the earliest first; null when nobody is. */
    @Nullable
    String pollDue(long watermark) {
        Waiting first = queue.peek();
        if (first == null || first.due > watermark) {
            return null;
        }
        queue.poll();
        return first.key;
    }

    /** Shows every entry. */
    void forEach(BiConsumer<String, Long> action) {
        queue.forEach(waiting -> action.accept(waiting.key, waiting.due));
    }

    /** Entries, stale ones included. */
    int size() {
        return queue.size();
    }
}
