package io.ebbline.offer;

import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Passed.Ground;
import io.ebbline.offer.OfferEffect.Refusal;
import io.ebbline.offer.OfferEffect.Refused;
import io.ebbline.profile.ShopClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses what to offer. Changes nothing: {@link Desk} does what is decided. */
final class Decider {

    /** How many are told of those that would have stood among the offers. */
    static final int REFUSED = 5;

    /** Products that are looked for: arbitration may turn the order of the likeliest upside down. */
    private static final int PRODUCTS = 64;

    private static final Comparator<Offered> BEST_FIRST = Decider::bestFirst;

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

    private record Weighed(Entrant entrant, Offered offered) {}

    private final ShopClock clock;
    private final Candidates candidates;
    private final Budget budget;

    Decider(ShopClock clock, Candidates candidates, Budget budget) {
        this.clock = clock;
        this.candidates = candidates;
        this.budget = budget;
    }

    private static int bestFirst(Offered a, Offered b) {
        int order = Double.compare(b.score(), a.score());
        return order == 0 ? a.offerId().compareTo(b.offerId()) : order;
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
        List<Candidate> likeliest =
                candidates.of(book.shelf(), now.market(), now.ranking(), now.asOf(), sku -> false, limit);
        Plan plan = choose(now, screen, route, new Field(now, likeliest), sendFrom, room);
        if (plan.offers.size() == room || likeliest.size() < limit) {
            return plan;
        }
        // Too much of what is likeliest is out of the question: it must not hide the rest.
        List<Candidate> open = candidates.of(
                book.shelf(), now.market(), now.ranking(), now.asOf(), sku -> isOut(now, screen, sku), limit);
        Plan second = choose(now, screen, route, new Field(now, open), sendFrom, room);
        return new Plan(second.ground, second.offers, plan.refused, second.channel, sendFrom, second.expires);
    }

    /** Whether a product could not be offered even if it was bought again and again. */
    private static boolean isOut(Situation now, Screen screen, String sku) {
        String category = now.category(sku, null);
        Entrant product = new Entrant(
                Entrant.PRODUCT + sku, Kind.EXPLORE, sku, category, null, true, 1, 1, Long.MAX_VALUE, List.of());
        return screen.refusal(product, null) != null;
    }

    private static Plan choose(Situation now, Screen screen, Route route, Field field, long sendFrom, int room) {
        Arbitration arbitration = new Arbitration(now, field.usualPrice());
        List<Weighed> ranked = new ArrayList<>();
        for (Entrant entrant : field.entrants()) {
            Offered offered = arbitration.weigh(entrant, entrant.ends());
            if (offered.weight() * offered.lever() > 0) {
                ranked.add(new Weighed(entrant, offered));
            }
        }
        ranked.sort((a, b) -> bestFirst(a.offered, b.offered));
        List<Entrant> chosen = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Set<String> skus = new HashSet<>();
        String channel = route.channel();
        for (Weighed weighed : ranked) {
            Entrant entrant = weighed.entrant;
            if (chosen.size() == room) {
                break;
            }
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
        long expires = chosen.stream().mapToLong(Entrant::ends).min().orElseThrow();
        List<Offered> offers = chosen.stream()
                .map(entrant -> arbitration.weigh(entrant, expires))
                .sorted(BEST_FIRST)
                .toList();
        return new Plan(null, offers, refused, channel, sendFrom, expires);
    }
}
