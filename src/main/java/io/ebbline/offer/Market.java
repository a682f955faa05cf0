package io.ebbline.offer;

import io.ebbline.offer.MarketUpdate.Category;
import io.ebbline.offer.MarketUpdate.Feedback;
import io.ebbline.offer.MarketUpdate.Item;
import io.ebbline.offer.MarketUpdate.Shop;
import io.ebbline.profile.Outlook;
import io.ebbline.profile.Pace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a ranker knows of the shop: how popular products are, what follows what, and what goes with what, as of a tick. It fades
 * by itself as ticks pass without news. Mutable, for one thread.
 *
 * <p>Products have numbers from 0 on, in the order in which this object came to know them. Nothing may depend on that order.
 */
public final class Market {

    /** The tick while nothing is known. */
    public static final int NO_TICK = Integer.MIN_VALUE;

    private static final Item UNKNOWN = new Item("", null, 0, 0, 0, 0, 0);
    private static final Shop NO_SHOP = new Shop(0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of(), List.of());

    private final double minorUnits;
    private int tick = NO_TICK;
    private Shop shop = NO_SHOP;
    private final Numbers skus = new Numbers();
    private final List<Item> items = new ArrayList<>();
    private final List<@Nullable Lists> lists = new ArrayList<>();
    private final Map<String, Category> categories = new HashMap<>();
    private final Map<String, Feedback> feedback = new HashMap<>();
    /** As of now; worked out when first asked for. */
    private double @Nullable [] popularity;

    private double @Nullable [] orderShare;
    private int @Nullable [] byPopularity;
    private @Nullable Lifts lifts;
    private long changes;

    /** What a product leads on to is a matter of two rows, so any list may change what is said of others. */
    private long listChanges;

    /** What is lent, and what it stands in for. */
    private final List<Integer> lent = new ArrayList<>();

    private final List<@Nullable Lists> displaced = new ArrayList<>();

    /** The lists of a product, as they came and as they are now. */
    private static final class Lists {
        private final ListUpdate said;
        private final int[] later;
        private final int[] together;
        private final int[] leads;
        private @Nullable Links laterNow;
        private @Nullable Links togetherNow;
        private @Nullable Links leadsNow;
        private long asOf;

        Lists(ListUpdate said, int[] later, int[] together, int[] leads) {
            this.said = said;
            this.later = later;
            this.together = together;
            this.leads = leads;
        }

        /** Forgets what was worked out when something else was known. */
        Lists asOf(long changes) {
            if (asOf != changes) {
                asOf = changes;
                laterNow = null;
                togetherNow = null;
                leadsNow = null;
            }
            return this;
        }
    }

    private Market(int minorDigits) {
        this.minorUnits = StrictMath.pow(10, 4 - minorDigits);
    }

    /** Knows nothing; its currency has two decimals. */
    public static Market empty() {
        return empty(2);
    }

    /**
     * Knows nothing.
     *
     * @param minorDigits decimals of the currency, 0 to 4
     */
    public static Market empty(int minorDigits) {
        return new Market(minorDigits);
    }

    // ---- news

    /** Takes over what a tick changed, and goes on to that tick. */
    public void apply(MarketUpdate update) {
        shop = update.shop() == null ? shop : update.shop();
        for (Item item : update.items()) {
            items.set(number(item.sku()), item);
        }
        for (Category category : update.categories()) {
            if (category.isGone()) {
                categories.remove(category.name());
            } else {
                categories.put(category.name(), category);
            }
        }
        for (Feedback news : update.feedback()) {
            if (news.isGone()) {
                feedback.remove(news.offerId());
            } else {
                feedback.put(news.offerId(), news);
            }
        }
        tick = Math.max(tick, update.tick());
        forgetShares();
    }

    /** Takes over the lists of a product. */
    public void apply(ListUpdate update) {
        lists.set(number(update.sku()), lists(update));
        listChanges++;
    }

    private Lists lists(ListUpdate update) {
        return new Lists(
                update,
                numbers(update.later()),
                numbers(update.together()),
                numbers(update.leads().to()));
    }

    /** Knows some lists until {@link #takeBack}, beside those that were told. Until then nothing else may be told. */
    public void lend(List<ListUpdate> some) {
        for (ListUpdate update : some) {
            int item = number(update.sku());
            lent.add(item);
            displaced.add(lists.set(item, lists(update)));
            listChanges++;
        }
    }

    /** Knows again what it was told. */
    public void takeBack() {
        for (int k = lent.size() - 1; k >= 0; k--) {
            lists.set(lent.get(k), displaced.get(k));
            listChanges++;
        }
        lent.clear();
        displaced.clear();
    }

    /** Goes on to a later tick; never back. */
    public void advance(int to) {
        if (to > tick) {
            tick = to;
            forgetShares();
        }
    }

    private void forgetShares() {
        changes++;
        popularity = null;
        orderShare = null;
        byPopularity = null;
        lifts = null;
    }

    /** The lists of a product; null: none were told. */
    private @Nullable Lists known(int item) {
        Lists known = lists.get(item);
        return known == null ? null : known.asOf(changes + listChanges);
    }

    private int[] numbers(String[] names) {
        int[] numbers = new int[names.length];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = number(names[k]);
        }
        return numbers;
    }

    private int number(String sku) {
        int number = skus.give(sku);
        if (number == items.size()) {
            changes++;
            items.add(UNKNOWN);
            lists.add(null);
            forgetShares();
        }
        return number;
    }

    // ---- products

    /** The tick as of which it answers: the latest that has ended; {@link #NO_TICK} when nothing is known. */
    public int tick() {
        return tick;
    }

    /** Another number whenever what is said of products, their lists aside, may be another. */
    long changes() {
        return changes;
    }

    /** Number of a product; -1 when it is not known. */
    public int index(String sku) {
        return skus.of(sku);
    }

    /** Name of a product. */
    public String sku(int item) {
        return skus.name(item);
    }

    /** How many products are known. */
    public int size() {
        return skus.size();
    }

    /** The category that its purchases named last; null: none. */
    public @Nullable String category(int item) {
        return items.get(item).category();
    }

    /** g: faded first purchases by faded orders, half-life 28 days, 0 to 1. */
    public double popularity(int item) {
        double[] known = popularity;
        if (known == null) {
            double orders = shop.orders() * Decay.LATER.between(shop.tick(), tick);
            known = items.stream()
                    .mapToDouble(one -> share(one.first() * Decay.LATER.between(one.tick(), tick), orders))
                    .toArray();
            popularity = known;
        }
        return known[item];
    }

    /** How many products an order holds that its customer had not bought before, half-life 28 days; 0: no order is known. */
    public double firstPerOrder() {
        return share(shop.first(), shop.orders());
    }

    /** How many products that its customer does not own the next order of who has begun so many holds; 0: no order is known. */
    double newInNext(long orders) {
        return Novelty.inNext(shop, orders);
    }

    /** How many products who has begun so many orders has bought in them; 0: no order is known. */
    double newInAll(long orders) {
        return Novelty.inAll(shop, orders);
    }

    /**
     * Orders to be expected of a customer from an instant to another, at the shop's pace: see {@link OrderPace}.
     *
     * @param from not before the outlook's order; milliseconds since the epoch, as is {@code until}
     */
    double orders(Outlook outlook, long from, long until) {
        return OrderPace.orders(outlook, shop.paces(), from, until);
    }

    /** The same of late, half-life 7 days. */
    public double popularityFast(int item) {
        Item known = items.get(item);
        return share(
                known.fastFirst() * Decay.FAST.between(known.tick(), tick),
                shop.fastOrders() * Decay.FAST.between(shop.tick(), tick));
    }

    /** Share of the orders that held it, first or again, half-life 56 days, 0 to 1. */
    public double orderShare(int item) {
        double[] known = orderShare;
        if (known == null) {
            double orders = shop.slowOrders() * Decay.TOGETHER.between(shop.tick(), tick);
            known = items.stream()
                    .mapToDouble(one -> share(one.orders() * Decay.TOGETHER.between(one.tick(), tick), orders))
                    .toArray();
            orderShare = known;
        }
        return known[item];
    }

    /** Share of the chances to buy a product again that were taken, of all products; 0 to 1. */
    public double repeatRate() {
        return share(shop.repeats(), shop.chances());
    }

    /** Share of the chances to buy it again that were taken, drawn towards that of all products; 0 to 1. */
    public double repeatRate(int item) {
        double mean = repeatRate();
        Lists known = lists.get(item);
        if (known == null) {
            return mean;
        }
        double fade = Decay.LATER.between(known.said.tick(), tick);
        return (known.said.repeats() * fade + AffinityRules.SMOOTHING * mean)
                / (known.said.chances() * fade + AffinityRules.SMOOTHING);
    }

    /** What it usually sells for, minor units; NaN where unknown. */
    public double priceMinor(int item) {
        Item known = items.get(item);
        return known.orders() > 0 ? known.prices() / known.orders() / minorUnits : Double.NaN;
    }

    /** The n most popular products, the most popular first, of equals the first by sku; those without a first purchase are left out. */
    public int[] popular(int n) {
        int[] sorted = byPopularity;
        if (sorted == null) {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < size(); i++) {
                if (popularity(i) > 0) {
                    all.add(i);
                }
            }
            all.sort((a, b) -> {
                int order = Double.compare(popularity(b), popularity(a));
                return order == 0 ? sku(a).compareTo(sku(b)) : order;
            });
            sorted = all.stream().mapToInt(Integer::intValue).toArray();
            byPopularity = sorted;
        }
        return Arrays.copyOf(sorted, Math.min(n, sorted.length));
    }

    // ---- what follows, and what goes together

    /**
     * Products that are bought for the first time after this one was bought. Chances are those of an order; what is known of the
     * product is drawn towards what is known of its category. Sure are those that this one leads on to, and those that follow
     * more often than both popularity and category explain, far beyond chance.
     */
    public Links later(int item) {
        Lists known = known(item);
        if (known == null) {
            return Links.NONE;
        }
        Links now = known.laterNow;
        if (now == null) {
            double fade = Decay.LATER.between(known.said.tick(), tick);
            Hazard hazard = new Hazard(known.said.chances() * fade);
            double[] excess = new double[known.later.length];
            boolean[] sure = new boolean[excess.length];
            double threshold = Hazard.surely(size());
            int[] leads = leads(item).items();
            for (int k = 0; k < excess.length; k++) {
                double usual = popularity(known.later[k]);
                double prior = usual * lift(item, known.later[k]);
                double count = known.said.laterCounts()[k] * fade;
                excess[k] = hazard.excess(count, usual, prior);
                sure[k] =
                        hazard.isSignificant(count, Math.max(usual, prior), threshold) || holds(leads, known.later[k]);
            }
            now = strongestFirst(known.later, excess, sure);
            known.laterNow = now;
        }
        return now;
    }

    /** Products that are in the orders that hold this one. Sure are those that are in them far beyond chance. */
    public Links together(int item) {
        Lists known = known(item);
        if (known == null) {
            return Links.NONE;
        }
        Links now = known.togetherNow;
        if (now == null) {
            double fade = Decay.TOGETHER.between(known.said.tick(), tick);
            Hazard hazard = new Hazard(known.said.orders() * fade);
            double[] excess = new double[known.together.length];
            boolean[] sure = new boolean[excess.length];
            double threshold = Hazard.surely(size());
            for (int k = 0; k < excess.length; k++) {
                double share = orderShare(known.together[k]);
                double count = known.said.togetherCounts()[k] * fade;
                excess[k] = hazard.excess(count, share, share);
                sure[k] = hazard.isSignificant(count, share, threshold);
            }
            now = strongestFirst(known.together, excess, sure);
            known.togetherNow = now;
        }
        return now;
    }

    /**
     * Products that this one leads on to: they are bought after it more often than before it by
     * {@link AffinityRules#SEQUENCE_MARGIN} at least, and that is no chance. What is owned for longer has more bought after it; that is
     * taken into account. The excess is of purchases after it over those that the purchases before it explain, per order of
     * an owner. A product may lead on to another that is still no more often bought by its owners than by others, for many of them
     * have it or don't care for its kind.
     */
    public Links leads(int item) {
        Lists known = known(item);
        if (known == null) {
            return Links.NONE;
        }
        Links now = known.leadsNow;
        if (now == null) {
            Leads said = known.said.leads();
            double[] excess = new double[known.leads.length];
            double threshold = Hazard.surely(size());
            for (int k = 0; k < excess.length; k++) {
                Lists other = lists.get(known.leads[k]);
                excess[k] = other == null ? 0 : leadsExcess(known.said, k, other.said, threshold);
            }
            now = said.chances() > 0 ? strongestFirst(known.leads, excess, allOf(excess)) : Links.NONE;
            known.leadsNow = now;
        }
        return now;
    }

    private double leadsExcess(ListUpdate one, int k, ListUpdate other, double threshold) {
        Leads own = one.leads();
        Leads others = other.leads();
        double usual = share(own.chances(), own.first()) * share(others.first(), others.chances());
        if (usual == 0) {
            return 0;
        }
        // What an event weighs, as of the one's tick: faded counts are worth so many more events.
        double since =
                Decay.SEQUENCE.between(other.tick(), one.tick()) / Decay.SEQUENCE.between(one.tick(), other.tick());
        double weight = Math.max(own.squares() / own.chances(), others.squares() / others.chances() * since);
        double after = own.after()[k];
        double before = own.before()[k];
        double ratio = Sequence.ratio(after, before, usual * AffinityRules.SEQUENCE_MARGIN) / weight;
        return ratio < threshold ? 0 : (after - usual * before) / own.chances();
    }

    private static boolean[] allOf(double[] values) {
        boolean[] all = new boolean[values.length];
        Arrays.fill(all, true);
        return all;
    }

    private static boolean holds(int[] items, int item) {
        for (int one : items) {
            if (one == item) {
                return true;
            }
        }
        return false;
    }

    private Links strongestFirst(int[] targets, double[] excess, boolean[] sure) {
        int[] items = new int[targets.length];
        double[] most = new double[targets.length];
        boolean[] isSure = new boolean[targets.length];
        int size = 0;
        // They come in nearly this order.
        for (int k = 0; k < targets.length; k++) {
            if (excess[k] > 0) {
                int at = size++;
                while (at > 0 && isStronger(targets[k], excess[k], items[at - 1], most[at - 1])) {
                    items[at] = items[at - 1];
                    isSure[at] = isSure[at - 1];
                    most[at] = most[--at];
                }
                items[at] = targets[k];
                isSure[at] = sure[k];
                most[at] = excess[k];
            }
        }
        int[] places = new int[size];
        int surely = 0;
        for (int at = 0; at < size; at++) {
            if (isSure[at]) {
                places[surely++] = at;
            }
        }
        return new Links(Arrays.copyOf(items, size), Arrays.copyOf(most, size), Arrays.copyOf(places, surely));
    }

    private boolean isStronger(int item, double excess, int other, double otherExcess) {
        return excess > otherExcess || (excess == otherExcess && sku(item).compareTo(sku(other)) < 0);
    }

    /** The same of the categories of two products; 1 of a product that is not known, by a number below zero. */
    double lift(int from, int to) {
        Lifts known = lifts;
        if (known == null) {
            known = new Lifts(this);
            lifts = known;
        }
        return known.of(from, to);
    }

    /**
     * How many times as often as usual customers who own something of one category buy something of the other for the first
     * time; 1 where too little is known.
     */
    public double lift(@Nullable String from, @Nullable String to) {
        Category owned = from == null ? null : categories.get(from);
        Category bought = to == null ? null : categories.get(to);
        if (owned == null || bought == null) {
            return 1;
        }
        double usual = share(
                bought.first() * Decay.LATER.between(bought.tick(), tick),
                shop.repeatOrders() * Decay.LATER.between(shop.tick(), tick));
        if (usual == 0) {
            return 1;
        }
        double fade = Decay.LATER.between(owned.tick(), tick);
        int at = Arrays.binarySearch(owned.to(), bought.name());
        double count = at < 0 ? 0 : owned.counts()[at] * fade;
        double m = AffinityRules.CATEGORY_SMOOTHING;
        return (count + m * usual) / (owned.chances() * fade + m) / usual;
    }

    // ---- offers

    /**
     * What is known of the chance that a customer accepts an offer who is shown it; null: nobody was. It is known the less surely,
     * the longer nobody was shown it.
     */
    public @Nullable Posterior acceptance(String offerId, Pace pace) {
        Feedback known = feedback.get(offerId);
        if (known == null) {
            return null;
        }
        Posterior then = new Posterior(known.alpha()[pace.ordinal()], known.beta()[pace.ordinal()]);
        double left = Decay.FEEDBACK.between(known.tick(), tick);
        return left == 1 ? then : then.asSureAs(Math.max(1, (then.alpha() + then.beta()) * left));
    }

    /** How many of those who were shown an offer have accepted it, ever. */
    public long accepted(String offerId) {
        Feedback known = feedback.get(offerId);
        return known == null ? 0 : known.accepted();
    }

    private static double share(double part, double of) {
        return of > 0 ? part / of : 0;
    }
}
