package io.ebbline.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * TIFU-KNN: a customer's orders as one vector over the products, mixed with the mean vector of those who are closest (Hu, He, Gao
 * and Zhang, "Modeling Personalized Item Frequency Information for Next-basket Recommendation", SIGIR 2020, section 4).
 *
 * <p>The orders are divided into groups, in their order and as evenly as can be, the later groups the bigger ones; the vector of a
 * group is the decayed sum of its orders over their number, the vector of the customer the decayed sum of the groups over their
 * number. Distance is Euclidean; at equal distance the one who comes first is closer.
 */
final class TifuKnn {

    /**
     * The method's five parameters.
     *
     * @param neighbours how many customers are near
     * @param within what an order counts for each later one of its group, 0 to 1
     * @param between what a group counts for each later one, 0 to 1
     * @param own weight of the customer's own vector, 0 to 1; the neighbours have the rest
     * @param groups into how many groups the orders are divided, as far as they go round
     */
    record Rules(int neighbours, double within, double between, double own, int groups) {}

    /** What the paper's authors publish for Ta-Feng. */
    static final Rules TA_FENG = new Rules(300, .9, .7, .7, 7);

    /** A vector over the products, those with a weight alone. */
    private record Sparse(int[] items, double[] weights, double square) {}

    private final Rules rules;
    private final int items;
    private final List<Sparse> others;

    /**
     * Learns.
     *
     * @param others the orders of each of those who can be neighbours, sets of product numbers
     * @param items how many products there are
     */
    TifuKnn(List<List<int[]>> others, int items, Rules rules) {
        this.rules = rules;
        this.items = items;
        this.others = others.stream().map(this::vector).toList();
    }

    /** How much speaks for each product to be in the order that follows these. */
    double[] scores(List<int[]> past) {
        return mix(past, neighbours(past), rules.neighbours, rules.own);
    }

    /** The others, the closest first. */
    int[] neighbours(List<int[]> past) {
        double[] vector = dense(vector(past));
        double[] distance = new double[others.size()];
        for (int i = 0; i < distance.length; i++) {
            Sparse other = others.get(i);
            double dot = 0;
            for (int k = 0; k < other.items.length; k++) {
                dot += other.weights[k] * vector[other.items[k]];
            }
            distance[i] = other.square - 2 * dot;
        }
        return Ranks.best(distance.length, rules.neighbours, i -> -distance[i]);
    }

    /** The scores with that many of these neighbours and that weight of the own vector. */
    double[] mix(List<int[]> past, int[] neighbours, int near, double own) {
        double[] scores = new double[items];
        add(vector(past), own, scores);
        int count = Math.min(near, neighbours.length);
        for (int i = 0; i < count; i++) {
            add(others.get(neighbours[i]), (1 - own) / count, scores);
        }
        return scores;
    }

    private static void add(Sparse vector, double factor, double[] to) {
        for (int k = 0; k < vector.items.length; k++) {
            to[vector.items[k]] += factor * vector.weights[k];
        }
    }

    private Sparse vector(List<int[]> orders) {
        double[] vector = new double[items];
        int groups = Math.min(rules.groups, orders.size());
        int end = orders.size();
        for (int later = 0; later < groups; later++) {
            int size = groupSize(orders.size(), groups, later);
            double weight = StrictMath.pow(rules.between, later) / groups / size;
            for (int i = 1; i <= size; i++) {
                for (int item : orders.get(end - i)) {
                    vector[item] += weight;
                }
                weight *= rules.within;
            }
            end -= size;
        }
        int[] held = IntStream.range(0, items).filter(i -> vector[i] > 0).toArray();
        double[] weights = Arrays.stream(held).mapToDouble(i -> vector[i]).toArray();
        return new Sparse(held, weights, Arrays.stream(weights).map(w -> w * w).reduce(0, Double::sum));
    }

    /** Orders of the group that so many groups follow. */
    private static int groupSize(int orders, int groups, int later) {
        return orders / groups + (later < orders % groups ? 1 : 0);
    }

    private double[] dense(Sparse vector) {
        double[] dense = new double[items];
        add(vector, 1, dense);
        return dense;
    }

    // ---- the choice of the parameters

    /** The paper's ranges. */
    private static final int[] NEIGHBOURS = {100, 300, 500, 700, 900, 1_100, 1_300};

    private static final int[] GROUPS = {3, 7, 11, 15, 19, 23};

    private static final double[] TENTHS = {.1, .2, .3, .4, .5, .6, .7, .8, .9, 1};

    /** Recall of the last orders of some customers under some parameters. */
    interface Recall {
        double of(Rules rules);
    }

    /**
     * The parameters with which the most is recalled: from those for Ta-Feng on, one parameter after the other over the paper's
     * range, until a round changes nothing or {@code rounds} are over. Of equals the first stays.
     */
    static Rules choose(Recall recall, int rounds) {
        Rules best = TA_FENG;
        double most = recall.of(best);
        for (int round = 0; round < rounds; round++) {
            Rules before = best;
            for (int parameter = 0; parameter < 5; parameter++) {
                for (Rules rules : along(best, parameter)) {
                    double found = recall.of(rules);
                    if (found > most) {
                        most = found;
                        best = rules;
                    }
                }
            }
            if (best.equals(before)) {
                break;
            }
        }
        return best;
    }

    private static List<Rules> along(Rules from, int parameter) {
        List<Rules> line = new ArrayList<>();
        switch (parameter) {
            case 0 ->
                Arrays.stream(TENTHS)
                        .forEach(x -> line.add(new Rules(from.neighbours, from.within, from.between, x, from.groups)));
            case 1 ->
                Arrays.stream(NEIGHBOURS)
                        .forEach(x -> line.add(new Rules(x, from.within, from.between, from.own, from.groups)));
            case 2 ->
                Arrays.stream(TENTHS)
                        .forEach(x -> line.add(new Rules(from.neighbours, from.within, x, from.own, from.groups)));
            case 3 ->
                Arrays.stream(TENTHS)
                        .forEach(x -> line.add(new Rules(from.neighbours, x, from.between, from.own, from.groups)));
            default ->
                Arrays.stream(GROUPS)
                        .forEach(x -> line.add(new Rules(from.neighbours, from.within, from.between, from.own, x)));
        }
        return line;
    }
}
