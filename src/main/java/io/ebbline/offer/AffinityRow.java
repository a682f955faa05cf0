package io.ebbline.offer;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What follows one product and what goes with it, folded tick by tick. Mutable, for one thread.
 *
 * <p>Of more than {@link AffinityRules#CANDIDATES} products the weakest are dropped at a fold. The row remembers how strong a
 * dropped one may have been, and what comes back may have had that much before (SpaceSaving: Metwally, Agrawal, El Abbadi:
 * Efficient Computation of Frequent and Top-k Elements in Data Streams, ICDT 2005, in batches). So of each product, what is
 * held of a count is never too much, and too little by at most the count's bound; what exceeds the bound is held.
 */
public final class AffinityRow {

    /** Bits of a number that say which of the products it is of. */
    private static final int PLACE_BITS = 10;

    private static final long PLACE = (1L << PLACE_BITS) - 1;

    /** A little lower, for rounding. */
    private static final double LEADS_WORTH_A_LOOK = .999 * AffinityRules.LEADS_SIGNIFICANCE;

    private final String sku;
    private int tick = Integer.MIN_VALUE;
    private double chances;
    private double repeats;
    private double orders;
    private double slowChances;
    private double squares;
    private double first;

    /** What has happened since the lists were told. */
    private long untold;

    private RowCells cells = new RowCells();

    /** The market by which the cells are numbered. */
    private @Nullable Market numbering;

    /** A row of a product of which nothing is known. */
    public AffinityRow(String sku) {
        this.sku = sku;
    }

    /**
     * Folds a tick that has ended, with all that was counted in it.
     *
     * @param ended later than any before
     * @param market as of that tick, with the popularity of that tick
     * @return the lists as they are now; null when too little has happened since they were last told to tell them again
     */
    public @Nullable ListUpdate fold(int ended, RowDelta delta, Market market) {
        fade(ended);
        chances += delta.chances();
        slowChances += delta.chances();
        squares += delta.chances();
        first += delta.first();
        repeats += delta.repeats();
        orders += delta.orders();
        untold += delta.chances() + delta.orders();
        cells.add(delta);
        cells.prune();
        if (untold < AffinityRules.NEWS * (chances + orders)) {
            return null;
        }
        untold = 0;
        return lists(market);
    }

    private void fade(int ended) {
        int before = tick;
        double fade = Decay.LATER.between(before, ended);
        double slow = Decay.TOGETHER.between(before, ended);
        tick = ended;
        chances *= fade;
        repeats *= fade;
        orders *= slow;
        double slowest = Decay.SEQUENCE.between(before, ended);
        slowChances *= slowest;
        squares *= Decay.SEQUENCE_SQUARES.between(before, ended);
        first *= slowest;
        cells.fade(before, ended);
    }

    // ---- lists

    private ListUpdate lists(Market market) {
        if (market != numbering) {
            cells.forgetNumbers();
            numbering = market;
        }
        int size = cells.size();
        int self = market.index(sku);
        Hazard after = new Hazard(chances);
        Hazard with = new Hazard(orders);
        double[] laterCounts = cells.counts(RowCells.LATER);
        double[] togetherCounts = cells.counts(RowCells.TOGETHER);
        double[] popularity = new double[size];
        double[] share = new double[size];
        double[] later = new double[size];
        double[] together = new double[size];
        for (int k = 0; k < size; k++) {
            int item = number(k, market);
            if (item >= 0) {
                popularity[k] = market.popularity(item);
                share[k] = market.orderShare(item);
            }
            if (after.maySignify(laterCounts[k], popularity[k], AffinityRules.SIGNIFICANCE)) {
                double prior = popularity[k] * market.lift(self, item);
                later[k] = after.excess(laterCounts[k], popularity[k], prior);
            }
            if (with.maySignify(togetherCounts[k], share[k], AffinityRules.SIGNIFICANCE)) {
                together[k] = with.excess(togetherCounts[k], share[k], share[k]);
            }
        }
        int[] follow = strongest(
                later,
                AffinityRules.LIST,
                k -> after.isSignificant(laterCounts[k], popularity[k], AffinityRules.SIGNIFICANCE));
        int[] beside = strongest(
                together,
                AffinityRules.LIST,
                k -> with.isSignificant(togetherCounts[k], share[k], AffinityRules.SIGNIFICANCE));
        return new ListUpdate(
                sku,
                tick,
                chances,
                repeats,
                orders,
                names(follow),
                counts(follow, laterCounts),
                names(beside),
                counts(beside, togetherCounts),
                leads());
    }

    private int number(int k, Market market) {
        int item = cells.number(k);
        if (item < 0) {
            item = market.index(cells.to(k));
            cells.number(k, item);
        }
        return item;
    }

    /** How long other products are owned is not known here: whether the order is more than chance, readers see. */
    private Leads leads() {
        double[] after = cells.counts(RowCells.AFTER);
        double[] ratio = new double[cells.size()];
        double weight = slowChances / squares;
        for (int k = 0; k < ratio.length; k++) {
            double before = cells.before(k);
            if (after[k] > before && Sequence.atMost(after[k], before) * weight >= LEADS_WORTH_A_LOOK) {
                ratio[k] = Sequence.ratio(after[k], before, 1) * slowChances / squares;
            }
        }
        int[] lead = strongest(ratio, AffinityRules.LEADS, k -> ratio[k] >= AffinityRules.LEADS_SIGNIFICANCE);
        double[] before = new double[lead.length];
        Arrays.setAll(before, n -> cells.before(lead[n]));
        return new Leads(slowChances, squares, first, names(lead), counts(lead, after), before);
    }

    /** Places of those most in excess that pass; of those equal to twelve digits the first in order. */
    private static int[] strongest(double[] excess, int limit, IntPredicate passes) {
        long[] order = new long[excess.length];
        int some = 0;
        for (int k = 0; k < excess.length; k++) {
            if (excess[k] > 0) {
                // Positive doubles are in the order of their bits. Negated, the greatest comes first.
                order[some++] = -(Double.doubleToRawLongBits(excess[k]) & ~PLACE) | k;
            }
        }
        Arrays.sort(order, 0, some);
        int[] places = new int[Math.min(some, limit)];
        int taken = 0;
        for (int n = 0; n < some && taken < places.length; n++) {
            int k = (int) (order[n] & PLACE);
            if (passes.test(k)) {
                places[taken++] = k;
            }
        }
        return Arrays.copyOf(places, taken);
    }

    private String[] names(int[] places) {
        String[] names = new String[places.length];
        for (int n = 0; n < names.length; n++) {
            names[n] = cells.to(places[n]);
        }
        return names;
    }

    private static double[] counts(int[] places, double[] of) {
        double[] counts = new double[places.length];
        for (int n = 0; n < counts.length; n++) {
            counts[n] = of[places[n]];
        }
        return counts;
    }

    // ---- what is known

    /** The product. */
    public String sku() {
        return sku;
    }

    /** The last tick that was folded; {@link Integer#MIN_VALUE}: none. */
    public int tick() {
        return tick;
    }

    /** Faded orders of customers who owned it, as of {@link #tick}. */
    public double chances() {
        return chances;
    }

    /** The products that are held. */
    public List<String> held() {
        return List.of(cells.names());
    }

    /** What is held of how often a product followed, as of {@link #tick}. */
    public double later(String other) {
        return count(RowCells.LATER, other);
    }

    /** What is held of how often a product was in the same order, as of {@link #tick}. */
    public double together(String other) {
        return count(RowCells.TOGETHER, other);
    }

    /** What is held of how often a product was bought after it, as of {@link #tick}; it fades slowly. */
    public double after(String other) {
        return count(RowCells.AFTER, other);
    }

    /** What is held of how often a product was bought before it, as of {@link #tick}; it fades slowly. */
    public double before(String other) {
        return count(RowCells.BEFORE, other);
    }

    private double count(int kind, String other) {
        for (int k = 0; k < cells.size(); k++) {
            if (cells.to(k).equals(other)) {
                return cells.count(kind, k);
            }
        }
        return 0;
    }

    /** How much may be missing of what {@link #later} says of any product. */
    public double laterBound() {
        return cells.bound(RowCells.LATER + RowCells.MISSING);
    }

    /** How much may be missing of what {@link #together} says of any product. */
    public double togetherBound() {
        return cells.bound(RowCells.TOGETHER + RowCells.MISSING);
    }

    /** How much may be missing of what {@link #before} says of any product. */
    public double beforeBound() {
        return cells.bound(RowCells.BEFORE_MISSING);
    }

    // ---- stored form

    /**
     * All that it holds. Its arrays are not to be changed.
     *
     * @param to the products, in the order of their hashes
     * @param untold what has happened since the lists were told
     * @param slowChances the same as {@code chances}, slowly faded
     * @param squares the same with squared weights
     * @param first orders in which it was bought for the first time, slowly faded
     * @param laterMissing what may be missing of {@code later}
     * @param togetherMissing what may be missing of {@code together}
     * @param after what was bought after it, slowly faded
     * @param before what was bought before it, slowly faded
     * @param beforeMissing what may be missing of {@code before}
     */
    public record Data(
            int tick,
            double chances,
            double repeats,
            double orders,
            long untold,
            double slowChances,
            double squares,
            double first,
            double laterBound,
            double togetherBound,
            double beforeBound,
            String[] to,
            double[] later,
            double[] together,
            double[] laterMissing,
            double[] togetherMissing,
            double[] after,
            double[] before,
            double[] beforeMissing) {}

    /** What is stored. */
    public Data data() {
        return new Data(
                tick,
                chances,
                repeats,
                orders,
                untold,
                slowChances,
                squares,
                first,
                laterBound(),
                togetherBound(),
                beforeBound(),
                cells.names(),
                cells.copy(RowCells.LATER),
                cells.copy(RowCells.TOGETHER),
                cells.copy(RowCells.LATER + RowCells.MISSING),
                cells.copy(RowCells.TOGETHER + RowCells.MISSING),
                cells.copy(RowCells.AFTER),
                cells.copy(RowCells.BEFORE),
                cells.copy(RowCells.BEFORE_MISSING));
    }

    /** A row of what was stored. */
    public static AffinityRow of(String sku, Data data) {
        AffinityRow row = new AffinityRow(sku);
        row.tick = data.tick;
        row.chances = data.chances;
        row.repeats = data.repeats;
        row.orders = data.orders;
        row.untold = data.untold;
        row.slowChances = data.slowChances;
        row.squares = data.squares;
        row.first = data.first;
        row.cells = new RowCells(data.to.clone(), new double[][] {
            data.later,
            data.together,
            data.laterMissing,
            data.togetherMissing,
            data.after,
            data.before,
            data.beforeMissing
        });
        row.cells.bound(RowCells.LATER + RowCells.MISSING, data.laterBound);
        row.cells.bound(RowCells.TOGETHER + RowCells.MISSING, data.togetherBound);
        row.cells.bound(RowCells.BEFORE_MISSING, data.beforeBound);
        return row;
    }
}
