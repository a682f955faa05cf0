package io.ebbline.fit;

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
 */
public record Folded(List<Buyer> buyers, long oneOf, Census census) {

    /** The buyers by the end of a tick, with what was known of them then. */
    public List<Buyer> buyersAt(int tick) {
        long last = Tick.end(tick) - 1;
        return buyers.stream()
                .filter(buyer -> buyer.firstOrder() <= last)
                .map(buyer -> buyer.until(last))
                .toList();
    }

    /** Puts a history together from parts that come in any order. Mutable, for one thread. */
    public static final class Builder {
        private record Hashed(long hash, Buyer buyer) {}

        private final SampleShare share;
        private final Census census = new Census();
        private List<Hashed> buyers = new ArrayList<>();
        private long oneOf = 1;

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

        /** Hears that of some customers one of this many came. */
        public void sampled(long part) {
            share.restrict(part);
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
            return new Folded(sorted, share.oneOf(), census);
        }
    }
}
