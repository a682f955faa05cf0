package io.ebbline.cli.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what the output topics and the feed say. Safe for use by several threads. */
public final class LiveState {
    private static final int NEWEST = 4;
    private static final long RATE_WINDOW_NANOS = 5_000_000_000L;

    private record Sample(long nanos, long events) {}

    private final String title;
    private final long eventsTotal;
    private final Addresses addresses;
    private final Map<String, Standing> customers = new HashMap<>();
    private final Map<Standing, Standing> standings = new HashMap<>();
    private final SortedMap<String, Long> segments = new TreeMap<>();
    private final SortedMap<String, Long> stages = new TreeMap<>();
    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private final long[][] grid = new long[5][5];
    private final Deque<Transition> newest = new ArrayDeque<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private String phase = "";
    private long transitions;
    private long eventsFed;
    private OptionalLong watermark = OptionalLong.empty();

    /**
     * Nothing so far.
     *
     * @param title what is fed
     * @param eventsTotal events of the feed
     */
    public LiveState(String title, long eventsTotal, Addresses addresses) {
        this.title = title;
        this.eventsTotal = eventsTotal;
        this.addresses = addresses;
    }

    /** Says what goes on, in a few words. */
    public synchronized void phase(String words) {
        phase = words;
    }

    /** A customer's newest score; null when the customer is gone. */
    public synchronized void score(String customer, @Nullable Standing standing) {
        // Few differ, customers are many.
        Standing shared = standing == null ? null : standings.computeIfAbsent(standing, s -> s);
        Standing before = shared == null ? customers.remove(customer) : customers.put(customer, shared);
        if (before != null) {
            count(before, -1);
        }
        if (shared != null) {
            count(shared, 1);
        }
    }

    /** A change of stage or segment, in the order of its topic. */
    public synchronized void transition(Transition transition) {
        transitions++;
        newest.addFirst(transition);
        if (newest.size() > NEWEST) {
            newest.removeLast();
        }
    }

    /** A record rejected, or found late, for that reason. */
    public synchronized void rejected(String reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    /**
     * How far the feed has come.
     *
     * @param events fed so far
     * @param nanos now, as {@link System#nanoTime} has it
     */
    public synchronized void fed(long events, long nanos) {
        eventsFed = events;
        samples.addLast(new Sample(nanos, events));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > RATE_WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** How far the customer operator has come, milliseconds since the epoch. */
    public synchronized void watermark(OptionalLong time) {
        if (time.isPresent()) {
            watermark = time;
        }
    }

    /** Customers who have a score. */
    public synchronized long scored() {
        return customers.size();
    }

    /**
     * A copy that does not change.
     *
     * @param nanos now, as {@link System#nanoTime} has it
     */
    public synchronized LiveSnapshot snapshot(long nanos) {
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : grid) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new LiveSnapshot(
                title,
                phase,
                eventsFed,
                eventsTotal,
                rate(nanos),
                watermark,
                customers.size(),
                new TreeMap<>(segments),
                new TreeMap<>(stages),
                rows,
                transitions,
                List.copyOf(newest),
                new TreeMap<>(rejected),
                addresses);
    }

    private long rate(long now) {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long nanos = last.nanos() - first.nanos();
        if (now - last.nanos() > RATE_WINDOW_NANOS) {
            return 0;
        }
        return nanos <= 0 ? 0 : Math.round((last.events() - first.events()) * 1e9 / nanos);
    }

    private void count(Standing standing, long by) {
        add(stages, standing.stage(), by);
        String segment = standing.segment();
        if (segment != null) {
            add(segments, segment, by);
            grid[standing.recency() - 1][standing.frequency() - 1] += by;
        }
    }

    private static void add(SortedMap<String, Long> counts, String name, long by) {
        long now = counts.merge(name, by, Long::sum);
        if (now == 0) {
            counts.remove(name);
        }
    }
}
