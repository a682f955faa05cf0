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

    /** In place of a place: the product is owned. */
    private static final int OWNED = -1;

    /** In place of a place: it says nothing of the product. */
    private static final int NONE = -2;

    /** What is in {@link #place} is of this customer when this stands before it. */
    private int round;

    /** By product, the round and then its place among those met: all else is kept by place, close together. */
    private long[] place = {};

    private int[] met = {};
    private int size;

    private double[] later = {};
    private double[] laterMost = {};
    private int[] laterFrom = {};

    private double[] first = {};
    private double[] second = {};
    private double[] third = {};
    private double[] togetherMost = {};
    private int[] togetherFrom = {};

    /** What was bought last, the latest first. */
    private final Shelf.@Nullable Owned[] recent = new Shelf.@Nullable Owned[Shelf.RECENT];

    private final int[] recentItem = new int[Shelf.RECENT];
    private final Links[] following = new Links[Shelf.RECENT];
    private final Links[] beside = new Links[Shelf.RECENT];
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
                put(held.item(k), OWNED);
            }
        }
        for (int k = 0; k < recentSize; k++) {
            recent[k] = held.owned(owned - 1 - k);
            recentItem[k] = held.item(owned - 1 - k);
        }
        root = StrictMath.sqrt(recentSize);
        for (int k = 0; k < recentSize; k++) {
            int item = recentItem[k];
            following[k] = item < 0 ? Links.NONE : market.later(item);
            beside[k] = item < 0 ? Links.NONE : market.together(item);
            addLater(following[k]);
            addTogether(beside[k]);
        }
        Arrays.fill(laterMost, 0, size, 0);
        Arrays.fill(laterFrom, 0, size, NOBODY);
        Arrays.fill(togetherMost, 0, size, 0);
        Arrays.fill(togetherFrom, 0, size, NOBODY);
        for (int k = 0; k < recentSize; k++) {
            strongest(recentItem[k], following[k], laterMost, laterFrom);
            strongest(recentItem[k], beside[k], togetherMost, togetherFrom);
        }
        usualLnPrice = usualLnPrice(terms);
        categories(terms);
    }

    private void begin(int items) {
        if (place.length < items) {
            place = new long[items + items / 4];
            round = 0;
        }
        if (round == Integer.MAX_VALUE) {
            Arrays.fill(place, 0);
            round = 0;
        }
        round++;
        size = 0;
    }

    private void put(int item, int at) {
        place[item] = (long) round << 32 | (at & 0xffff_ffffL);
    }

    /** Its place among those met; {@link #OWNED}, {@link #NONE}. */
    private int place(int item) {
        long known = place[item];
        return (int) (known >>> 32) == round ? (int) known : NONE;
    }

    private int meet(int item) {
        if (size == met.length) {
            int room = Math.max(256, 2 * size);
            met = Arrays.copyOf(met, room);
            later = Arrays.copyOf(later, room);
            laterMost = Arrays.copyOf(laterMost, room);
            laterFrom = Arrays.copyOf(laterFrom, room);
            first = Arrays.copyOf(first, room);
            second = Arrays.copyOf(second, room);
            third = Arrays.copyOf(third, room);
            togetherMost = Arrays.copyOf(togetherMost, room);
            togetherFrom = Arrays.copyOf(togetherFrom, room);
        }
        int at = size++;
        put(item, at);
        met[at] = item;
        later[at] = 0;
        first[at] = 0;
        second[at] = 0;
        third[at] = 0;
        return at;
    }

    private void addLater(Links links) {
        int[] items = links.items();
        double[] excesses = links.excess();
        for (int k = 0; k < items.length; k++) {
            int known = place(items[k]);
            if (known != OWNED) {
                int at = known == NONE ? meet(items[k]) : known;
                later[at] += excesses[k];
            }
        }
    }

    /** Few are sure: they are looked at once all are met. */
    private void strongest(int from, Links links, double[] most, int[] mostFrom) {
        for (int k : links.sure()) {
            int at = place(links.items()[k]);
            if (at != OWNED && links.excess()[k] > most[at]) {
                most[at] = links.excess()[k];
                mostFrom[at] = from;
            }
        }
    }

    private void addTogether(Links links) {
        int[] items = links.items();
        double[] excesses = links.excess();
        for (int k = 0; k < items.length; k++) {
            int known = place(items[k]);
            if (known != OWNED) {
                addTogether(known == NONE ? meet(items[k]) : known, excesses[k]);
            }
        }
    }

    private void addTogether(int at, double excess) {
        if (excess > first[at]) {
            third[at] = second[at];
            second[at] = first[at];
            first[at] = excess;
        } else if (excess > second[at]) {
            third[at] = second[at];
            second[at] = excess;
        } else if (excess > third[at]) {
            third[at] = excess;
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

    /** The product at a place, of those, in no order that means anything. */
    int item(int at) {
        return met[at];
    }

    /** Whether a product is neither owned, nor says it anything of it. */
    boolean isNews(int item) {
        return place(item) == NONE;
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
        int at = place(item);
        return at < 0 ? 0 : laterAt(at);
    }

    /** The same of the product at a place. */
    double laterAt(int at) {
        return later[at] / root;
    }

    /** By how much it goes with what was bought last: the mean excess of the {@value #STRONGEST} strongest; 0: nothing is known. */
    double together(int item) {
        int at = place(item);
        return at < 0 ? 0 : togetherAt(at);
    }

    /** The same of the product at a place. */
    double togetherAt(int at) {
        return (first[at] + second[at] + third[at]) / Math.min(STRONGEST, recentSize);
    }

    /** The product that surely leads on to it, the most of them; below zero: none. */
    int laterFrom(int item) {
        int at = place(item);
        return at < 0 ? NOBODY : laterFrom[at];
    }

    /** By how much its chance exceeds its popularity, given that product. */
    double laterMost(int item) {
        return laterMost[place(item)];
    }

    /** The product with which it surely goes, the best of them; below zero: none. */
    int togetherFrom(int item) {
        int at = place(item);
        return at < 0 ? NOBODY : togetherFrom[at];
    }

    /** By how much its share of the orders is greater where they hold that product. */
    double togetherMost(int item) {
        return togetherMost[place(item)];
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
