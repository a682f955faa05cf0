package io.ebbline.cli;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Events for a benchmark: spread evenly over some days, by customers drawn at random, of products of which few sell well (Zipf,
 * exponent .8). A purchase has one line; before each come its touchpoints, of other customers.
 *
 * @param customers how many there are
 * @param events how many
 * @param touchpoints for each purchase
 * @param days of event time that they spread over
 * @param exponent of the Zipf distribution that customers are drawn by; 0: all alike
 * @param seed of the draw
 */
record BenchLoad(int customers, int events, int touchpoints, int days, double exponent, long seed)
        implements Iterable<FeedRecord> {

    static final String CURRENCY = "GBP";

    private static final List<TouchpointType> CONTACTS =
            List.of(TouchpointType.VISIT, TouchpointType.VIEW, TouchpointType.VIEW, TouchpointType.OPEN);
    private static final List<String> CHANNELS = List.of("web", "app");

    private static final int PRODUCTS = 5_000;
    private static final int CATEGORIES = 20;
    private static final double PRODUCT_EXPONENT = .8;

    private static final long START = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

    /** Time of the i-th event. */
    long time(long i) {
        return START + i * Duration.ofDays(days).toMillis() / events;
    }

    /** Time of the last event. */
    long end() {
        return time(events - 1L);
    }

    @Override
    public Iterator<FeedRecord> iterator() {
        Draw draw = draw();
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < events;
            }

            @Override
            public FeedRecord next() {
                if (next >= events) {
                    throw new NoSuchElementException();
                }
                return draw.next(time(next++));
            }
        };
    }

    /** The same events one by one, at times of the caller's own; without end. */
    Draw draw() {
        return new Draw(this);
    }

    /** Draws event after event. */
    static final class Draw {
        private final BenchLoad load;
        private final SplittableRandom random;
        private final double[] customerSums;
        private final double[] productSums = cumulative(PRODUCTS, PRODUCT_EXPONENT);
        private long drawn;

        private Draw(BenchLoad load) {
            this.load = load;
            this.random = new SplittableRandom(load.seed);
            this.customerSums = load.exponent == 0 ? new double[0] : cumulative(load.customers, load.exponent);
        }

        /** The next one, at a time in milliseconds since the epoch. */
        FeedRecord next(long time) {
            long i = drawn++;
            String customer = "customer-" + BenchLoad.draw(random, load.customers, customerSums);
            if (i % (load.touchpoints + 1) < load.touchpoints) {
                return FeedRecord.of(Topic.TOUCHPOINTS, customer, touchpoint(i, time));
            }
            int product = BenchLoad.draw(random, PRODUCTS, productSums);
            long price = 10_000L * random.nextInt(1, 200);
            Line line = new Line("sku-" + product, "category-" + product % CATEGORIES, 10_000, price, null);
            return FeedRecord.of(
                    Topic.PURCHASES,
                    customer,
                    new Purchase("event-" + i, time, "order-" + i, CURRENCY, "web", null, List.of(line), price / 100));
        }

        private Touchpoint touchpoint(long i, long time) {
            TouchpointType type = CONTACTS.get(random.nextInt(CONTACTS.size()));
            String channel = type == TouchpointType.OPEN ? "email" : CHANNELS.get(random.nextInt(CHANNELS.size()));
            return new Touchpoint("event-" + i, time, type, channel, null, null, null, null, null);
        }
    }

    private static int draw(SplittableRandom random, int among, double[] cumulative) {
        if (cumulative.length == 0) {
            return random.nextInt(among);
        }
        int found = Arrays.binarySearch(cumulative, random.nextDouble());
        return Math.min(among - 1, found < 0 ? -found - 1 : found);
    }

    private static double[] cumulative(int among, double exponent) {
        double[] sums = new double[among];
        double sum = 0;
        for (int i = 0; i < among; i++) {
            sum += Math.pow(i + 1.0, -exponent);
            sums[i] = sum;
        }
        for (int i = 0; i < among; i++) {
            sums[i] /= sum;
        }
        return sums;
    }
}
