package io.ebbline.offer;

import io.ebbline.profile.Outlook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many orders come for each that is foretold, by habit and age of the silence, known tick by tick. A model of another shop, or
 * of another season, is set right by it. Mutable, for one thread.
 *
 * <p>Each day the hazards of all who wait are added up, of each for as long as no order comes. The orders that come over that sum are
 * the maximum likelihood estimate of a factor of all these hazards (Cox and Oakes 1984, Analysis of Survival Data, 3.2 and 4.2), and
 * nobody has to be waited for: those who ordered yesterday tell of the first day, those silent for long of later ones. Both numbers
 * fade. They are of orders, whatever was offered or shown, by the holdout group like by everybody.
 *
 * <p>Little evidence is drawn towards what is known of more, as of a factor with a gamma prior: a habit at an age towards the
 * product of both over the shop's factor, each of them towards the shop's, and that towards 1. By habit and age the numbers fade
 * slowly, for they are few; so all of late tell how much faster the shop goes now.
 *
 * <p>Who is forgotten, or made one with another customer, waits on until the last age is over.
 */
public final class OrderPace {

    private static final double MILLIONTHS = 1e6;
    private static final double LEAST = .1;
    private static final double MOST = 10;
    private static final int HABITS = Outlook.Habit.values().length;

    private final TreeMap<Integer, long[]> waiting = new TreeMap<>();
    private final double[] expected = new double[Arrivals.CELLS];
    private final double[] came = new double[Arrivals.CELLS];

    /** Of all habits and ages, of late: orders expected, and orders that came. */
    private final double[] late = new double[2];

    private int tick = Integer.MIN_VALUE;

    /** The last tick that was folded; {@link Integer#MIN_VALUE}: none. */
    public int tick() {
        return tick;
    }

    /** Folds a tick that has ended, later than any before, with the orders of it; in those that were left out nobody ordered. */
    public void fold(int ended, Arrivals arrivals) {
        for (int t = tick; tick != Integer.MIN_VALUE && t < ended; t++) {
            pass(t, t + 1);
        }
        tick = ended;
        for (int i = 0; i < Arrivals.CELLS; i++) {
            came[i] += arrivals.came()[i];
            late[1] += arrivals.came()[i];
        }
        for (int habit = 0; habit < HABITS; habit++) {
            double today = arrivals.today()[habit] / MILLIONTHS;
            expected[habit * Outlook.AGES] += today;
            late[0] += today;
        }
        arrivals.waiting().forEach((cohort, hazards) -> {
            if (ended - cohort < Outlook.fromDays(Outlook.AGES)) {
                move(waiting.computeIfAbsent(cohort, unused -> new long[Arrivals.CELLS]), hazards);
            }
        });
    }

    /** Whoever waits does so for this tick, too: also those who order in it. */
    private void pass(int before, int now) {
        waiting.headMap(now - Outlook.fromDays(Outlook.AGES), true).clear();
        double left = Decay.PACE.between(before, now);
        for (int i = 0; i < Arrivals.CELLS; i++) {
            came[i] *= left;
            expected[i] *= left;
        }
        double fast = Decay.PACE_OF_LATE.between(before, now);
        late[0] *= fast;
        late[1] *= fast;
        long[] sums = new long[Arrivals.CELLS];
        waiting.forEach((cohort, hazards) -> {
            int age = Outlook.age(now - cohort);
            for (int i = age; i < Arrivals.CELLS; i += Outlook.AGES) {
                sums[i] += hazards[i];
            }
        });
        for (int i = 0; i < Arrivals.CELLS; i++) {
            int age = i % Outlook.AGES;
            double more = sums[i] / (MILLIONTHS * (Outlook.fromDays(age + 1) - Outlook.fromDays(age)));
            expected[i] += more;
            late[0] += more;
        }
    }

    /** After a late order, or under a new model, what a customer is taken out with is not what they came with: never more than there is. */
    private static void move(long[] to, long[] hazards) {
        for (int i = 0; i < Arrivals.CELLS; i++) {
            to[i] = Math.max(0, to[i] + hazards[i]);
        }
    }

    // ---- what is known

    /** Orders that come for each that is foretold, as of the last tick, by habit and age; {@value #LEAST} to {@value #MOST}. */
    List<Double> factors() {
        double[] ofHabit = new double[2 * HABITS];
        double[] ofAge = new double[2 * Outlook.AGES];
        double orders = 0;
        double foretold = 0;
        for (int i = 0; i < Arrivals.CELLS; i++) {
            int habit = i / Outlook.AGES;
            int age = i % Outlook.AGES;
            ofHabit[habit] += came[i];
            ofHabit[HABITS + habit] += expected[i];
            ofAge[age] += came[i];
            ofAge[Outlook.AGES + age] += expected[i];
            orders += came[i];
            foretold += expected[i];
        }
        double shop = factor(orders, foretold, 1);
        double season = factor(late[1], late[0], shop) / shop;
        List<Double> factors = new ArrayList<>(Arrivals.CELLS);
        for (int i = 0; i < Arrivals.CELLS; i++) {
            int habit = i / Outlook.AGES;
            int age = i % Outlook.AGES;
            double usual = factor(ofHabit[habit], ofHabit[HABITS + habit], shop)
                    * factor(ofAge[age], ofAge[Outlook.AGES + age], shop)
                    / shop;
            factors.add(Math.max(LEAST, Math.min(MOST, season * factor(came[i], expected[i], usual))));
        }
        return factors;
    }

    private static double factor(double came, double expected, double usual) {
        return (came + AffinityRules.PACE_SMOOTHING * usual) / (expected + AffinityRules.PACE_SMOOTHING);
    }

    /**
     * Orders to be expected of a customer from an instant to another. Until one comes, they come by the hazards of the silence; from
     * then on at the rate of who has just ordered, so there are {@code 1 - e^-L + F (1 - (1 - e^-L) / L)}: L the hazards of the
     * silence over that time, F those of who has just ordered. If both are the same that is L.
     *
     * @param factors see {@link #factors}; none: as many as are foretold
     */
    static double orders(Outlook outlook, List<Double> factors, long from, long until) {
        double silent = hazard(outlook, factors, from - outlook.since(), until - outlook.since());
        double anew = hazard(outlook, factors, 0, until - from);
        double comes = -StrictMath.expm1(-silent);
        return silent <= 0 ? 0 : comes + anew * (1 - comes / silent);
    }

    /** That of a silence from an age to another. */
    private static double hazard(Outlook outlook, List<Double> factors, long from, long until) {
        int first = Arrivals.cell(outlook.habit(), 0);
        double sum = 0;
        for (int age = 0; age < Outlook.AGES; age++) {
            long begins = Math.max(from, Outlook.fromMillis(age));
            // The last age goes on.
            long ends = age + 1 < Outlook.AGES ? Math.min(until, Outlook.fromMillis(age + 1)) : until;
            if (ends > begins) {
                double factor = factors.isEmpty() ? 1 : factors.get(first + age);
                sum += factor * outlook.hazards().get(age) / Outlook.millis(age) * (ends - begins);
            }
        }
        return sum;
    }

    // ---- stored form

    /** By tick of the order that is waited after: hazards of who wait, by habit and age, millionths. */
    public Map<Integer, long[]> waiting() {
        return Collections.unmodifiableMap(waiting);
    }

    /** Faded numbers: orders expected and orders that came, by habit and age; both, of all, of late. What is changed in them is changed here. */
    public List<double[]> faded() {
        return List.of(expected, came, late);
    }

    /** Takes over what is stored beside {@link #faded}, into one that knows nothing. */
    public void restore(int last, Map<Integer, long[]> stored) {
        tick = last;
        waiting.putAll(stored);
    }
}
