package io.ebbline.fit;

import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Purchase;
import io.ebbline.event.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A history, folded: everything that a fit reads.
 *
 * @param buyers customers who have ordered, all or a sample, in an order that depends on who they are alone
 * @param oneOf the sample is one of this many; 1: everybody
 * @param census all customers, counted
 * @param orders what was in the orders of all customers or a sample; empty when nobody asked
 * @param ordersOneOf that sample is one of this many customers; 1: everybody
 */
public record Folded(List<Buyer> buyers, long oneOf, Census census, OrderHistory orders, long ordersOneOf) {

    /** Of orders with more lines a sample is kept: some hundred MB. */
    public static final long MOST_LINES = 1_000_000;

    /** The buyers by the end of a tick, with what was known of them then. */
    public List<Buyer> buyersAt(int tick) {
        long last = Tick.end(tick) - 1;
        return buyers.stream()
                .filter(buyer -> buyer.firstOrder() <= last)
                .map(buyer -> buyer.until(last))
                .toList();
    }

    /** The same without what was in the orders. */
    Folded withoutOrders() {
        return new Folded(buyers, oneOf, census, new OrderHistory.Builder().build(), 1);
    }

    /** What a customer's orders weigh in a sample: their lines, and one at least for each. */
    public static long lines(List<Event> events) {
        long lines = 0;
        for (Event event : events) {
            lines += event instanceof Purchase purchase
                    ? Math.max(1, purchase.lines().size())
                    : 0;
        }
        return lines;
    }

    /** Puts a history together from parts that come in any order. Mutable, for one thread. */
    public static final class Builder {
        private record Hashed(long hash, Buyer buyer) {}

        private record Shopper(long hash, String customer, List<Event> events) {}

        private final SampleShare share;
        private final Census census = new Census();
        private List<Hashed> buyers = new ArrayList<>();
        private long oneOf = 1;
        private final SampleShare ordersShare = new SampleShare(MOST_LINES);
        private final List<Shopper> shoppers = new ArrayList<>();
        private long ordersOneOf = 1;

        /**
         * An empty history.
         *
         * @param most buyers in the sample, 1 or more
         */
        public Builder(long most) {
            share = new SampleShare(most);
        }

        /** Adds a buyer, by the hash of their id. */
        public void buyer(long hash, Buyer buyer) {
            share.see(hash);
            buyers.add(new Hashed(hash, buyer));
            if (share.oneOf() != oneOf) {
                oneOf = share.oneOf();
                buyers.removeIf(hashed -> !share.contains(hashed.hash));
            }
        }

        /** Adds what was in a customer's orders, which are in the order of time. */
        public void orders(String customer, List<Event> events) {
            long hash = Hash64.of(customer);
            ordersShare.see(hash, lines(events));
            shoppers.add(new Shopper(hash, customer, events));
            if (ordersShare.oneOf() != ordersOneOf) {
                ordersOneOf = ordersShare.oneOf();
                shoppers.removeIf(shopper -> !ordersShare.contains(shopper.hash));
            }
        }

        /** Hears that of some customers one of this many came, and the orders of one of that many. */
        public void sampled(long part, long ordersPart) {
            share.restrict(part);
            ordersShare.restrict(ordersPart);
        }

        /** Adds a day of some customers. */
        public void day(int tick, Census.Day day) {
            census.merge(tick, day);
        }

        /** The history. The builder is of no more use. */
        public Folded build() {
            List<Hashed> all = buyers;
            buyers = new ArrayList<>();
            all.removeIf(hashed -> !share.contains(hashed.hash));
            all.sort(Comparator.comparingLong(Hashed::hash).thenComparingLong(hashed -> hashed.buyer.firstOrder()));
            List<Buyer> sorted = all.stream().map(Hashed::buyer).toList();
            OrderHistory.Builder orders = new OrderHistory.Builder();
            shoppers.removeIf(shopper -> !ordersShare.contains(shopper.hash));
            shoppers.forEach(shopper -> orders.add(shopper.customer, shopper.events));
            return new Folded(sorted, share.oneOf(), census, orders.build(), ordersShare.oneOf());
        }
    }
}
