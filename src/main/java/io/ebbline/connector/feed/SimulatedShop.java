package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A shop that does not exist: customers of different rhythms who look, buy and give back, and a line to Kafka that repeats,
 * delays, misdates and damages some of it. One seed gives the same records in every run and on every machine.
 *
 * <p>Of a customer, {@code c1} to {@code c<n>}, the events have the ids {@code c1/1}, {@code c1/2} and so on. A record
 * arrives within two seconds; a repetition within seven more; a late one is later than {@link #LATENESS} by one minute to
 * two hours; an event from the future is two days or more ahead of its record's time.
 */
public final class SimulatedShop {

    /** The lateness bound that late events break, milliseconds. */
    public static final long LATENESS = Duration.ofSeconds(10).toMillis();

    /** Of all amounts. */
    public static final String CURRENCY = "EUR";

    static final int MINOR_DIGITS = 2;

    private final List<SimulatedCustomer> customers = new ArrayList<>();
    private final History history;

    /** A shop in which as much goes wrong as {@link ShopRates#defaults()} says. */
    public SimulatedShop(long seed, int customers, int days, Instant start) {
        this(seed, customers, days, start, ShopRates.defaults());
    }

    /**
     * A shop and all that happened in it.
     *
     * @param customers how many, at least 1; each buys at least once, in daytime
     * @param days how long it is open, at least 1; nothing happens afterwards
     * @param start first instant of the first day
     */
    public SimulatedShop(long seed, int customers, int days, Instant start, ShopRates rates) {
        if (customers < 1 || days < 1) {
            throw new IllegalArgumentException(
                    "A shop has at least 1 customer and 1 day, not " + customers + " and " + days + ".");
        }
        long first = start.toEpochMilli();
        long until = first + Duration.ofDays(days).toMillis();
        List<FeedRecord> records = new ArrayList<>();
        for (int number = 1; number <= customers; number++) {
            Mishaps mishaps = new Mishaps(seed, number, rates, records::add);
            Shopper shopper = new Shopper(seed, number, first, until, rates, mishaps::pass);
            shopper.live();
            this.customers.add(shopper.customer());
        }
        // Stable, so that what arrives together stays in the order of customers.
        records.sort(Comparator.comparingLong(FeedRecord::arrival));
        history = new History(records, newest(records), CURRENCY);
    }

    /** What the shop sends, in order of arrival. Its end is the newest event that is not from the future. */
    public History history() {
        return history;
    }

    /** The truth about the customers, by number. */
    public List<SimulatedCustomer> customers() {
        return List.copyOf(customers);
    }

    private static long newest(List<FeedRecord> records) {
        long newest = Long.MIN_VALUE;
        for (FeedRecord r : records) {
            Event event = r.event();
            if (event != null && event.time() <= r.recordTime()) {
                newest = Math.max(newest, event.time());
            }
        }
        return newest;
    }
}
