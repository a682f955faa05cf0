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

    private static final int LATER = 0;
    private static final int TOGETHER = 1;
    private static final int MISSING = 2;
    private static final int AFTER = 4;
    private static final int BEFORE = 5;
    private static final int BEFORE_MISSING = 6;
    private static final Decay[] DECAYS = {
        Decay.LATER, Decay.TOGETHER, Decay.LATER, Decay.TOGETHER, Decay.SEQUENCE, Decay.SEQUENCE, Decay.SEQUENCE
    };
    private static final int UNKNOWN = -1;
    private static final String[] NO_NAMES = {};

    /** At a steady pace slow counts are so many times the others. */
    private static final double SLOWER = AffinityRules.SEQUENCE_HALF_LIFE / (double) AffinityRules.HALF_LIFE;

    /** What is left of a product whose counts have faded this far is not worth a place. */
    private static final double DUST = .001;

    /** Bits of a number that say which of the products it is of. */
    private static final int PLACE_BITS = 10;

    private static final long PLACE = (1L << PLACE_BITS) - 1;

    private final String sku;
    private int tick = Integer.MIN_VALUE;
    private double chances;
    private double repeats;
    private double orders;
    private double slowChances;
    private double squares;
    private double first;
    private double laterBound;
    private double togetherBound;
    private double beforeBound;

    /** What has happened since the lists were told. */
    private long untold;

    /** As far as {@link #size}, in the order of their hashes. */
    private String[] to = NO_NAMES;

    private long[] hashes = new long[0];

    /** Their numbers in the market that was asked last, where they are known. */
    private int[] numbers = new int[0];

    private @Nullable Market numbering;

    private int size;

    /** Of each: what followed, what went with it, what may be missing of the one and of the other; which came first. */
    private double[][] cells = new double[DECAYS.length][0];

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
        add(delta);
        prune();
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
        laterBound *= fade;
        togetherBound *= slow;
        double slowest = Decay.SEQUENCE.between(before, ended);
        slowChances *= slowest;
        squares *= Decay.SEQUENCE_SQUARES.between(before, ended);
        first *= slowest;
        beforeBound *= slowest;
        for (int kind = 0; kind < cells.length; kind++) {
            double left = DECAYS[kind].between(before, ended);
            for (int k = 0; k < size; k++) {
                cells[kind][k] *= left;
            }
        }
    }

    private void add(RowDelta delta) {
        String[] more = delta.to();
        int most = size + more.length;
        String[] names = new String[most];
        long[] sumHashes = new long[most];
        int[] sumNumbers = new int[most];
        double[][] sums = new double[cells.length][most];
        int i = 0;
        int j = 0;
        int k = 0;
        while (i < size || j < more.length) {
            int order = i == size
                    ? 1
                    : j == more.length ? -1 : RowDelta.compare(hashes[i], to[i], delta.hashes()[j], more[j]);
            if (order <= 0) {
                names[k] = to[i];
                sumHashes[k] = hashes[i];
                sumNumbers[k] = numbers[i];
                for (int kind = 0; kind < cells.length; kind++) {
                    sums[kind][k] = cells[kind][i];
                }
                i++;
            } else {
                names[k] = more[j];
                sumHashes[k] = delta.hashes()[j];
                sumNumbers[k] = UNKNOWN;
                sums[LATER + MISSING][k] = laterBound;
                sums[TOGETHER + MISSING][k] = togetherBound;
                sums[BEFORE_MISSING][k] = beforeBound;
            }
            if (order >= 0) {
                sums[LATER][k] += delta.later()[j];
                sums[TOGETHER][k] += delta.together()[j];
                sums[AFTER][k] += delta.later()[j];
                sums[BEFORE][k] += delta.earlier()[j];
                j++;
            }
            k++;
        }
        to = names;
        hashes = sumHashes;
        numbers = sumNumbers;
        cells = sums;
        size = k;
    }

    // ---- what has no place

    private double strength(int k) {
        return cells[LATER][k]
                + cells[LATER + MISSING][k]
                + cells[TOGETHER][k]
                + cells[TOGETHER + MISSING][k]
                + (cells[AFTER][k] + before(k)) / SLOWER;
    }

    /** What was bought before is not to be taken for less than it may have been. */
    private double before(int k) {
        return cells[BEFORE][k] + cells[BEFORE_MISSING][k];
    }

    /** When there are too many, a fifth of the places are made free, so that it isn't done at every tick. */
    private void prune() {
        double least = DUST;
        int ties = 0;
        if (size > AffinityRules.CANDIDATES) {
            int keep = AffinityRules.CANDIDATES * 4 / 5;
            double[] strengths = new double[size];
            for (int k = 0; k < size; k++) {
                strengths[k] = strength(k);
            }
            double cut = Select.greatest(strengths, size, keep);
            if (cut > least) {
                least = cut;
                ties = keep;
                for (double strength : strengths) {
                    ties -= strength > cut ? 1 : 0;
                }
            }
        }
        int kept = 0;
        for (int k = 0; k < size; k++) {
            double strength = strength(k);
            if (strength > least || (strength == least && ties-- > 0)) {
                to[kept] = to[k];
                hashes[kept] = hashes[k];
                numbers[kept] = numbers[k];
                for (double[] kind : cells) {
                    kind[kept] = kind[k];
                }
                kept++;
            } else {
                laterBound = Math.max(laterBound, cells[LATER][k] + cells[LATER + MISSING][k]);
                togetherBound = Math.max(togetherBound, cells[TOGETHER][k] + cells[TOGETHER + MISSING][k]);
                beforeBound = Math.max(beforeBound, before(k));
            }
        }
        size = kept;
    }

    // ---- lists

    private ListUpdate lists(Market market) {
        int self = market.index(sku);
        if (market != numbering) {
            Arrays.fill(numbers, UNKNOWN);
            numbering = market;
        }
        Hazard after = new Hazard(chances);
        Hazard with = new Hazard(orders);
        double[] popularity = new double[size];
        double[] share = new double[size];
        double[] later = new double[size];
        double[] together = new double[size];
        for (int k = 0; k < size; k++) {
            int item = numbers[k];
            if (item < 0) {
                item = market.index(to[k]);
                numbers[k] = item;
            }
            if (item >= 0) {
                popularity[k] = market.popularity(item);
                share[k] = market.orderShare(item);
            }
            if (cells[LATER][k] > chances * popularity[k]) {
                double prior = popularity[k] * market.lift(self, item);
                later[k] = after.excess(cells[LATER][k], popularity[k], prior);
            }
            if (cells[TOGETHER][k] > orders * share[k]) {
                together[k] = with.excess(cells[TOGETHER][k], share[k], share[k]);
            }
        }
        int[] follow = strongest(
                later,
                AffinityRules.LIST,
                k -> after.isSignificant(cells[LATER][k], popularity[k], AffinityRules.SIGNIFICANCE));
        int[] beside = strongest(
                together,
                AffinityRules.LIST,
                k -> with.isSignificant(cells[TOGETHER][k], share[k], AffinityRules.SIGNIFICANCE));
        return new ListUpdate(
                sku,
                tick,
                chances,
                repeats,
                orders,
                names(follow),
                counts(follow, cells[LATER]),
                names(beside),
                counts(beside, cells[TOGETHER]),
                leads());
    }

    /** How long other products are owned is not known here: whether the order is more than chance, readers see. */
    private Leads leads() {
        double[] ratio = new double[size];
        for (int k = 0; k < size; k++) {
            if (cells[AFTER][k] > before(k)) {
                ratio[k] = Sequence.ratio(cells[AFTER][k], before(k), 1) * slowChances / squares;
            }
        }
        int[] lead = strongest(ratio, AffinityRules.LEADS, k -> ratio[k] >= AffinityRules.LEADS_SIGNIFICANCE);
        double[] before = Arrays.stream(lead).mapToDouble(this::before).toArray();
        return new Leads(slowChances, squares, first, names(lead), counts(lead, cells[AFTER]), before);
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
        Arrays.setAll(names, n -> to[places[n]]);
        return names;
    }

    private static double[] counts(int[] places, double[] of) {
        return Arrays.stream(places).mapToDouble(k -> of[k]).toArray();
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
        return List.of(Arrays.copyOf(to, size));
    }

    /** What is held of how often a product followed, as of {@link #tick}. */
    public double later(String other) {
        return count(LATER, other);
    }

    /** What is held of how often a product was in the same order, as of {@link #tick}. */
    public double together(String other) {
        return count(TOGETHER, other);
    }

    /** What is held of how often a product was bought after it, as of {@link #tick}; it fades slowly. */
    public double after(String other) {
        return count(AFTER, other);
    }

    /** What is held of how often a product was bought before it, as of {@link #tick}; it fades slowly. */
    public double before(String other) {
        return count(BEFORE, other);
    }

    private double count(int kind, String other) {
        for (int k = 0; k < size; k++) {
            if (to[k].equals(other)) {
                return cells[kind][k];
            }
        }
        return 0;
    }

    /** How much may be missing of what {@link #later} says of any product. */
    public double laterBound() {
        return laterBound;
    }

    /** How much may be missing of what {@link #together} says of any product. */
    public double togetherBound() {
        return togetherBound;
    }

    /** How much may be missing of what {@link #before} says of any product. */
    public double beforeBound() {
        return beforeBound;
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
                laterBound,
                togetherBound,
                beforeBound,
                Arrays.copyOf(to, size),
                held(LATER),
                held(TOGETHER),
                held(LATER + MISSING),
                held(TOGETHER + MISSING),
                held(AFTER),
                held(BEFORE),
                held(BEFORE_MISSING));
    }

    private double[] held(int kind) {
        return Arrays.copyOf(cells[kind], size);
    }

    /** A row of what was stored. */
    public static AffinityRow of(String sku, Data data) {
        AffinityRow row = new AffinityRow(sku);
        row.tick = data.tick;
        row.chances = data.chances;
        row.repeats = data.repeats;
        row.orders = data.orders;
        row.untold = data.untold;
        row.laterBound = data.laterBound;
        row.togetherBound = data.togetherBound;
        row.slowChances = data.slowChances;
        row.squares = data.squares;
        row.first = data.first;
        row.beforeBound = data.beforeBound;
        row.to = data.to;
        row.hashes = RowDelta.hashes(data.to);
        row.size = data.to.length;
        row.numbers = new int[row.size];
        row.cells = new double[][] {
            data.later,
            data.together,
            data.laterMissing,
            data.togetherMissing,
            data.after,
            data.before,
            data.beforeMissing
        };
        return row;
    }
}
