package io.ebbline.fit;

import io.ebbline.model.BuyingModel;
import io.ebbline.model.Evidence;
import io.ebbline.profile.ShopClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One customer's orders as the engine counts them: all that a fit reads. Whatever is asked as of an instant is answered from
 * what had happened by then.
 *
 * <p>An occasion is a day of the shop on which the customer began an order, as in {@link io.ebbline.profile.Rhythm}; the time
 * between two is from the last order of one to the first of the next. Instants are milliseconds since the epoch.
 */
public final class Buyer {

    private static final double DAY_MILLIS = 86_400_000;
    private static final double LN_2 = 0.6931471805599453;

    /** By the orders: who compare as equal are alike to every question about occasions. */
    static final Comparator<Buyer> ORDER = Comparator.<Buyer, long[]>comparing(buyer -> buyer.times, Arrays::compare)
            .thenComparing(buyer -> buyer.begins, Arrays::compare)
            .thenComparing(buyer -> buyer.days, Arrays::compare);

    /** Ascending. A purchase that adds lines to an order already begun is a booking without one. */
    private final long[] times;

    private final long[] minor;
    private final double[] units;
    private final boolean[] begins;
    private final int[] days;
    private final long[] returnTimes;
    private final long[] returnMinor;

    Buyer(
            long[] times,
            long[] minor,
            double[] units,
            boolean[] begins,
            long[] returnTimes,
            long[] returnMinor,
            ShopClock clock) {
        this(
                times,
                minor,
                units,
                begins,
                Arrays.stream(times)
                        .mapToInt(time -> Math.toIntExact(clock.day(time)))
                        .toArray(),
                returnTimes,
                returnMinor);
    }

    private Buyer(
            long[] times,
            long[] minor,
            double[] units,
            boolean[] begins,
            int[] days,
            long[] returnTimes,
            long[] returnMinor) {
        this.times = times;
        this.minor = minor;
        this.units = units;
        this.begins = begins;
        this.days = days;
        this.returnTimes = returnTimes;
        this.returnMinor = returnMinor;
    }

    /**
     * What is known of a buyer at an instant.
     *
     * @param orders orders begun, 1 or more
     * @param repeats occasions after the first
     * @param spanDays from the first order to the last
     * @param silenceDays since the last order
     * @param logGaps sum of the natural logarithms of the gaps between occasions, days; each at least a millisecond
     * @param grossMinor what was bought, minor units
     * @param returnedMinor what was returned, as a positive number, minor units
     * @param units how many units were bought
     */
    public record Sample(
            long orders,
            long repeats,
            double spanDays,
            double silenceDays,
            double logGaps,
            long grossMinor,
            long returnedMinor,
            double units) {

        /** Days since the first order: the model literature's T. */
        public double ageDays() {
            return spanDays + silenceDays;
        }
    }

    /**
     * A purchase or a return as it was booked.
     *
     * @param time milliseconds since the epoch
     * @param minor what was bought, or returned, minor units
     * @param units how many units were bought; 0 of a return
     * @param begins whether it began an order; never of a return
     */
    public record Booking(long time, long minor, double units, boolean begins) {}

    /**
     * A buyer of these bookings.
     *
     * @param purchases at least one, the first of them begins an order; by time
     * @param returns by time
     */
    public static Buyer of(List<Booking> purchases, List<Booking> returns, ShopClock clock) {
        int size = purchases.size();
        boolean[] begins = new boolean[size];
        for (int i = 0; i < size; i++) {
            begins[i] = purchases.get(i).begins();
        }
        return new Buyer(
                purchases.stream().mapToLong(Booking::time).toArray(),
                purchases.stream().mapToLong(Booking::minor).toArray(),
                purchases.stream().mapToDouble(Booking::units).toArray(),
                begins,
                returns.stream().mapToLong(Booking::time).toArray(),
                returns.stream().mapToLong(Booking::minor).toArray(),
                clock);
    }

    /** What was bought, by time. */
    public List<Booking> purchases() {
        List<Booking> purchases = new ArrayList<>(times.length);
        for (int i = 0; i < times.length; i++) {
            purchases.add(new Booking(times[i], minor[i], units[i], begins[i]));
        }
        return purchases;
    }

    /** What was returned, by time. */
    public List<Booking> returns() {
        List<Booking> returns = new ArrayList<>(returnTimes.length);
        for (int i = 0; i < returnTimes.length; i++) {
            returns.add(new Booking(returnTimes[i], returnMinor[i], 0, false));
        }
        return returns;
    }

    /**
     * The same buyer with all that comes after the instant unknown.
     *
     * @throws IllegalArgumentException when that is everything
     */
    public Buyer until(long instant) {
        if (times[0] > instant) {
            throw new IllegalArgumentException(
                    "The first order comes after the instant: nothing of the buyer is known.");
        }
        int bought = known(times, instant);
        int returned = known(returnTimes, instant);
        return bought == times.length && returned == returnTimes.length
                ? this
                : new Buyer(
                        Arrays.copyOf(times, bought),
                        Arrays.copyOf(minor, bought),
                        Arrays.copyOf(units, bought),
                        Arrays.copyOf(begins, bought),
                        Arrays.copyOf(days, bought),
                        Arrays.copyOf(returnTimes, returned),
                        Arrays.copyOf(returnMinor, returned));
    }

    private static int known(long[] ascending, long instant) {
        int known = ascending.length;
        while (known > 0 && ascending[known - 1] > instant) {
            known--;
        }
        return known;
    }

    /** Time of the first order. */
    public long firstOrder() {
        return times[0];
    }

    /**
     * What is known at the instant, events at it included.
     *
     * @throws IllegalArgumentException when the first order comes later
     */
    public Sample at(long instant) {
        int last = lastOrder(instant);
        long orders = 1;
        long repeats = 0;
        double logGaps = 0;
        int before = 0;
        for (int i = 1; i <= last; i++) {
            if (begins[i]) {
                orders++;
                if (days[i] != days[before]) {
                    repeats++;
                    logGaps += StrictMath.log((times[i] - times[before]) / DAY_MILLIS);
                }
                before = i;
            }
        }
        long gross = 0;
        double bought = 0;
        for (int i = 0; i < times.length && times[i] <= instant; i++) {
            gross += minor[i];
            bought += units[i];
        }
        long returned = 0;
        for (int i = 0; i < returnTimes.length && returnTimes[i] <= instant; i++) {
            returned += returnMinor[i];
        }
        return new Sample(
                orders,
                repeats,
                (times[last] - times[0]) / DAY_MILLIS,
                (instant - times[last]) / DAY_MILLIS,
                logGaps,
                gross,
                returned,
                bought);
    }

    /** Sum of e^(-lambda age) over the repeat occasions up to the instant, ages as of the instant, lambda per day. */
    public double decayedRepeats(long instant, double lambdaPerDay) {
        int last = lastOrder(instant);
        double sum = 0;
        int before = 0;
        for (int i = 1; i <= last; i++) {
            if (begins[i]) {
                sum *= StrictMath.exp(-lambdaPerDay * ((times[i] - times[before]) / DAY_MILLIS));
                sum += days[i] == days[before] ? 0 : 1;
                before = i;
            }
        }
        return sum * StrictMath.exp(-lambdaPerDay * ((instant - times[last]) / DAY_MILLIS));
    }

    /** Sum of what was bought up to the instant, minor units, each purchase times e^(-lambda age), lambda per day. */
    public double decayedSpend(long instant, double lambdaPerDay) {
        double sum = 0;
        for (int i = 0; i < times.length && times[i] <= instant; i++) {
            sum += minor[i] * StrictMath.exp(-lambdaPerDay * ((instant - times[i]) / DAY_MILLIS));
        }
        return sum;
    }

    /**
     * What is known at the instant as the engine keeps it under a model: sums as of the last order.
     *
     * @throws IllegalArgumentException when the first order comes later
     */
    public Evidence evidence(long instant, BuyingModel model) {
        Sample sample = at(instant);
        long last = times[lastOrder(instant)];
        double spendLambda = LN_2 * DAY_MILLIS / model.spendHalfLifeMillis();
        // Lines that came after the last order weigh more than 1 as of that order.
        double spend = decayedSpend(instant, spendLambda) * StrictMath.exp(spendLambda * sample.silenceDays());
        return new Evidence(
                sample.repeats(),
                last - times[0],
                decayedRepeats(last, model.decayed().lambdaPerDay()),
                decayedRepeats(last, LN_2 * DAY_MILLIS / model.orderHalfLifeMillis()),
                Math.max(0, spend),
                Math.max(0, sample.units()) / (sample.repeats() + 1));
    }

    /** From the last order by the instant to the instant, milliseconds. */
    public long silenceMillis(long instant) {
        return instant - times[lastOrder(instant)];
    }

    /** Occasions after {@code from}, up to {@code until}. An order on the day of the last one before does not begin one. */
    public int occasions(long from, long until) {
        int count = 0;
        int before = -1;
        for (int i = 0; i < times.length && times[i] <= until; i++) {
            if (begins[i]) {
                boolean anew = before < 0 || days[i] != days[before];
                count += anew && times[i] > from ? 1 : 0;
                before = i;
            }
        }
        return count;
    }

    /** What is bought after {@code from}, up to {@code until}, less what is returned then, minor units. */
    public long netMinor(long from, long until) {
        long sum = 0;
        for (int i = 0; i < times.length && times[i] <= until; i++) {
            sum += times[i] > from ? minor[i] : 0;
        }
        for (int i = 0; i < returnTimes.length && returnTimes[i] <= until; i++) {
            sum -= returnTimes[i] > from ? returnMinor[i] : 0;
        }
        return sum;
    }

    private int lastOrder(long instant) {
        int last = -1;
        for (int i = 0; i < times.length && times[i] <= instant; i++) {
            last = begins[i] ? i : last;
        }
        if (last < 0) {
            throw new IllegalArgumentException(
                    "The first order comes after the instant: ask only for customers who had ordered by then.");
        }
        return last;
    }
}
