package io.ebbline.offer;

import io.ebbline.profile.Shelf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the products that a customer bought last say of those not owned. Room is kept from one customer to the next. By a product's
 * number in the {@link Market}. Mutable, for one thread.
 */
final class Evidence {

    /** How many of the products that go with it count. */
    static final int STRONGEST = 3;

    private static final int NOBODY = -1;

    /** What is in the arrays of a product is of this customer when its mark is this one; it is owned when its mark is minus this one. */
    private int round;

    private int[] mark = {};
    private double[] later = {};
    private double[] laterMost = {};
    private int[] laterFrom = {};

    /** The same mark, of what goes with something. */
    private int[] with = {};

    private double[] first = {};
    private double[] second = {};
    private double[] third = {};
    private double[] togetherMost = {};
    private int[] togetherFrom = {};

    private int[] met = {};
    private int size;

    /** What was bought last, the latest first. */
    private final Shelf.@Nullable Owned[] recent = new Shelf.@Nullable Owned[Shelf.RECENT];

    private final int[] recentItem = new int[Shelf.RECENT];
    private int owned;
    private int recentSize;
    private double root;
    private double usualLnPrice;
    private int inCategories;
    private double[] categoryLift = {};

    /** NaN: not worked out yet. */
    private double[] lnCategoryLift = {};

    /** Looks at a customer. */
    void gather(Holdings held, Market market, ItemTerms terms) {
        begin(market.size());
        owned = held.size();
        recentSize = Math.min(owned, Shelf.RECENT);
        for (int k = 0; k < owned; k++) {
            if (held.item(k) >= 0) {
                mark[held.item(k)] = -round;
            }
        }
        for (int k = 0; k < recentSize; k++) {
            recent[k] = held.owned(owned - 1 - k);
            recentItem[k] = held.item(owned - 1 - k);
        }
        root = StrictMath.sqrt(recentSize);
        for (int k = 0; k < recentSize; k++) {
            int item = recentItem[k];
            if (item >= 0) {
                addLater(item, market.later(item));
                addTogether(item, market.together(item));
            }
        }
        usualLnPrice = usualLnPrice(terms);
        categories(terms);
    }

    private void begin(int items) {
        if (mark.length < items) {
            int room = items + items / 4;
            mark = new int[room];
            with = new int[room];
            later = new double[room];
            laterMost = new double[room];
            laterFrom = new int[room];
            first = new double[room];
            second = new double[room];
            third = new double[room];
            togetherMost = new double[room];
            togetherFrom = new int[room];
            met = new int[room];
            round = 0;
        }
        if (round == Integer.MAX_VALUE) {
            Arrays.fill(mark, 0);
            Arrays.fill(with, 0);
            round = 0;
        }
        round++;
        size = 0;
    }

    private void meet(int item, double excess) {
        mark[item] = round;
        met[size++] = item;
        later[item] = excess;
        laterMost[item] = 0;
        laterFrom[item] = NOBODY;
    }

    private void addLater(int from, Links links) {
        int[] items = links.items();
        double[] excesses = links.excess();
        for (int k = 0; k < items.length; k++) {
            int item = items[k];
            if (mark[item] == round) {
                later[item] += excesses[k];
            } else if (mark[item] != -round) {
                meet(item, excesses[k]);
            }
        }
        for (int k : links.sure()) {
            int item = items[k];
            if (isMet(item) && excesses[k] > laterMost[item]) {
                laterMost[item] = excesses[k];
                laterFrom[item] = from;
            }
        }
    }

    private void addTogether(int from, Links links) {
        int[] items = links.items();
        double[] excesses = links.excess();
        for (int k = 0; k < items.length; k++) {
            int item = items[k];
            double excess = excesses[k];
            if (mark[item] == -round) {
                continue;
            }
            if (mark[item] != round) {
                meet(item, 0);
            }
            if (with[item] != round) {
                with[item] = round;
                first[item] = excess;
                second[item] = 0;
                third[item] = 0;
                togetherMost[item] = 0;
                togetherFrom[item] = NOBODY;
            } else {
                if (excess > first[item]) {
                    third[item] = second[item];
                    second[item] = first[item];
                    first[item] = excess;
                } else if (excess > second[item]) {
                    third[item] = second[item];
                    second[item] = excess;
                } else if (excess > third[item]) {
                    third[item] = excess;
                }
            }
        }
        for (int k : links.sure()) {
            int item = items[k];
            if (isMet(item) && excesses[k] > togetherMost[item]) {
                togetherMost[item] = excesses[k];
                togetherFrom[item] = from;
            }
        }
    }

    private double usualLnPrice(ItemTerms terms) {
        double sum = 0;
        int known = 0;
        for (int k = 0; k < recentSize; k++) {
            int item = recentItem[k];
            if (item >= 0 && !Double.isNaN(terms.lnPrice(item))) {
                sum += terms.lnPrice(item);
                known++;
            }
        }
        return sum / known;
    }

    private void categories(ItemTerms terms) {
        int number = terms.categories();
        if (categoryLift.length < number) {
            categoryLift = new double[number];
            lnCategoryLift = new double[number];
        }
        Arrays.fill(categoryLift, 0, number, 0);
        Arrays.fill(lnCategoryLift, 0, number, Double.NaN);
        inCategories = 0;
        for (int k = 0; k < recentSize; k++) {
            int item = recentItem[k];
            int category = item < 0 ? -1 : terms.category(item);
            inCategories += category < 0 ? 0 : 1;
        }
    }

    // ---- what was found

    /** How many products that are not owned it says something of. */
    int size() {
        return size;
    }

    /** The k-th of them, in no order that means anything. */
    int item(int k) {
        return met[k];
    }

    boolean isOwned(int item) {
        return mark[item] == -round;
    }

    /** Whether it says something of that product. */
    boolean isMet(int item) {
        return mark[item] == round;
    }

    /** Products owned. */
    int owned() {
        return owned;
    }

    /**
     * By how much its chance after each of the products bought last exceeds its usual one, added up and divided by the root of
     * their number; 0: nothing is known.
     */
    double later(int item) {
        return isMet(item) ? later[item] / root : 0;
    }

    /** By how much it goes with what was bought last: the mean excess of the {@value #STRONGEST} strongest; 0: nothing is known. */
    double together(int item) {
        return with[item] == round ? (first[item] + second[item] + third[item]) / Math.min(STRONGEST, recentSize) : 0;
    }

    /** The product that surely leads on to it, the most of them; below zero: none. */
    int laterFrom(int item) {
        return isMet(item) ? laterFrom[item] : NOBODY;
    }

    /** By how much its chance exceeds its popularity, given that product. */
    double laterMost(int item) {
        return laterMost[item];
    }

    /** The product with which it surely goes, the best of them; below zero: none. */
    int togetherFrom(int item) {
        return with[item] == round ? togetherFrom[item] : NOBODY;
    }

    /** By how much its share of the orders is greater where they hold that product. */
    double togetherMost(int item) {
        return togetherMost[item];
    }

    /** Mean ln price of what was bought last; NaN: no price is known. */
    double usualLnPrice() {
        return usualLnPrice;
    }

    /** Whether one of the products bought last is of the customer's latest order. */
    boolean isJustBought(int item) {
        Shelf.Owned last = recentSize == 0 ? null : recent[0];
        for (int k = 0; k < recentSize; k++) {
            Shelf.Owned one = recent[k];
            if (recentItem[k] == item && one != null && last != null) {
                return one.lastOrder() == last.lastOrder();
            }
        }
        return false;
    }

    /** How many times as often as usual what was bought last leads on to a category; of none 1. */
    double categoryLift(int category, ItemTerms terms) {
        if (category < 0 || inCategories == 0) {
            return 1;
        }
        if (categoryLift[category] == 0) {
            double sum = 0;
            for (int k = 0; k < recentSize; k++) {
                int item = recentItem[k];
                int from = item < 0 ? -1 : terms.category(item);
                sum += from < 0 ? 0 : terms.lifts(from)[category];
            }
            categoryLift[category] = Math.max(sum / inCategories, .01);
        }
        return categoryLift[category];
    }

    /** Its natural logarithm. */
    double lnCategoryLift(int category, ItemTerms terms) {
        if (category < 0) {
            return 0;
        }
        if (Double.isNaN(lnCategoryLift[category])) {
            lnCategoryLift[category] = StrictMath.log(categoryLift(category, terms));
        }
        return lnCategoryLift[category];
    }

    /** The category of what was bought last that leads on to a category most; below zero: none. */
    int categoryFrom(int category, ItemTerms terms) {
        int best = NOBODY;
        double most = 1;
        for (int k = 0; k < recentSize; k++) {
            int item = recentItem[k];
            int from = item < 0 ? -1 : terms.category(item);
            if (category >= 0 && from >= 0 && terms.lifts(from)[category] > most) {
                most = terms.lifts(from)[category];
                best = from;
            }
        }
        return best;
    }
}
