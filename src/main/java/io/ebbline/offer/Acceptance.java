package io.ebbline.offer;

import io.ebbline.profile.Pace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How likely offers that are shown are accepted within their lives, by the customer's {@link Pace}: what is known tick by tick.
 * Mutable, for one thread.
 *
 * <p>An offer's first acceptances are known long before it is known who did not accept, and what is asked is the chance now, not a
 * life ago. So what is estimated is not a share but the hazard of acceptance, age by age, over all who wait (Kaplan and Meier
 * 1958): those shown yesterday tell of the first day, in the same tick in which those shown last week tell of the eighth. The
 * counts fade.
 *
 * <p>Customers of one pace accept an offer's hazards times a factor, as in a frailty model: accepted over what the offer's hazards
 * expect. Little evidence is drawn towards what is known of more: an age towards the offer's mean hazard, that towards the mean
 * of all offers, and the factor of an offer and a pace towards the pace's factor over all offers.
 */
public final class Acceptance {

    /** Ages held apart, ticks; what waits longer counts with the last. */
    public static final int AGES = 64;

    /** Offers held at most: when there are more, what is known least of goes, with what it has used of its budget. */
    public static final int CAPACITY = 1_000;

    /** Evidence towards which hazards are drawn: as that many who waited for a tick. */
    static final double SMOOTHING = 10;

    /** Evidence towards which factors are drawn: as that many acceptances. */
    static final double FACTOR_SMOOTHING = 10;

    /** Hazard of a tick before anything is known: one of ten within a fortnight. */
    static final double PRIOR = 1 - StrictMath.pow(.9, 1 / 14.0);

    private static final Pace[] PACES = Pace.values();

    /** What is known of one offer. */
    public static final class Known {
        private int life;
        private long accepted;

        /** By tick in which they were shown: how many wait, by pace. */
        private final TreeMap<Integer, long[]> waiting = new TreeMap<>();

        /** By age: faded acceptances. */
        private final double[] byAge = new double[AGES];

        /** By pace: faded acceptances. */
        private final double[] byPace = new double[PACES.length];

        /** By pace and age: how many waited, faded. */
        private final double[][] waited = new double[PACES.length][AGES];

        private boolean changed;

        /** Nothing is known yet. */
        public Known() {
            this(0, 0);
        }

        /**
         * Something is known.
         *
         * @param life the longest, ticks
         * @param accepted how often it was, ever
         */
        public Known(int life, long accepted) {
            this.life = life;
            this.accepted = accepted;
        }

        /** The longest life, ticks. */
        public int life() {
            return life;
        }

        /** How often it was accepted, ever. */
        public long acceptedEver() {
            return accepted;
        }

        /** By tick in which they were shown: how many wait, by pace. What is changed in it is changed here. */
        public Map<Integer, long[]> waiting() {
            return waiting;
        }

        /** Faded numbers, row by row: acceptances by age, by pace, and by pace who waited by age. The same holds of these. */
        public List<double[]> faded() {
            List<double[]> rows = new ArrayList<>(List.of(byAge, byPace));
            rows.addAll(List.of(waited));
            return rows;
        }

        private double waited(int age) {
            double sum = 0;
            for (double[] ages : waited) {
                sum += ages[age];
            }
            return sum;
        }

        private double waited() {
            double sum = 0;
            for (int age = 0; age < AGES; age++) {
                sum += waited(age);
            }
            return sum;
        }

        private double accepted() {
            double sum = 0;
            for (double count : byPace) {
                sum += count;
            }
            return sum;
        }

        private void fade(double left) {
            for (int age = 0; age < AGES; age++) {
                byAge[age] *= left;
            }
            for (int pace = 0; pace < PACES.length; pace++) {
                byPace[pace] *= left;
                for (int age = 0; age < AGES; age++) {
                    waited[pace][age] *= left;
                }
            }
        }

        /** All who wait do so for this tick, too. */
        private void wait(int tick) {
            waiting.forEach((cohort, counts) -> {
                for (int pace = 0; pace < PACES.length; pace++) {
                    waited[pace][age(cohort, tick)] += counts[pace];
                }
            });
        }
    }

    private final TreeMap<String, Known> offers = new TreeMap<>();

    /** Those that the last tick made go. */
    private final Set<String> dropped = new TreeSet<>();

    private int tick = Integer.MIN_VALUE;

    /** The last tick that was folded; {@link Integer#MIN_VALUE}: none. */
    public int tick() {
        return tick;
    }

    /** Folds a tick that has ended, later than any before, with what happened in it; those that were left out had nothing. */
    public void fold(int ended, Responses responses) {
        Map<String, Known> quiet = Collections.unmodifiableMap(offers);
        for (int t = tick; tick != Integer.MIN_VALUE && t < ended; t++) {
            int passed = t + 1;
            double left = Decay.FEEDBACK.between(t, passed);
            quiet.values().forEach(known -> known.fade(left));
            if (passed < ended) {
                quiet.values().forEach(known -> known.wait(passed));
            }
        }
        tick = ended;
        offers.values().forEach(known -> known.changed = !known.waiting.isEmpty());
        // Whoever is shown something waits, if only for an instant.
        responses.forEach((offerId, pace, cohort, life, shown, accepted, lost) -> {
            Known known = offers.computeIfAbsent(offerId, id -> new Known());
            known.changed = true;
            known.life = Math.max(known.life, life);
            if (shown > 0) {
                known.waiting.computeIfAbsent(cohort, c -> new long[PACES.length])[pace.ordinal()] += shown;
            }
        });
        offers.values().forEach(known -> known.wait(ended));
        responses.forEach((offerId, pace, cohort, life, shown, accepted, lost) -> {
            Known known = offers.get(offerId);
            long[] waiting = known == null ? null : known.waiting.get(cohort);
            if (known != null) {
                known.accepted += accepted;
            }
            // Of an offer that was dropped some may still be heard of.
            if (known != null && waiting != null) {
                long taken = Math.min(accepted, waiting[pace.ordinal()]);
                known.byAge[age(cohort, ended)] += taken;
                known.byPace[pace.ordinal()] += taken;
                waiting[pace.ordinal()] -= Math.min(taken + lost, waiting[pace.ordinal()]);
            }
        });
        offers.values().forEach(known -> known.waiting.values().removeIf(Acceptance::isNone));
        dropped.clear();
        while (offers.size() > CAPACITY) {
            String least = leastKnown();
            offers.remove(least);
            dropped.add(least);
        }
    }

    private static int age(int cohort, int tick) {
        return Math.max(0, Math.min(AGES - 1, tick - cohort));
    }

    private static boolean isNone(long[] counts) {
        for (long count : counts) {
            if (count != 0) {
                return false;
            }
        }
        return true;
    }

    private String leastKnown() {
        return Collections.min(
                        offers.entrySet(),
                        Comparator.<Map.Entry<String, Known>>comparingDouble(
                                        entry -> entry.getValue().waited())
                                .thenComparing(Map.Entry.comparingByKey()))
                .getKey();
    }

    // ---- what is known

    /** What is known as of the last tick. */
    public Estimate estimate() {
        return new Estimate(offers);
    }

    /** What the last tick changed: offers that were waited on, and those that went. */
    List<MarketUpdate.Feedback> news() {
        List<MarketUpdate.Feedback> news = new ArrayList<>();
        dropped.forEach(offerId -> news.add(MarketUpdate.Feedback.none(offerId, tick)));
        Estimate now = estimate();
        offers.forEach((offerId, known) -> {
            if (known.changed) {
                double[] alpha = new double[PACES.length];
                double[] beta = new double[PACES.length];
                for (Pace pace : PACES) {
                    Posterior chance = now.of(offerId, pace);
                    alpha[pace.ordinal()] = chance.alpha();
                    beta[pace.ordinal()] = chance.beta();
                }
                news.add(new MarketUpdate.Feedback(offerId, tick, known.accepted, alpha, beta));
            }
        });
        return news;
    }

    /** Offers by name, as they are stored. */
    public Map<String, Known> offers() {
        return offers;
    }

    /** Takes over stored offers, into one that knows nothing. */
    public void restore(int last, Map<String, Known> stored) {
        tick = last;
        offers.putAll(stored);
    }

    /** The chances at one tick. */
    public static final class Estimate {

        private final Map<String, Known> offers;
        private final Map<String, double[]> hazards = new TreeMap<>();
        private final double mean;
        private final double[] factors = new double[PACES.length];

        Estimate(Map<String, Known> offers) {
            this.offers = offers;
            double accepted = 0;
            double waited = 0;
            for (Known known : offers.values()) {
                accepted += known.accepted();
                waited += known.waited();
            }
            mean = (accepted + SMOOTHING * PRIOR) / (waited + SMOOTHING);
            offers.forEach((offerId, known) -> hazards.put(offerId, hazards(known)));
            for (int pace = 0; pace < PACES.length; pace++) {
                double came = FACTOR_SMOOTHING;
                double expected = FACTOR_SMOOTHING;
                for (Map.Entry<String, Known> offer : offers.entrySet()) {
                    came += offer.getValue().byPace[pace];
                    expected += expected(offer.getKey(), pace);
                }
                factors[pace] = came / expected;
            }
        }

        private double[] hazards(Known known) {
            double usual = (known.accepted() + SMOOTHING * mean) / (known.waited() + SMOOTHING);
            double[] of = new double[known.life + 1];
            for (int age = 0; age < of.length; age++) {
                of[age] = (known.byAge[age] + SMOOTHING * usual) / (known.waited(age) + SMOOTHING);
            }
            return of;
        }

        /** How many of a pace should have accepted it by its hazards. */
        private double expected(String offerId, int pace) {
            double[] of = hazards.getOrDefault(offerId, new double[0]);
            Known known = offers.get(offerId);
            double sum = 0;
            for (int age = 0; known != null && age < of.length; age++) {
                sum += known.waited[pace][age] * of[age];
            }
            return sum;
        }

        /** Whether anybody was shown an offer. */
        public boolean knows(String offerId) {
            return offers.containsKey(offerId);
        }

        /** What is known of the chance that a customer of a pace accepts an offer that has been shown before. */
        public Posterior of(String offerId, Pace pace) {
            double[] of = hazards.get(offerId);
            Known known = offers.get(offerId);
            if (of == null || known == null) {
                throw new IllegalArgumentException("Nothing is known of offer " + offerId + ".");
            }
            double came = known.byPace[pace.ordinal()];
            double factor = (came + FACTOR_SMOOTHING * factors[pace.ordinal()])
                    / (expected(offerId, pace.ordinal()) + FACTOR_SMOOTHING);
            double log = 0;
            for (double hazard : of) {
                log += StrictMath.log1p(-Math.min(.999, factor * hazard));
            }
            double chance = -StrictMath.expm1(log);
            // The delta method: the relative variance of the sum of hazards is that of the counts that make it.
            double relative = 1 / (came + FACTOR_SMOOTHING) + 1 / (known.accepted() + 1);
            double spread = (1 - chance) * log;
            double trials = Math.max(1, chance * (1 - chance) / (spread * spread * relative) - 1);
            return new Posterior(trials * chance, trials * (1 - chance));
        }
    }
}
