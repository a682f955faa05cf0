package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what the output topics and the feed say. Safe for use by several threads. */
public final class LiveState {
    /** Days of event time in which flows between stages count. */
    static final int FLOW_DAYS = 28;

    private static final int NEWEST = 40;

    private final String title;
    private final long eventsTotal;
    private final Currency currency;
    private final Addresses addresses;
    private final Map<String, Standing> customers = new HashMap<>();
    private final Map<Standing, Standing> standings = new HashMap<>();
    private final SortedMap<String, Long> segments = new TreeMap<>();
    private final SortedMap<String, Long> stages = new TreeMap<>();
    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private final long[][] grid = new long[5][5];
    private final StageFlows flows = new StageFlows(FLOW_DAYS);
    private final Map<SignalKind, Long> signals = new EnumMap<>(SignalKind.class);
    private final Newest<Signal> leaving = new Newest<>(NEWEST, Signal.OLDEST_FIRST);
    private final Newest<Signal> returning = new Newest<>(NEWEST, Signal.OLDEST_FIRST);
    private final LiveOffers offers = new LiveOffers(NEWEST);
    private final Throughput throughput = new Throughput();
    private String phase = "";
    private long orders;
    private long transitions;
    private long eventsFed;
    private OptionalLong watermark = OptionalLong.empty();

    /**
     * Nothing so far.
     *
     * @param title what is fed
     * @param eventsTotal events of the feed
     * @param currency of every amount
     */
    public LiveState(String title, long eventsTotal, Currency currency, Addresses addresses) {
        this.title = title;
        this.eventsTotal = eventsTotal;
        this.currency = currency;
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

    /** A change of stage or segment. */
    public synchronized void transition(Transition transition) {
        transitions++;
        if (transition.stage()) {
            flows.add(transition.time(), transition.previous(), transition.current());
        }
    }

    /** A churn signal. */
    public synchronized void signal(Signal signal) {
        signals.merge(signal.kind(), 1L, Long::sum);
        (Signal.isReturn(signal.kind()) ? returning : leaving).add(signal);
    }

    /** A list of offers, or a withdrawal. */
    public synchronized void offer(OfferNews news) {
        offers.add(news);
    }

    /** Of an offer, or all of a kind, how many have ended up to some time, and how many of these were taken up. */
    public synchronized void ended(String id, long ended, long taken) {
        offers.ended(id, ended, taken);
    }

    /** Requests so far for which a cap left no offer. */
    public synchronized void capped(long requests) {
        offers.capped(requests);
    }

    /** Requests so far of customers in the holdout group. */
    public synchronized void heldOut(long requests) {
        offers.heldOut(requests);
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
        throughput.add(events, nanos);
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

    /** Lists of offers told. */
    public synchronized long offered() {
        return offers.totals().made();
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
                throughput.rate(nanos),
                throughput.history(nanos),
                watermark,
                customers.size(),
                orders,
                new TreeMap<>(segments),
                new TreeMap<>(stages),
                rows,
                flows.flows(),
                transitions,
                new EnumMap<>(signals),
                leaving.list(),
                returning.list(),
                offers.totals(),
                offers.newest(),
                new TreeMap<>(rejected),
                currency,
                addresses);
    }

    private void count(Standing standing, long by) {
        orders += by * standing.orders();
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
