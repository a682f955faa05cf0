package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A shop that does not exist: customers of different {@link ShopSegment}s who look, buy, give back, complain, slip away and
 * sometimes return, and a line to Kafka that repeats, delays, misdates and damages some of it. One seed gives the same records
 * in every run and on every machine, and each customer's are the same however many there are.
 *
 * <p>Of a customer, {@code c1} to {@code c<n>}, the events have the ids {@code c1/1}, {@code c1/2} and so on, in no order; what the
 * shop's campaign tool reports has ids of its own, {@code c1/campaign/1} and so on. A record, or its repetition, arrives within {@link #LATENESS} unless it is late: then by one minute to three days more. An event
 * from the future is two days or more ahead of its record's time.
 *
 * <p>Iterating makes the records, in order of arrival, as it goes; nothing is kept.
 *
 * @param customers how many, at least 1; half of them come in the first two weeks, the others at any time
 * @param days how long it is open, at least 1; nothing happens afterwards
 * @param start first instant of the first day
 */
public record SimulatedShop(long seed, int customers, int days, Instant start, ShopRates rates)
        implements Iterable<FeedRecord> {

    /** The lateness bound that late events break, milliseconds. */
    public static final long LATENESS = Duration.ofSeconds(10).toMillis();

    /** Of all amounts. */
    public static final String CURRENCY = "EUR";

    static final int MINOR_DIGITS = 2;

    /**
     * How much a shop sends.
     *
     * @param records how many
     * @param end newest time of a credible event, milliseconds since the epoch; the shop's start when there is none
     */
    public record Extent(long records, long end) {}

    public SimulatedShop {
        if (customers < 1 || days < 1) {
            throw new IllegalArgumentException(
                    "A shop has at least 1 customer and 1 day, not " + customers + " and " + days + ".");
        }
    }

    /** A shop in which as much goes wrong as {@link ShopRates#defaults()} says. */
    public SimulatedShop(long seed, int customers, int days, Instant start) {
        this(seed, customers, days, start, ShopRates.defaults());
    }

    @Override
    public Iterator<FeedRecord> iterator() {
        return new ShopFeed(seed, customers, start.toEpochMilli(), close(), rates);
    }

    /** First instant after the last day, milliseconds since the epoch. */
    public long close() {
        return start.toEpochMilli() + Duration.ofDays(days).toMillis();
    }

    /** Counts all that it sends. Takes as long as making it. */
    public Extent extent() {
        long records = 0;
        long end = start.toEpochMilli();
        for (FeedRecord record : this) {
            records++;
            end = Math.max(end, History.credible(record));
        }
        return new Extent(records, end);
    }

    /** All that it sends, in memory. */
    public History history() {
        List<FeedRecord> records = new ArrayList<>();
        iterator().forEachRemaining(records::add);
        return History.ofFeed(records, start.toEpochMilli(), CURRENCY);
    }

    /** The truth about customers and products. */
    public ShopTruth truth() {
        return new ShopTruth(this);
    }
}
