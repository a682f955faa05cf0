package io.ebbline.offer;

/**
 * What a product may lead on to, as far as its row can tell: products that were bought after it rather than before it. Counts
 * fade by {@link AffinityRules#SEQUENCE_HALF_LIFE}. Its arrays are not to be changed.
 *
 * @param chances faded orders of customers who owned it
 * @param squares the same with squared weights: how many events the faded counts are worth
 * @param first faded orders in which it was bought for the first time
 * @param to the surest first, at most {@link AffinityRules#LEADS}
 * @param after faded orders of customers who owned the one, in which the other was bought for the first time: no more than that
 * @param before faded orders of customers who owned the other, in which the one was bought for the first time: no fewer than that
 */
public record Leads(double chances, double squares, double first, String[] to, double[] after, double[] before) {

    /** None, of a product of which nothing is known. */
    public static final Leads NONE = new Leads(0, 0, 0, new String[0], new double[0], new double[0]);

    /** The same without what it may lead on to: what other products' rows need of it. */
    public Leads sums() {
        return new Leads(chances, squares, first, NONE.to, NONE.after, NONE.before);
    }
}
