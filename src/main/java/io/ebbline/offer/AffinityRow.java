package io.ebbline.offer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What follows one product and what goes with it, folded tick by tick. Mutable, for one thread.
 *
 * <p>Of more than {@link AffinityRules#CANDIDATES} products the weakest are dropped at a fold. The row remembers how strong a
 * dropped one may have been, and what comes back may have had that much before (SpaceSaving: Metwally, Agrawal, El Abbadi:
 * Efficient Computation of Frequent and Top-k Elements in Data Streams, ICDT 2005, in batches). So of each product, what is
 * held of a count is never too much, and too little by at most the count's bound; what exceeds the bound is held.
 */
public final class AffinityRow {

    private static final String[] NO_NAMES = {};
    private static final double[] NO_COUNTS = {};

    /** What is left of a product whose counts have faded this far is not worth a place. */
    private static final double DUST = .01;

    private final String sku;
    private int tick = Integer.MIN_VALUE;
    private double chances;
    private double repeats;
    private double orders;
    private double laterBound;
    private double togetherBound;

    /** Sorted. */
    private String[] to = NO_NAMES;

    private double[] later = NO_COUNTS;
    private double[] together = NO_COUNTS;

    /** What may be missing of each. */
    private double[] laterMissing = NO_COUNTS;

    private double[] togetherMissing = NO_COUNTS;

    /** A row of a product of which nothing is known. */
    public AffinityRow(String sku) {
        this.sku = sku;
    }

    /**
     * Folds a tick that has ended, with all that was counted in it.
     *
     * @param ended later than any before
     * @param market as of that tick, with the popularity of that tick
     * @return the lists as they are now
     */
    public ListUpdate fold(int ended, RowDelta delta, Market market) {
        fade(ended);
        chances += delta.chances();
        repeats += delta.repeats();
        orders += delta.orders();
        add(delta);
        prune();
        List<Candidate> follow = new ArrayList<>();
        List<Candidate> beside = new ArrayList<>();
        Hazard after = new Hazard(chances);
        Hazard with = new Hazard(orders);
        int self = market.index(sku);
        String category = self < 0 ? null : market.category(self);
        for (int k = 0; k < to.length; k++) {
            int item = market.index(to[k]);
            double popularity = item < 0 ? 0 : market.popularity(item);
            if (after.isSignificant(later[k], popularity, AffinityRules.SIGNIFICANCE)) {
                double prior = popularity * market.lift(category, item < 0 ? null : market.category(item));
                follow.add(new Candidate(to[k], later[k], after.excess(later[k], popularity, prior)));
            }
            double share = item < 0 ? 0 : market.orderShare(item);
            if (with.isSignificant(together[k], share, AffinityRules.SIGNIFICANCE)) {
                beside.add(new Candidate(to[k], together[k], with.excess(together[k], share, share)));
            }
        }
        List<Candidate> first = strongest(follow);
        List<Candidate> second = strongest(beside);
        return new ListUpdate(
                sku, ended, chances, repeats, orders, names(first), counts(first), names(second), counts(second));
    }

    private record Candidate(String sku, double count, double excess) {}

    private static List<Candidate> strongest(List<Candidate> all) {
        all.sort((a, b) -> {
            int order = Double.compare(b.excess, a.excess);
            return order == 0 ? a.sku.compareTo(b.sku) : order;
        });
        return all.subList(0, Math.min(all.size(), AffinityRules.LIST));
    }

    private static String[] names(List<Candidate> list) {
        return list.stream().map(Candidate::sku).toArray(String[]::new);
    }

    private static double[] counts(List<Candidate> list) {
        return list.stream().mapToDouble(Candidate::count).toArray();
    }

    private void fade(int ended) {
        double fade = Decay.LATER.between(tick, ended);
        double slow = Decay.TOGETHER.between(tick, ended);
        tick = ended;
        chances *= fade;
        repeats *= fade;
        orders *= slow;
        laterBound *= fade;
        togetherBound *= slow;
        for (int k = 0; k < to.length; k++) {
            later[k] *= fade;
            laterMissing[k] *= fade;
            together[k] *= slow;
            togetherMissing[k] *= slow;
        }
    }

    private void add(RowDelta delta) {
        int most = to.length + delta.to().length;
        String[] names = new String[most];
        double[][] cells = new double[4][most];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < to.length || j < delta.to().length) {
            int order = i == to.length ? 1 : j == delta.to().length ? -1 : to[i].compareTo(delta.to()[j]);
            if (order <= 0) {
                names[size] = to[i];
                cells[0][size] = later[i];
                cells[1][size] = together[i];
                cells[2][size] = laterMissing[i];
                cells[3][size] = togetherMissing[i++];
            } else {
                names[size] = delta.to()[j];
                cells[2][size] = laterBound;
                cells[3][size] = togetherBound;
            }
            if (order >= 0) {
                cells[0][size] += delta.later()[j];
                cells[1][size] += delta.together()[j++];
            }
            size++;
        }
        take(names, cells, size);
    }

    private void take(String[] names, double[][] cells, int size) {
        to = Arrays.copyOf(names, size);
        later = Arrays.copyOf(cells[0], size);
        together = Arrays.copyOf(cells[1], size);
        laterMissing = Arrays.copyOf(cells[2], size);
        togetherMissing = Arrays.copyOf(cells[3], size);
    }

    private double strength(int k) {
        return later[k] + laterMissing[k] + together[k] + togetherMissing[k];
    }

    private void prune() {
        double least = DUST;
        int ties = Integer.MAX_VALUE;
        if (to.length > AffinityRules.CANDIDATES) {
            double[] strengths = new double[to.length];
            Arrays.setAll(strengths, this::strength);
            Arrays.sort(strengths);
            double cut = strengths[to.length - AffinityRules.CANDIDATES];
            if (cut > least) {
                least = cut;
                int above = 0;
                for (double strength : strengths) {
                    above += strength > cut ? 1 : 0;
                }
                ties = AffinityRules.CANDIDATES - above;
            }
        }
        String[] names = new String[to.length];
        double[][] cells = new double[4][to.length];
        int size = 0;
        for (int k = 0; k < to.length; k++) {
            double strength = strength(k);
            if (strength > least || (strength == least && ties-- > 0)) {
                names[size] = to[k];
                cells[0][size] = later[k];
                cells[1][size] = together[k];
                cells[2][size] = laterMissing[k];
                cells[3][size++] = togetherMissing[k];
            } else {
                laterBound = Math.max(laterBound, later[k] + laterMissing[k]);
                togetherBound = Math.max(togetherBound, together[k] + togetherMissing[k]);
            }
        }
        if (size < to.length) {
            take(names, cells, size);
        }
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

    /** The products that are held, sorted. */
    public List<String> held() {
        return List.of(to);
    }

    /** What is held of how often a product followed, as of {@link #tick}. */
    public double later(String other) {
        int at = Arrays.binarySearch(to, other);
        return at < 0 ? 0 : later[at];
    }

    /** What is held of how often a product was in the same order, as of {@link #tick}. */
    public double together(String other) {
        int at = Arrays.binarySearch(to, other);
        return at < 0 ? 0 : together[at];
    }

    /** How much may be missing of what {@link #later} says of any product. */
    public double laterBound() {
        return laterBound;
    }

    /** How much may be missing of what {@link #together} says of any product. */
    public double togetherBound() {
        return togetherBound;
    }

    // ---- stored form

    /** All that it holds. Its arrays are not to be changed. */
    public record Data(
            int tick,
            double chances,
            double repeats,
            double orders,
            double laterBound,
            double togetherBound,
            String[] to,
            double[] later,
            double[] together,
            double[] laterMissing,
            double[] togetherMissing) {}

    /** What is stored. */
    public Data data() {
        return new Data(
                tick,
                chances,
                repeats,
                orders,
                laterBound,
                togetherBound,
                to,
                later,
                together,
                laterMissing,
                togetherMissing);
    }

    /** Takes over what was stored. */
    public static AffinityRow of(String sku, Data data) {
        AffinityRow row = new AffinityRow(sku);
        row.tick = data.tick;
        row.chances = data.chances;
        row.repeats = data.repeats;
        row.orders = data.orders;
        row.laterBound = data.laterBound;
        row.togetherBound = data.togetherBound;
        row.to = data.to;
        row.later = data.later;
        row.together = data.together;
        row.laterMissing = data.laterMissing;
        row.togetherMissing = data.togetherMissing;
        return row;
    }
}
