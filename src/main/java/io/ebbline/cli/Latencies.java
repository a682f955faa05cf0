package io.ebbline.cli;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How long answers took. An event is answered by the first answer on its customer that is as of its time or a later one. */
final class Latencies {

    private final Map<String, Deque<Long>> open = new HashMap<>();
    private long from = Long.MAX_VALUE;
    private long[] millis = new long[1 << 12];
    private int count;

    /** Events from an instant on count, those before do not. */
    synchronized void countFrom(long instant) {
        from = instant;
    }

    /** An event has been made; those of one customer come in order of time. */
    synchronized void made(String customer, long time) {
        open.computeIfAbsent(customer, key -> new ArrayDeque<>(2)).add(time);
    }

    /** An answer has come. */
    synchronized void answered(String customer, long asOf, long now) {
        Deque<Long> waiting = open.get(customer);
        while (waiting != null && !waiting.isEmpty() && waiting.peek() <= asOf) {
            long made = waiting.remove();
            if (made >= from) {
                millis = count == millis.length ? Arrays.copyOf(millis, 2 * count) : millis;
                millis[count++] = now - made;
            }
        }
        if (waiting != null && waiting.isEmpty()) {
            open.remove(customer);
        }
    }

    /** Whether an answer to every event has come. */
    synchronized boolean isDone() {
        return open.isEmpty();
    }

    /** Events that count and have no answer. */
    synchronized long unanswered() {
        return open.values().stream()
                .flatMap(Deque::stream)
                .filter(made -> made >= from)
                .count();
    }

    /** Events that count and have an answer. */
    synchronized int count() {
        return count;
    }

    /** The time, milliseconds, within which a share of the answered events were: the nearest rank. NaN when there are none. */
    synchronized double quantile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
    }
}
