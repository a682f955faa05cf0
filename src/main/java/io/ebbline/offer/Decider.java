package io.ebbline.offer;

import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Passed.Ground;
import io.ebbline.offer.OfferEffect.Refusal;
import io.ebbline.offer.OfferEffect.Refused;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.ShopClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chooses what to offer. Changes nothing: {@link Desk} does what is decided. */
final class Decider {

    /** How many are told of those that would have stood among the offers. */
    static final int REFUSED = 5;

    /** Products that are looked for: arbitration may turn the order of the likeliest upside down. */
    private static final int PRODUCTS = 64;

    private static final Comparator<Offered> BEST_FIRST = (a, b) -> {
        int order = Double.compare(b.score(), a.score());
        return order == 0 ? a.offerId().compareTo(b.offerId()) : order;
    };

    /**
     * What is decided.
     *
     * @param ground why nothing is offered; null: something is
     */
    record Plan(
            @Nullable Ground ground,
            List<Offered> offers,
            List<Refused> refused,
            @Nullable String channel,
            long sendFrom,
            long expires) {

        static Plan nothing(Ground ground) {
            return new Plan(ground, List.of(), List.of(), null, 0, 0);
        }
    }

    private final ShopClock clock;
    private final Candidates candidates;
    private final Budget budget;

    Decider(ShopClock clock, Candidates candidates, Budget budget) {
        this.clock = clock;
        this.candidates = candidates;
        this.budget = budget;
    }

    /** What is cheap to know comes first: who has had enough costs no ranking. */
    Plan decide(Situation now) {
        OfferBook book = now.book();
        long sendFrom = SendTime.from(clock, now.policy(), now.context().hour(), now.asOf());
        Route route = new Route(now, sendFrom);
        if (route.closed() != null) {
            return Plan.nothing(route.closed());
        }
        int room = Math.min(
                now.policy().listLength(),
                ContactLedger.KEYS - book.contacts().made().size());
        if (!book.hasRoom() || room <= 0) {
            return Plan.nothing(Ground.CAPPED);
        }
        Screen screen = new Screen(now, budget, sendFrom);
        int limit = PRODUCTS
                + 2 * room
                + book.contacts().made().size()
                + book.contacts().rejected().size();
        Plan quick = quick(now, screen, route, sendFrom, room, limit);
        if (quick != null) {
            return quick;
        }
        List<Candidate> likeliest = likeliest(now, sku -> false, limit);
        Plan plan = choose(now, screen, route, new Field(now, likeliest), sendFrom, room, Integer.MAX_VALUE);
        if (plan.offers.size() == room || likeliest.size() < limit) {
            return plan;
        }
        // Too much of what is likeliest is out of the question: it must not hide the rest.
        List<Candidate> open = likeliest(now, sku -> isOut(now, screen, sku), limit);
        Plan second = choose(now, screen, route, new Field(now, open), sendFrom, room, Integer.MAX_VALUE);
        return new Plan(second.ground, second.offers, plan.refused, second.channel, sendFrom, second.expires);
    }

    /** The same plan by a look at those alone that surely come first; null: that was not enough. */
    private @Nullable Plan quick(Situation now, Screen screen, Route route, long sendFrom, int room, int limit) {
        if (now.cause() == Fact.Cause.NEED || !Field.isPlain(now)) {
            return null;
        }
        ContactLedger contacts = now.book().contacts();
        int most = room + REFUSED + contacts.made().size() + contacts.rejected().size();
        Worth worth = new Arbitration(now, () -> Double.NaN)::worth;
        List<Candidate> first =
                candidates.worthiest(now.book().shelf(), now.market(), now.ranking(), now.asOf(), limit, worth, most);
        if (first == null) {
            return null;
        }
        Plan plan = choose(now, screen, route, new Field(now, first), sendFrom, room, most);
        return plan.offers.size() == room ? plan : null;
    }

    private List<Candidate> likeliest(Situation now, Predicate<String> refused, int limit) {
        Shelf shelf = now.book().shelf();
        return now.cause() == Fact.Cause.NEED
                ? candidates.needed(shelf, now.market(), now.ranking(), now.asOf(), refused, limit)
                : candidates.of(shelf, now.market(), now.ranking(), now.asOf(), refused, limit);
    }

    /** Whether a product could not be offered even if it was bought again and again. */
    private static boolean isOut(Situation now, Screen screen, String sku) {
        String category = now.category(sku, null);
        Entrant product = new Entrant(Kind.EXPLORE, sku, category, null, true, 1, 1, Long.MAX_VALUE, List::of);
        return screen.refusal(product, null) != null;
    }

    /** Chooses of a field, of which it looks at so many at most. */
    private static Plan choose(
            Situation now, Screen screen, Route route, Field field, long sendFrom, int room, int most) {
        Arbitration arbitration = new Arbitration(now, field::usualPrice);
        List<Weighed> ranked = new ArrayList<>();
        for (Entrant entrant : field.entrants()) {
            Weighed weighed = arbitration.weigh(entrant, entrant.ends());
            if (weighed.weight() * weighed.lever() > 0) {
                ranked.add(weighed);
            }
        }
        List<Entrant> chosen = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Set<String> skus = new HashSet<>();
        String channel = route.channel();
        for (int k = 0; k < most && chosen.size() < room && !ranked.isEmpty(); k++) {
            Entrant entrant = takeBest(ranked).entrant();
            if (entrant.sku() != null && skus.contains(entrant.sku())) {
                continue;
            }
            List<String> channels =
                    entrant.offer() == null ? List.of() : entrant.offer().channels();
            String by = channel == null && chosen.isEmpty() ? route.firstOf(channels) : channel;
            Refusal refusal = screen.refusal(entrant, by);
            if (refusal == null && !channels.isEmpty() && (by == null || !channels.contains(by))) {
                refusal = Refusal.CHANNEL;
            }
            if (refusal != null) {
                if (refused.size() < REFUSED) {
                    refused.add(new Refused(entrant.offerId(), refusal));
                }
                continue;
            }
            channel = by;
            chosen.add(entrant);
            if (entrant.sku() != null) {
                skus.add(entrant.sku());
            }
        }
        if (chosen.isEmpty()) {
            return new Plan(Ground.NOTHING, List.of(), refused, channel, sendFrom, 0);
        }
        // They stand and fall together, so each is weighed for the time that all have.
        long expires = Long.MAX_VALUE;
        for (Entrant entrant : chosen) {
            expires = Math.min(expires, entrant.ends());
        }
        List<Offered> offers = new ArrayList<>(chosen.size());
        for (Entrant entrant : chosen) {
            offers.add(arbitration.weigh(entrant, expires).offered());
        }
        offers.sort(BEST_FIRST);
        return new Plan(null, offers, refused, channel, sendFrom, expires);
    }

    /** Few are taken of many: a look at all for each of them is less than to sort them. */
    private static Weighed takeBest(List<Weighed> left) {
        int best = 0;
        for (int i = 1; i < left.size(); i++) {
            if (left.get(i).isBefore(left.get(best))) {
                best = i;
            }
        }
        Weighed taken = left.get(best);
        left.set(best, left.get(left.size() - 1));
        left.remove(left.size() - 1);
        return taken;
    }
}
