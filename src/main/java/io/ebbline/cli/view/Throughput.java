package io.ebbline.cli.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Events per second, lately and in each of the newest seconds. For one thread. */
final class Throughput {
    /** Seconds that {@link #history} looks back. */
    static final int SECONDS = 60;

    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private record Sample(long nanos, long events) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final NavigableMap<Long, Long> bySecond = new TreeMap<>();

    /**
     * A reading of a counter that only grows.
     *
     * @param nanos now, as {@link System#nanoTime} has it
     */
    void add(long events, long nanos) {
        if (!samples.isEmpty()) {
            bySecond.merge(
                    Math.floorDiv(nanos, SECOND), events - samples.getLast().events(), Long::sum);
            bySecond.headMap(Math.floorDiv(nanos, SECOND) - SECONDS, false).clear();
        }
        samples.addLast(new Sample(nanos, events));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** Events per second over the newest five; 0 when there was no reading in that time. */
    long rate(long now) {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long nanos = last.nanos() - first.nanos();
        if (now - last.nanos() > WINDOW_NANOS) {
            return 0;
        }
        return nanos <= 0 ? 0 : Math.round((last.events() - first.events()) * 1e9 / nanos);
    }

    /** Events in each of the newest {@link #SECONDS} full seconds, the oldest first. */
    List<Long> history(long now) {
        long current = Math.floorDiv(now, SECOND);
        List<Long> history = new ArrayList<>();
        for (long second = current - SECONDS; second < current; second++) {
            history.add(bySecond.getOrDefault(second, 0L));
        }
        return history;
    }
}
