package io.ebbline.offer;

import io.ebbline.offer.MarketUpdate.Shop;
import java.util.ArrayList;
import java.util.List;

/**
 * How many products new to their customers orders hold, by how many orders the customers had begun before: much of a first order is
 * new, little of a fortieth. Exact counts: parts merge by addition, in any order. Mutable, for one thread.
 */
public final class Novelty {

    private static final long[] FROM = {0, 1, 2, 3, 5, 9, 17, 33};

    /** How many classes of orders begun are held apart. */
    public static final int CLASSES = FROM.length;

    private final long[] orders = new long[CLASSES];
    private final long[] first = new long[CLASSES];

    /** The fewest orders begun that belong to a class. */
    public static long from(int known) {
        return FROM[known];
    }

    private static int of(long known) {
        int at = CLASSES - 1;
        while (known < FROM[at]) {
            at--;
        }
        return at;
    }

    /** Adds orders of who had begun so many before, and first purchases of products in them. */
    public void add(long known, long begun, long fresh) {
        int at = of(known);
        orders[at] += begun;
        first[at] += fresh;
    }

    /** Adds another part of the same tick. */
    void merge(Novelty other) {
        for (int at = 0; at < CLASSES; at++) {
            add(FROM[at], other.orders[at], other.first[at]);
        }
    }

    /** Orders begun, by class. Not to be changed. */
    public long[] orders() {
        return orders;
    }

    /** First purchases, by class. Not to be changed. */
    public long[] first() {
        return first;
    }

    // ---- what is known

    /** What is left of counts by class, and what came since; none are zeros. */
    static List<Double> plus(List<Double> before, double left, long[] more) {
        List<Double> sums = new ArrayList<>(CLASSES);
        for (int at = 0; at < CLASSES; at++) {
            sums.add((before.isEmpty() ? 0 : before.get(at) * left) + more[at]);
        }
        return sums;
    }

    /** Of a class with few orders drawn towards that of all. */
    private static double perOrder(Shop shop, int at) {
        double usual = shop.first() / shop.orders();
        return shop.ordersBy().isEmpty()
                ? usual
                : (shop.firstBy().get(at) + AffinityRules.SMOOTHING * usual)
                        / (shop.ordersBy().get(at) + AffinityRules.SMOOTHING);
    }

    /** Products new to the customer in the next order of who has begun so many; 0: no order is known. */
    static double inNext(Shop shop, long known) {
        return shop.orders() > 0 ? perOrder(shop, of(known)) : 0;
    }

    /** The same of all orders that such a customer has begun, added up. */
    static double inAll(Shop shop, long known) {
        double sum = 0;
        for (int at = 0; at < CLASSES && FROM[at] < known && shop.orders() > 0; at++) {
            long until = at + 1 < CLASSES ? Math.min(known, FROM[at + 1]) : known;
            sum += (until - FROM[at]) * perOrder(shop, at);
        }
        return sum;
    }
}
