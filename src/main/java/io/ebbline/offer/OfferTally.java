package io.ebbline.offer;

import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Outcome;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.offer.OfferRow.PropensityClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of offers. Whole numbers, so that tallies of disjoint effects merge by addition: it does not matter which subtask
 * counted what, nor in which order.
 */
public final class OfferTally {

    /** In place of an offer's id: all offers together. */
    public static final String ALL = "*";

    private static final double MICROS = 1_000_000;

    /** The least propensity of each class: offers are seldom taken up, so classes are narrow where chances are small. */
    private static final double[] CLASSES = {0, .001, .002, .005, .01, .02, .05, .1, .2, .5};

    private static final int MADE = 0;
    private static final int WITHDRAWN = 1;
    private static final int ENDED = 2;
    private static final int SHOWN = 3;
    private static final int ACCEPTED = 4;
    private static final int REJECTED = 5;
    private static final int EXPIRED = 6;
    private static final int BOUGHT = 7;
    private static final int HELD_OUT = 8;
    private static final int HELD_OUT_BOUGHT = 9;
    private static final int OF_CLASS = 10;
    private static final int TAKEN = OF_CLASS + CLASSES.length;
    private static final int EXPECTED = TAKEN + CLASSES.length;

    /** How many {@link #numbers} there are of an offer. */
    public static final int SIZE = EXPECTED + CLASSES.length;

    private final SortedMap<String, long[]> numbers = new TreeMap<>();

    /** Counts what was said or checked; a request that came to nothing counts nothing. */
    public void add(OfferEffect effect) {
        if (effect instanceof Decision decision) {
            for (Offered offer : decision.offers()) {
                of(offer.offerId())[MADE]++;
            }
        } else if (effect instanceof Withdrawn withdrawn) {
            of(withdrawn.offerId())[WITHDRAWN]++;
        } else if (effect instanceof Outcome outcome) {
            add(outcome);
        }
    }

    private void add(Outcome outcome) {
        long[] own = of(outcome.offerId());
        if (outcome.heldOut()) {
            own[HELD_OUT]++;
            own[HELD_OUT_BOUGHT] += one(outcome.bought());
            return;
        }
        boolean taken = outcome.accepted() || outcome.bought();
        own[ENDED]++;
        own[SHOWN] += one(outcome.shown());
        own[ACCEPTED] += one(outcome.accepted());
        own[REJECTED] += one(outcome.rejected());
        own[EXPIRED] += one(!taken && !outcome.rejected());
        own[BOUGHT] += one(outcome.bought());
        int index = classOf(outcome.propensity());
        own[OF_CLASS + index]++;
        own[TAKEN + index] += one(taken);
        own[EXPECTED + index] += Math.round(outcome.propensity() * MICROS);
    }

    private static long one(boolean is) {
        return is ? 1 : 0;
    }

    private static int classOf(double propensity) {
        int index = CLASSES.length - 1;
        while (index > 0 && propensity < CLASSES[index]) {
            index--;
        }
        return index;
    }

    private long[] of(String offerId) {
        return numbers.computeIfAbsent(offerId, id -> new long[SIZE]);
    }

    /** Adds another's counts. */
    public void merge(OfferTally other) {
        other.numbers.forEach(this::merge);
    }

    /**
     * Adds the {@link #numbers} of an offer.
     *
     * @throws IllegalArgumentException unless they are {@link #SIZE}
     */
    public void merge(String offerId, long[] counts) {
        if (counts.length != SIZE) {
            throw new IllegalArgumentException("Of an offer are counted " + SIZE + " numbers, not " + counts.length + ".");
        }
        long[] own = of(offerId);
        Arrays.setAll(own, i -> own[i] + counts[i]);
    }

    /** Whether nothing was counted. */
    public boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** All that is counted, by offer; not to be changed. The order of the numbers is part of the stored form. */
    public SortedMap<String, long[]> numbers() {
        return Collections.unmodifiableSortedMap(numbers);
    }

    /**
     * Adds what a tick brought.
     *
     * @return a row for all offers together, then one for each offer of the tick, by id; none when the tick brought nothing
     */
    public List<OfferRow> apply(OfferTally tick) {
        if (tick.isEmpty()) {
            return List.of();
        }
        merge(tick);
        long[] all = new long[SIZE];
        numbers.values().forEach(own -> Arrays.setAll(all, i -> all[i] + own[i]));
        List<OfferRow> rows = new ArrayList<>();
        rows.add(row(ALL, all));
        tick.numbers.keySet().forEach(id -> rows.add(row(id, of(id))));
        return rows;
    }

    private static OfferRow row(String offerId, long[] own) {
        List<PropensityClass> classes = new ArrayList<>();
        double expected = 0;
        for (int i = 0; i < CLASSES.length; i++) {
            if (own[OF_CLASS + i] > 0) {
                double ofClass = own[EXPECTED + i] / MICROS;
                classes.add(new PropensityClass(CLASSES[i], own[OF_CLASS + i], own[TAKEN + i], ofClass));
                expected += ofClass;
            }
        }
        boolean known = own[ENDED] > 0 && own[HELD_OUT] > 0;
        return new OfferRow(
                offerId,
                own[MADE],
                own[WITHDRAWN],
                own[ENDED],
                own[SHOWN],
                own[ACCEPTED],
                own[REJECTED],
                own[EXPIRED],
                own[BOUGHT],
                own[HELD_OUT],
                own[HELD_OUT_BOUGHT],
                expected,
                known
                        ? (double) own[BOUGHT] / own[ENDED] - (double) own[HELD_OUT_BOUGHT] / own[HELD_OUT]
                        : Double.NaN,
                known
                        ? Math.sqrt(variance(own[BOUGHT], own[ENDED]) + variance(own[HELD_OUT_BOUGHT], own[HELD_OUT]))
                        : Double.NaN,
                classes);
    }

    /** Of a share, with a success and a failure more than there were: else none in a few would be a certainty (Agresti, Caffo 2000). */
    private static double variance(long successes, long trials) {
        double share = (successes + 1.0) / (trials + 2);
        return share * (1 - share) / (trials + 2);
    }
}
