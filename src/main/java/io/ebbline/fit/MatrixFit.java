package io.ebbline.fit;

import io.ebbline.model.MatrixRules;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Where the lines of the value matrices run in a shop: at the middle of its customers, and at shares of its revenue. */
public final class MatrixFit {

    private MatrixFit() {}

    /**
     * Draws the lines from the customers who have ordered and kept something by the cut. What is high is above the median; of an
     * even number, the lower of the two in the middle. The median of the orders is that of customers who ordered more than once:
     * who ordered once is new, and in many shops more than half have. Class A brings the first 80 % of revenue, class B the next
     * 15 %; customers of equal spend share a class.
     *
     * @param cut instant up to which a buyer is looked at, milliseconds since the epoch
     * @param potentialMinor the potential value that the value matrix is to be held against, as of the cut, minor units
     * @param base lends what can't be drawn from orders
     * @throws FitException when nobody has kept an order by then
     */
    public static MatrixRules of(
            List<Buyer> buyers, long cut, ToDoubleFunction<Buyer> potentialMinor, MatrixRules base) {
        List<Buyer> kept = buyers.stream()
                .filter(buyer -> buyer.firstOrder() <= cut && net(buyer, cut) > 0)
                .toList();
        if (kept.isEmpty()) {
            throw new FitException("Nobody has kept an order by then: choose a later date, or another history.");
        }
        long[] orders = kept.stream()
                .mapToLong(buyer -> buyer.at(cut).orders())
                .filter(count -> count > 1)
                .sorted()
                .toArray();
        long[] spend =
                kept.stream().mapToLong(buyer -> net(buyer, cut)).sorted().toArray();
        long[] classes = classes(spend);
        return new MatrixRules(
                orders.length == 0 ? 1 : middle(orders),
                middle(floors(
                        kept, buyer -> (double) net(buyer, cut) / buyer.at(cut).orders())),
                middle(spend),
                middle(floors(kept, potentialMinor)),
                classes[0],
                classes[1],
                base.engagementCut(),
                base.attachmentCut(),
                base.dealCut(),
                base.promotionMillis());
    }

    private static long net(Buyer buyer, long cut) {
        Buyer.Sample sample = buyer.at(cut);
        return sample.grossMinor() - sample.returnedMinor();
    }

    private static long[] floors(List<Buyer> buyers, ToDoubleFunction<Buyer> figure) {
        return buyers.stream()
                .mapToLong(buyer -> (long) StrictMath.floor(figure.applyAsDouble(buyer)))
                .sorted()
                .toArray();
    }

    private static long middle(long[] ascending) {
        return ascending[(ascending.length - 1) / 2];
    }

    /** The spends that classes A and B begin above: a spend is of A while less than 80 % of revenue lies above it, and so on. */
    private static long[] classes(long[] ascending) {
        long revenue = Arrays.stream(ascending).sum();
        long[] bounds = {revenue - revenue / 5, revenue - revenue / 20}; // 80 % and 95 %, rounded up
        long[] cuts = new long[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            int at = ascending.length - 1;
            long above = 0;
            while (at >= 0 && above < bounds[i]) {
                long same = ascending[at];
                cuts[i] = same - 1;
                while (at >= 0 && ascending[at] == same) {
                    above += ascending[at--];
                }
            }
        }
        return cuts;
    }
}
