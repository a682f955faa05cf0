package io.ebbline.offer;

/**
 * What follows a product and what goes with it, as of the tick in which that last changed: it takes the place of what was said
 * before. From then on everything in it fades alike. Its arrays are not to be changed.
 *
 * @param sku the product
 * @param tick whose orders were the last to change it
 * @param chances faded orders of customers who owned it
 * @param repeats those of them that held it again
 * @param orders faded orders that held it
 * @param later products that follow it, the strongest first, at most {@link AffinityRules#LIST}
 * @param laterCounts faded orders of customers who owned the one, in which the other was bought for the first time
 * @param together products that go with it, the strongest first, at most {@link AffinityRules#LIST}
 * @param togetherCounts faded orders that held both
 * @param leads what it may lead on to
 */
public record ListUpdate(
        String sku,
        int tick,
        double chances,
        double repeats,
        double orders,
        String[] later,
        double[] laterCounts,
        String[] together,
        double[] togetherCounts,
        Leads leads) {

    private static final String[] NO_NAMES = {};
    private static final double[] NO_COUNTS = {};

    /** The same without the lists. */
    public ListUpdate sums() {
        return new ListUpdate(
                sku, tick, chances, repeats, orders, NO_NAMES, NO_COUNTS, NO_NAMES, NO_COUNTS, leads.sums());
    }

    /** Whether nothing follows it, nothing goes with it, and it leads on to nothing. */
    public boolean isEmpty() {
        return later.length == 0 && together.length == 0 && leads.to().length == 0;
    }
}
