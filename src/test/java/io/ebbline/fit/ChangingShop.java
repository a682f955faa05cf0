package io.ebbline.fit;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A shop of which nobody can tell from its past what comes after an instant: from then on its orders are another one's. */
public final class ChangingShop {

    private static final long DAY = 86_400_000;

    private ChangingShop() {}

    /**
     * Its orders.
     *
     * @param customers how many of them order every few days
     * @param days how long it goes on
     * @param gap days between two orders of a customer, at most
     * @param seed of what comes before {@code change}
     * @param change milliseconds since the epoch
     * @param after seed of what comes from then on
     */
    public static OrderHistory history(int customers, int days, int gap, long seed, long change, long after) {
        OrderHistory.Builder builder = new OrderHistory.Builder();
        for (int k = 0; k < customers; k++) {
            List<Event> events = new ArrayList<>();
            order(new Random(seed + k), "a", gap, 0, change, events);
            order(new Random(after + k), "b", gap, change, days * DAY, events);
            builder.add("c" + k, events);
        }
        return builder.build();
    }

    private static void order(Random random, String prefix, int gap, long from, long to, List<Event> events) {
        long time = from;
        while (true) {
            time += (long) (random.nextDouble() * gap * DAY);
            if (time >= to) {
                return;
            }
            String[] skus = new String[1 + random.nextInt(4)];
            for (int i = 0; i < skus.length; i++) {
                skus[i] = "P" + (int) (120 * Math.pow(random.nextDouble(), 1.5));
            }
            events.add(purchase(prefix + events.size(), time, skus));
        }
    }

    /** An order of some products, each at 1.00. */
    public static Purchase purchase(String id, long time, String... skus) {
        List<Line> lines = new ArrayList<>();
        for (String sku : skus) {
            lines.add(new Line(sku, null, 10_000, 10_000, null));
        }
        return new Purchase(id, time, id, "GBP", null, null, lines, 0);
    }
}
