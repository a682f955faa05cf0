package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.model.DecayRules;
import io.ebbline.model.ScoringModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two customers who turn out to be one.
 *
 * <p>What is kept singly (orders, event ids, products, offers shown) is put together as if one customer had had both histories
 * all along; an order that both know is one order with the lines of both. What is kept as a sum adds up, each part with what time
 * has left of it. Exact but for rounding, except where only sums are left:
 *
 * <ul>
 *   <li>Occasions on one day that fell out of both ledgers count twice.
 *   <li>How often a product was bought fades by the orders of the one who bought it, up to the union.
 *   <li>Names that found no place in one of the two are not found again.
 *   <li>Three returns in a short time are noticed only when one of the two sent them back, and a furthest step only when one of
 *       the two came there, or both ordered or came to visit on different days.
 * </ul>
 */
final class Union {

    private final Profile one;
    private final Profile other;
    private final long asOf;
    private final ScoringModel model;
    private final ShopClock clock;

    Union(Profile one, Profile other, long asOf, ScoringModel model, ShopClock clock) {
        this.one = one;
        this.other = other;
        this.asOf = asOf;
        this.model = model;
        this.clock = clock;
    }

    /** Fills a profile of whom nothing is known. */
    void into(Profile both) {
        Profile.Data data = orders(both);
        looseReturns(both.looseReturns());
        seen(both.seen());
        both.rhythm().unite(one, other, both.ledger(), clock, model);
        unite(one.spend(), other.spend(), both.spend());
        unite(one.contacts(), other.contacts(), both.contacts());
        spending(both.spending());
        grievances(both.grievances());
        engagement(both.engagement());
        journey(both.journey());
        dealings(both.dealings());
        sentiment(both.sentiment());
        shelf(both.shelf());
        exposures(both.exposures());
        both.prediction(one.prediction());
        boolean otherIsLater = !other.category().equals(OrderCategory.UNKNOWN)
                && other.rhythm().last() > one.rhythm().last();
        both.category(otherIsLater || one.category().equals(OrderCategory.UNKNOWN) ? other.category() : one.category());
        both.restore(data, one.standing());
    }

    // ---- what is kept singly

    private record Order(long key, long time, long gross, long returned, boolean whole) {
        Order with(Order more) {
            return new Order(
                    key, Math.min(time, more.time), gross + more.gross, returned + more.returned, whole && more.whole);
        }

        boolean isKept() {
            return !whole && (returned == 0 || returned < gross);
        }
    }

    private Profile.Data orders(Profile both) {
        List<Order> orders = listed(one.ledger());
        long known = 0;
        for (Order order : listed(other.ledger())) {
            int same = find(orders, order.key);
            if (same < 0) {
                orders.add(order);
            } else {
                orders.set(same, orders.get(same).with(order));
                known++;
            }
        }
        orders.sort(Comparator.comparingLong(Order::time).thenComparingLong(Order::key));
        Profile.Data a = one.data();
        Profile.Data b = other.data();
        long sealed = a.sealedOrders() + b.sealedOrders();
        long lastSealed = Math.max(a.sealedLastOrder(), b.sealedLastOrder());
        int oldest = 0;
        while (orders.size() - oldest > Ledger.CAPACITY) { // What is too old falls out with the next order.
            Order due = orders.get(oldest++);
            if (due.isKept()) {
                sealed++;
                lastSealed = Math.max(lastSealed, due.time);
            }
        }
        for (Order order : orders.subList(oldest, orders.size())) {
            both.ledger().append(order.key, order.time, order.gross, order.returned, order.whole);
        }
        return new Profile.Data(
                sealed,
                lastSealed,
                earlier(a.firstOrder(), b.firstOrder()),
                a.orders() + b.orders() - known,
                Math.addExact(a.grossMinor(), b.grossMinor()),
                Math.addExact(a.returnedMinor(), b.returnedMinor()),
                a.touchpoints() + b.touchpoints(),
                Math.max(a.lastVisit(), b.lastVisit()),
                Math.max(a.lastEvent(), b.lastEvent()),
                Math.max(a.appliedThrough(), b.appliedThrough()),
                Math.min(a.deadline(), b.deadline()),
                a.transitionAt(),
                a.transitions());
    }

    private static List<Order> listed(Ledger ledger) {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < ledger.size(); i++) {
            orders.add(new Order(ledger.key(i), ledger.time(i), ledger.gross(i), ledger.returned(i), ledger.whole(i)));
        }
        return orders;
    }

    private static int find(List<Order> orders, long key) {
        for (int i = 0; i < orders.size(); i++) {
            if (orders.get(i).key == key) {
                return i;
            }
        }
        return -1;
    }

    private void looseReturns(LooseReturns both) {
        LooseReturns a = one.looseReturns();
        LooseReturns b = other.looseReturns();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (j == b.size() || (i < a.size() && a.time(i) <= b.time(j))) {
                both.add(a.time(i), a.minor(i++));
            } else {
                both.add(b.time(j), b.minor(j++));
            }
        }
    }

    private void seen(SeenEvents both) {
        SeenEvents a = one.seen();
        SeenEvents b = other.seen();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (j == b.size() || (i < a.size() && a.time(i) <= b.time(j))) {
                both.add(a.key(i), a.time(i++), Long.MIN_VALUE);
            } else {
                both.add(b.key(j), b.time(j++), Long.MIN_VALUE);
            }
        }
    }

    private void shelf(Shelf both) {
        both.unite(one.shelf(), other.shelf());
    }

    /** Of those shown to both and still waiting each ends by itself; beyond what is held, those that end first go on. */
    private void exposures(Exposures both) {
        List<Exposure> open = new ArrayList<>(one.exposures().open());
        open.addAll(other.exposures().open());
        open.sort(Comparator.comparingLong(Exposure::ends).thenComparing(Exposure::offerId));
        both.restore(open.subList(0, Math.min(open.size(), Exposures.CAPACITY)));
    }

    // ---- what is kept as sums

    private void unite(Trend a, Trend b, Trend both) {
        DecayRules rules = model.decay();
        long at = Math.max(a.at(), b.at());
        if (at != NEVER) {
            both.restore(
                    left(a.fast(), rules.fast(), a.at(), at) + left(b.fast(), rules.fast(), b.at(), at),
                    left(a.slow(), rules.slow(), a.at(), at) + left(b.slow(), rules.slow(), b.at(), at),
                    at,
                    a.count() + b.count());
        }
    }

    private static double left(double sum, double pace, long then, long at) {
        return then == at ? sum : sum == 0 ? 0 : sum * StrictMath.exp(-pace * (at - then));
    }

    private void spending(Spending both) {
        long at = Math.max(one.spending().at(), other.spending().at());
        if (at != NEVER) {
            both.restore(one.spending().recent(at) + other.spending().recent(at), at);
        }
    }

    private void grievances(Grievances both) {
        Grievances a = one.grievances();
        Grievances b = other.grievances();
        boolean second = b.at() > a.at() || (b.at() == a.at() && b.kind().compareTo(a.kind()) > 0);
        Grievances latest = second ? b : a;
        long lastReturn = Math.max(a.lastReturn(), b.lastReturn());
        long returnBefore =
                Math.max(Math.min(a.lastReturn(), b.lastReturn()), Math.max(a.returnBefore(), b.returnBefore()));
        both.restore(latest.kind(), latest.at(), lastReturn, returnBefore);
    }

    private void engagement(Engagement both) {
        long halfLife = model.decay().contactHalfLifeMillis();
        for (Engagement each : List.of(one.engagement(), other.engagement())) {
            double factor = factor(each.decay(), both.decay(), halfLife);
            add(each.types(), factor, both.types());
            add(each.hours(), factor, both.hours());
            add(each.channels(), factor, both.channels());
        }
    }

    private void dealings(Dealings both) {
        Dealings a = one.dealings();
        Dealings b = other.dealings();
        long halfLife = model.decay().tasteHalfLifeMillis();
        for (Dealings each : List.of(a, b)) {
            double factor = factor(each.decay(), both.decay(), halfLife);
            add(each.categories(), factor, both.categories());
            add(each.channels(), factor, both.channels());
            add(each.sums(), factor, both.sums());
        }
        both.restore(
                a.informed() || b.informed(),
                Math.max(a.lastReward(), b.lastReward()),
                Math.max(a.lastCampaign(), b.lastCampaign()));
    }

    private void sentiment(Sentiment both) {
        long halfLife = model.decay().tasteHalfLifeMillis();
        for (Sentiment each : List.of(one.sentiment(), other.sentiment())) {
            add(each.sums(), factor(each.decay(), both.decay(), halfLife), both.sums());
        }
    }

    /** What the sums of one must be multiplied by so that they are weights of the union; 0: it has none. */
    private double factor(ForwardDecay from, ForwardDecay to, long halfLifeMillis) {
        if (from.halfLifeMillis() == 0) {
            return 0;
        }
        to.restore(halfLifeMillis, asOf);
        return from.level(1, asOf);
    }

    private static void add(SparseSums from, double factor, SparseSums to) {
        for (long rest = from.mask(); rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            double sum = from.get(slot) * factor;
            if (sum >= Double.MIN_NORMAL) {
                to.add(slot, sum);
            }
        }
    }

    private static void add(NamedSums from, double factor, NamedSums to) {
        for (int i = 0; i < from.size(); i++) {
            double sum = from.sum(i) * factor;
            if (sum >= Double.MIN_NORMAL) {
                to.add(from.name(i), sum);
            }
        }
    }

    // ---- how far they came

    private void journey(Journey both) {
        Journey a = one.journey();
        Journey b = other.journey();
        Journey message = further(a.aidas(), a.aidasSince(), b.aidas(), b.aidasSince()) ? b : a;
        Aidas aidas = message.aidas();
        long aidasSince = message.aidasSince();
        if (a.aidas() == Aidas.ACTION && b.aidas() == Aidas.ACTION) {
            aidas = Aidas.SATISFACTION; // Of two orders the second.
            aidasSince = Math.max(a.aidasSince(), b.aidasSince());
        }
        Journey growth = further(a.aarrr(), a.aarrrSince(), b.aarrr(), b.aarrrSince()) ? b : a;
        Aarrr aarrr = growth.aarrr();
        long aarrrSince = growth.aarrrSince();
        long firstVisit = earlier(a.firstVisit(), b.firstVisit());
        if (aarrr == null || aarrr.compareTo(Aarrr.RETENTION) >= 0) {
            firstVisit = NEVER;
        } else if (a.firstVisit() != NEVER
                && b.firstVisit() != NEVER
                && clock.day(a.firstVisit()) != clock.day(b.firstVisit())) {
            aarrr = Aarrr.RETENTION;
            aarrrSince = Math.max(a.firstVisit(), b.firstVisit());
            firstVisit = NEVER;
        }
        both.restore(aidas, aidasSince, aarrr, aarrrSince, firstVisit);
    }

    /** Whether the second came further, or as far earlier. */
    private static <S extends Comparable<S>> boolean further(
            @Nullable S a, long since, @Nullable S b, long otherSince) {
        if (a == null || b == null) {
            return b != null;
        }
        int order = b.compareTo(a);
        return order > 0 || (order == 0 && otherSince < since);
    }

    private static long earlier(long a, long b) {
        return a == NEVER ? b : b == NEVER ? a : Math.min(a, b);
    }
}
