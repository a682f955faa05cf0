package io.ebbline.backtest;

import io.ebbline.backtest.measure.ChiSquare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How chances of acceptance came true.
 *
 * @param trials offers shown whose lives were over by the end, of which something was known when they were shown
 * @param unknown those shown before anything was known of the offer
 * @param undecided those whose lives were not over
 * @param expected mean chance
 * @param actual share that was accepted
 * @param brier mean squared difference of chance and outcome (Brier 1950)
 * @param deciles by chance, as many trials in each
 * @param statistic sum over the deciles of the squared difference over its variance (Hosmer and Lemeshow 1980)
 * @param p chance of that much or more if the chances were right, as far as they claimed to be known
 * @param strictP the same if they were known exactly
 */
public record AcceptanceFigures(
        int trials,
        int unknown,
        int undecided,
        double expected,
        double actual,
        double brier,
        List<Decile> deciles,
        double statistic,
        double p,
        double strictP) {

    /** How many deciles there are. */
    private static final int DECILES = 10;

    /**
     * A tenth of the trials.
     *
     * @param expected mean chance
     * @param actual share that was accepted
     * @param chanceError standard error of the share, if the chances were known exactly
     * @param error the same with how surely they were known
     */
    public record Decile(int trials, double expected, double actual, double chanceError, double error) {}

    /**
     * An offer that was shown.
     *
     * @param group those of one group were given one chance, and err together
     * @param chance that it is accepted
     * @param variance of the chance as far as it was known
     */
    record Trial(int group, double chance, double variance, boolean accepted) {}

    public AcceptanceFigures {
        deciles = List.copyOf(deciles);
    }

    static AcceptanceFigures of(List<Trial> trials, int unknown, int undecided) {
        List<Trial> sorted = trials.stream()
                .sorted(Comparator.comparingDouble(Trial::chance).thenComparingInt(Trial::group))
                .toList();
        List<Decile> deciles = new ArrayList<>();
        double statistic = 0;
        double strict = 0;
        for (int i = 0; i < DECILES; i++) {
            int from = (int) ((long) sorted.size() * i / DECILES);
            int to = (int) ((long) sorted.size() * (i + 1) / DECILES);
            if (from < to) {
                Decile decile = decile(sorted.subList(from, to));
                double difference = decile.actual - decile.expected;
                statistic += square(difference / decile.error);
                strict += square(difference / decile.chanceError);
                deciles.add(decile);
            }
        }
        return new AcceptanceFigures(
                sorted.size(),
                unknown,
                undecided,
                sorted.stream().mapToDouble(Trial::chance).average().orElse(Double.NaN),
                sorted.stream()
                        .mapToDouble(AcceptanceFigures::outcome)
                        .average()
                        .orElse(Double.NaN),
                sorted.stream()
                        .mapToDouble(trial -> square(outcome(trial) - trial.chance))
                        .average()
                        .orElse(Double.NaN),
                deciles,
                statistic,
                p(statistic, deciles),
                p(strict, deciles));
    }

    private static double p(double statistic, List<Decile> deciles) {
        return deciles.isEmpty() ? Double.NaN : ChiSquare.above(statistic, deciles.size());
    }

    /** Trials sorted by chance, so those of a group lie together. */
    private static Decile decile(List<Trial> trials) {
        int n = trials.size();
        double expected = 0;
        int accepted = 0;
        double chance = 0;
        double known = 0;
        int ofGroup = 0;
        for (int i = 0; i < n; i++) {
            Trial trial = trials.get(i);
            expected += trial.chance;
            accepted += trial.accepted ? 1 : 0;
            chance += trial.chance * (1 - trial.chance);
            ofGroup++;
            if (i + 1 == n || trials.get(i + 1).group != trial.group) {
                known += square(ofGroup) * trial.variance;
                ofGroup = 0;
            }
        }
        return new Decile(n, expected / n, (double) accepted / n, Math.sqrt(chance) / n, Math.sqrt(chance + known) / n);
    }

    private static double outcome(Trial trial) {
        return trial.accepted ? 1 : 0;
    }

    private static double square(double x) {
        return x * x;
    }

    /** Puts them by key. */
    public void put(Metrics metrics) {
        metrics.put(Metrics.ACCEPTANCE + "trials", trials);
        metrics.put(Metrics.ACCEPTANCE + "unknown", unknown);
        metrics.put(Metrics.ACCEPTANCE + "undecided", undecided);
        metrics.put(Metrics.ACCEPTANCE + "expected", expected);
        metrics.put(Metrics.ACCEPTANCE + "actual", actual);
        metrics.put(Metrics.ACCEPTANCE + "brier", brier);
        metrics.put(Metrics.ACCEPTANCE + "hl", statistic);
        metrics.put(Metrics.ACCEPTANCE + "hl_p", p);
        metrics.put(Metrics.ACCEPTANCE + "strict_p", strictP);
        for (int i = 0; i < deciles.size(); i++) {
            String key = Metrics.ACCEPTANCE + "decile" + (i + 1) + ".";
            metrics.put(key + "expected", deciles.get(i).expected);
            metrics.put(key + "actual", deciles.get(i).actual);
            metrics.put(key + "error", deciles.get(i).error);
        }
    }
}
