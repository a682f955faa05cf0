package io.ebbline.offer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@link Market#lift} says between the categories of products, each worked out once: of a market as it is. For one thread. */
final class Lifts {

    private final Market market;
    private final List<String> names = new ArrayList<>();
    private final int[] category;

    /** By category; 0: not worked out yet. */
    private final double[][] rows;

    Lifts(Market market) {
        this.market = market;
        Map<String, Integer> numbers = new HashMap<>();
        category = new int[market.size()];
        for (int item = 0; item < category.length; item++) {
            String name = market.category(item);
            if (name == null) {
                category[item] = -1;
                continue;
            }
            Integer number = numbers.putIfAbsent(name, names.size());
            category[item] = number == null ? names.size() : number;
            if (number == null) {
                names.add(name);
            }
        }
        rows = new double[names.size()][];
    }

    /** Between the categories of two products; 1 where one of them has none, or is not known. */
    double of(int from, int to) {
        int owned = from < 0 ? -1 : category[from];
        int bought = to < 0 ? -1 : category[to];
        if (owned < 0 || bought < 0) {
            return 1;
        }
        if (rows[owned] == null) {
            rows[owned] = new double[names.size()];
        }
        double known = rows[owned][bought];
        if (known == 0) {
            known = market.lift(names.get(owned), names.get(bought));
            rows[owned][bought] = known;
        }
        return known;
    }
}
