package io.ebbline.offer;

import io.ebbline.event.Hash64;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Outcome;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.offer.OfferRow.PropensityClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What became of offers: by offer, and by kind of offer under {@value #KIND} and the kind's name. Exact counts and sums that merge
 * by addition, in any order. Mutable, for one thread.
 *
 * <p>At most {@value #CAPACITY} of the shop's offers and as many offers of products are held apart: those whose names have the
 * smallest hashes. Who is among the smallest of all is among the smallest of every part, so their counts are complete however the
 * parts were cut and merged (a bottom-k sketch, Cohen and Kaplan 2007). Those of a kind count all.
 */
public final class OfferTally {

    /** Offers of the shop held apart at most, and offers of products. */
    public static final int CAPACITY = 1_000;

    /** What the name of a kind's counts begins with. No offer's does. */
    public static final String KIND = "kind:";

    private static final String PRODUCT = "sku:";
    private static final double MICROS = 1_000_000;

    // Where each number is; then, for each class, how many, how many taken up and how many expected.
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
    private static final int CALIBRATION = 10;

    /** How many numbers there are of an offer. */
    public static final int SIZE = CALIBRATION + 3 * PropensityClasses.SIZE;

    /** A name with its hash, which takes longer to find than to keep. */
    private record Hashed(long hash, String name) implements Comparable<Hashed> {

        @Override
        public int compareTo(Hashed other) {
            return RowDelta.compare(hash, name, other.hash, other.name);
        }
    }

    private final Map<String, long[]> sums = new HashMap<>();
    private final TreeSet<Hashed> offers = new TreeSet<>();
    private final TreeSet<Hashed> products = new TreeSet<>();

    // ---- folds

    /** Counts what was decided, withdrawn, or came of it; requests to which nothing was offered are not counted. */
    public void add(OfferEffect effect) {
        if (effect instanceof Decision decision) {
            for (Offered offered : decision.offers()) {
                count(offered.offerId(), offered.kind(), numbers -> numbers[MADE]++);
            }
        } else if (effect instanceof Withdrawn withdrawn) {
            count(withdrawn.offerId(), withdrawn.kind(), numbers -> numbers[WITHDRAWN]++);
        } else if (effect instanceof Outcome outcome) {
            count(outcome.offerId(), outcome.kind(), numbers -> add(outcome, numbers));
        }
    }

    private static void add(Outcome outcome, long[] numbers) {
        if (outcome.heldOut()) {
            numbers[HELD_OUT]++;
            numbers[HELD_OUT_BOUGHT] += outcome.bought() ? 1 : 0;
            return;
        }
        numbers[ENDED]++;
        numbers[SHOWN] += outcome.shown() ? 1 : 0;
        numbers[ACCEPTED] += outcome.accepted() ? 1 : 0;
        numbers[REJECTED] += outcome.rejected() ? 1 : 0;
        numbers[EXPIRED] += outcome.accepted() || outcome.bought() || outcome.rejected() ? 0 : 1;
        numbers[BOUGHT] += outcome.bought() ? 1 : 0;
        // What is believed of the shop's own offers is how who is shown one answers; of products, what will be bought.
        boolean product = outcome.offerId().startsWith(PRODUCT);
        if (product || outcome.shown() || outcome.accepted()) {
            int at = CALIBRATION + 3 * PropensityClasses.of(outcome.propensity());
            numbers[at]++;
            numbers[at + 1] += outcome.accepted() || (product && outcome.bought()) ? 1 : 0;
            numbers[at + 2] += Math.round(outcome.propensity() * MICROS);
        }
    }

    @FunctionalInterface
    private interface Change {
        void to(long[] numbers);
    }

    private void count(String offerId, Kind kind, Change change) {
        change.to(Objects.requireNonNull(numbers(KIND + kind)));
        long[] numbers = numbers(offerId);
        if (numbers != null) {
            change.to(numbers);
        }
    }

    /** Adds to the numbers of an offer or kind; also how stored ones are read back. */
    public void add(String name, long[] more) {
        long[] numbers = numbers(name);
        if (numbers != null) {
            for (int i = 0; i < SIZE; i++) {
                numbers[i] += more[i];
            }
        }
    }

    /** Adds another's. */
    public void merge(OfferTally other) {
        other.sums.forEach(this::add);
    }

    /** The numbers of an offer or kind; null: it is not held apart. */
    private long @Nullable [] numbers(String name) {
        long[] known = sums.get(name);
        if (known == null && (name.startsWith(KIND) || admit(name))) {
            known = new long[SIZE];
            sums.put(name, known);
        }
        return known;
    }

    private boolean admit(String name) {
        TreeSet<Hashed> held = name.startsWith(PRODUCT) ? products : offers;
        Hashed one = new Hashed(Hash64.of(name), name);
        if (held.size() == CAPACITY) {
            if (one.compareTo(held.last()) > 0) {
                return false;
            }
            sums.remove(Objects.requireNonNull(held.pollLast()).name);
        }
        held.add(one);
        return true;
    }

    // ---- what is known

    /** Whether nothing was counted. */
    public boolean isEmpty() {
        return sums.isEmpty();
    }

    /** How many offers and kinds there are. */
    public int size() {
        return sums.size();
    }

    /** Shows the numbers of every offer and kind, sorted by name. They are not to be changed. */
    public void forEach(BiConsumer<String, long[]> visitor) {
        new TreeMap<>(sums).forEach(visitor);
    }

    /** What is told of those that another names, too, sorted by name. */
    List<OfferRow> rows(OfferTally named) {
        SortedMap<String, long[]> both = new TreeMap<>(sums);
        both.keySet().retainAll(named.sums.keySet());
        List<OfferRow> rows = new ArrayList<>();
        both.forEach((name, numbers) -> rows.add(row(name, numbers)));
        return rows;
    }

    private static OfferRow row(String name, long[] numbers) {
        long expected = 0;
        List<PropensityClass> classes = new ArrayList<>();
        for (int i = 0; i < PropensityClasses.SIZE; i++) {
            int at = CALIBRATION + 3 * i;
            expected += numbers[at + 2];
            if (numbers[at] > 0) {
                classes.add(new PropensityClass(
                        PropensityClasses.from(i), numbers[at], numbers[at + 1], numbers[at + 2] / MICROS));
            }
        }
        long ended = numbers[ENDED];
        long heldOut = numbers[HELD_OUT];
        boolean both = ended > 0 && heldOut > 0;
        double uplift = (double) numbers[BOUGHT] / ended - (double) numbers[HELD_OUT_BOUGHT] / heldOut;
        double error = Math.sqrt(variance(numbers[BOUGHT], ended) + variance(numbers[HELD_OUT_BOUGHT], heldOut));
        return new OfferRow(
                name,
                numbers[MADE],
                numbers[WITHDRAWN],
                ended,
                numbers[SHOWN],
                numbers[ACCEPTED],
                numbers[REJECTED],
                numbers[EXPIRED],
                numbers[BOUGHT],
                heldOut,
                numbers[HELD_OUT_BOUGHT],
                expected / MICROS,
                both ? uplift : Double.NaN,
                both ? error : Double.NaN,
                classes);
    }

    /** Of a share, after one more of each (Agresti and Caffo 2000): of nobody in three it is not known that it is nobody ever. */
    private static double variance(long of, long all) {
        double share = (of + 1.0) / (all + 2);
        return share * (1 - share) / (all + 2);
    }
}
