package io.ebbline.connector.feed;

import io.ebbline.event.Hash64;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated customer is and will do, drawn from the seed and the customer's number. Instants are milliseconds since the
 * epoch, {@link #NEVER} where there is none, and may lie after the shop's last day.
 *
 * @param contact the first visit
 * @param firstOrder the first order
 * @param settled when growth ends and the rhythm is the customer's own
 * @param gap mean gap of the settled rhythm, milliseconds; 0 where there is none
 * @param fade from here to the break they look in and open mails less and less
 * @param broke when the rhythm breaks
 * @param slowness how many times as long gaps are after the break; 0: no orders
 * @param returned when the old rhythm is there again, with an order
 * @param grievance what else they do around the break
 * @param grievanceAt when
 * @param season weights of the months
 * @param taste what they like
 * @param channel what they come by best, an index into {@link Shopper#CHANNELS}
 * @param hour when they come most, UTC
 * @param weekender whether they prefer to shop at the weekend
 */
record Plan(
        String id,
        ShopSegment segment,
        long contact,
        long firstOrder,
        long settled,
        double gap,
        long fade,
        long broke,
        int slowness,
        long returned,
        Grievance grievance,
        long grievanceAt,
        double[] season,
        Taste taste,
        int channel,
        int hour,
        boolean weekender) {

    /** How somebody shows that the shop has lost them, or is about to. */
    enum Grievance {
        NONE,
        COMPLAINT,
        SURVEY,
        UNSUBSCRIBE
    }

    static final long NEVER = Long.MAX_VALUE;
    static final long DAY = Duration.ofDays(1).toMillis();
    static final long HOUR = Duration.ofHours(1).toMillis();

    /** A shop opens with half of its customers at the door. */
    private static final double AT_THE_DOOR = 0.5;

    private static final int DOOR_DAYS = 14;
    private static final double GROWTH_GAPS = 2.5;
    private static final double GROWTH_PACE = 0.65;
    private static final double DAYS_TO_BREAK = 150;
    private static final double STOPPING = 0.65;
    private static final double RETURNING = 0.3;
    private static final double GRIEVING = 0.4;
    private static final double BEST_HOUR = 0.5;
    private static final int FIRST_HOUR = 7;
    private static final int LAST_HOUR = 22;
    /** Of 100: web, app, email, sms, store. */
    private static final int[] CHANNEL_WEIGHTS = {35, 25, 20, 8, 12};

    /**
     * Draws a plan.
     *
     * @param start first instant of the shop
     * @param until first instant after its last day
     */
    static Plan draw(long seed, int number, long start, long until) {
        SplittableRandom random = new SplittableRandom(Hash64.of("plan/" + seed, Integer.toString(number)));
        ShopSegment segment = ShopSegment.draw(random);
        int hour = FIRST_HOUR + random.nextInt(LAST_HOUR - FIRST_HOUR);
        int channel = channel(random);
        boolean weekender = random.nextInt(3) == 0;
        double[] season = Seasons.of(segment, random.nextInt(6));
        Taste taste = Taste.draw(random, segment == ShopSegment.BARGAIN);

        long span = random.nextDouble() < AT_THE_DOOR ? Math.min(until - start, DOOR_DAYS * DAY) : until - start;
        long contact = Math.max(start, moment(start + random.nextLong(span), hour, random));
        double gap = segment.drawDays(random) * DAY;
        long firstOrder = segment == ShopSegment.PROSPECT
                ? NEVER
                : moment(contact + DAY + days(exponential(random, 4)), hour, random);
        long settled = segment.hasRhythm() ? firstOrder + Math.round(GROWTH_GAPS * gap) : NEVER;
        long broke = random.nextDouble() < segment.breaking()
                ? settled + DAY + days(exponential(random, DAYS_TO_BREAK))
                : NEVER;
        boolean stops = random.nextDouble() < STOPPING;
        int slowness = stops ? 0 : 3 + random.nextInt(3);
        boolean returns = broke != NEVER && random.nextDouble() < RETURNING;
        long returned = returns ? moment(broke + days(90 + 210 * random.nextDouble()), hour, random) : NEVER;
        long fade = broke == NEVER ? NEVER : Math.max(firstOrder, broke - days(21 + 35 * random.nextDouble()));
        Grievance grievance = broke == NEVER || random.nextDouble() >= GRIEVING
                ? Grievance.NONE
                : Grievance.values()[1 + random.nextInt(3)];
        long grievanceAt = grievance == Grievance.NONE
                ? NEVER
                : moment(fade + random.nextLong(broke - fade + 7 * DAY), hour, random);
        return new Plan(
                "c" + number,
                segment,
                contact,
                firstOrder,
                settled,
                gap,
                fade,
                broke,
                slowness,
                returned,
                grievance,
                grievanceAt,
                season,
                taste,
                channel,
                hour,
                weekender);
    }

    private static int channel(SplittableRandom random) {
        int left = random.nextInt(100);
        int channel = 0;
        while (left >= CHANNEL_WEIGHTS[channel]) {
            left -= CHANNEL_WEIGHTS[channel];
            channel++;
        }
        return channel;
    }

    /** Exponentially distributed. */
    static double exponential(SplittableRandom random, double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    private static long days(double days) {
        return (long) (days * DAY);
    }

    /** An instant of the same day (UTC), by day, in half of the cases within the best hour. */
    private static long moment(long time, int hour, SplittableRandom random) {
        int of = random.nextDouble() < BEST_HOUR ? hour : FIRST_HOUR + random.nextInt(LAST_HOUR - FIRST_HOUR);
        return time - Math.floorMod(time, DAY) + of * HOUR + random.nextLong(HOUR);
    }

    /** An instant of the same day, or of the next Saturday or Sunday for some who have the time. */
    long shoppingMoment(long time, SplittableRandom random) {
        long day = time;
        if (weekender && gap > 10 * DAY && random.nextInt(3) > 0) {
            // The first of January 1970 was a Thursday.
            int weekday = (int) Math.floorMod(Math.floorDiv(time, DAY) + 3, 7L);
            day += Math.max(0, 5 - weekday) * DAY;
        }
        return moment(day, hour, random);
    }

    /** An instant at which they look in, on the same day. */
    long moment(long time, SplittableRandom random) {
        return moment(time, hour, random);
    }

    /**
     * The instant at which so many mean gaps of the settled rhythm have passed, in the time that the customer's rhythm keeps:
     * it runs slower in growth and after a break, and at the speed of the season.
     *
     * @return {@link #NEVER} when it is not before {@code until}
     */
    long after(long from, double gaps, long until) {
        double left = gaps * gap;
        long time = from;
        while (time < until) {
            long stop = Math.min(phaseEnd(time), Seasons.monthEnd(time));
            double pace = pace(time) * season[Seasons.month(time)];
            double lived = (stop - time) * pace;
            if (lived > left) {
                return time + (long) (left / pace);
            }
            left -= lived;
            time = stop;
        }
        return NEVER;
    }

    private long phaseEnd(long time) {
        return time < settled ? settled : time < broke ? broke : time < returned ? returned : NEVER;
    }

    private double pace(long time) {
        if (isBroken(time)) {
            return slowness == 0 ? 0 : 1.0 / slowness;
        }
        return time < settled ? GROWTH_PACE : 1;
    }

    /** Whether the rhythm has broken and not come back. */
    boolean isBroken(long time) {
        return time >= broke && time < returned;
    }

    boolean isFading(long time) {
        return time >= fade && time < broke;
    }

    /** How much they are interested, 0 to 1. */
    double engagement(long time) {
        if (isBroken(time)) {
            return slowness == 0 ? 0.02 : 0.25;
        }
        if (isFading(time)) {
            return 1 - 0.9 * (time - fade) / (broke - fade);
        }
        return switch (segment) {
            case ONE_TIME -> time < firstOrder ? 1 : StrictMath.exp((double) (firstOrder - time) / (30 * DAY));
            case PROSPECT -> StrictMath.exp((double) (contact - time) / (60 * DAY));
            default -> 1;
        };
    }

    /** What may be told of it when the shop closes then. */
    CustomerTruth truth(long until) {
        BreakKind kind = broke >= until ? BreakKind.NONE : slowness == 0 ? BreakKind.STOPPED : BreakKind.SLOWED;
        return new CustomerTruth(
                id,
                segment,
                instant(firstOrder, until),
                segment.hasRhythm() ? gap / DAY : null,
                instant(broke, until),
                kind,
                instant(returned, until),
                Shopper.CHANNELS.get(channel),
                hour);
    }

    private static @Nullable Instant instant(long time, long until) {
        return time < until ? Instant.ofEpochMilli(time) : null;
    }
}
