package io.ebbline.offer;

import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.Product;
import io.ebbline.profile.Shelf;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that could be offered in a situation: products that the customer may buy next, bundles, and the shop's own offers. */
final class Field {

    private final Situation now;
    private final OfferPolicy policy;
    private final List<Candidate> candidates;
    private @Nullable Groups groups;

    /** The candidates as offers of several products see them: where the shop makes none, they are not worked out. */
    private static final class Groups {
        private final Map<String, Candidate> bySku = new HashMap<>();
        private final Map<String, Group> byCategory = new HashMap<>();
        private final Group everything = new Group();
    }

    /** What an offer of several products comes to. */
    private static final class Group {
        private static final Group EMPTY = new Group();

        /** Chance that none of them is in the next order. */
        private double none = 1;

        private @Nullable Candidate best;
        private double prices;
        private double weight;

        private void add(Candidate candidate) {
            none *= 1 - candidate.chance();
            if (best == null || candidate.chance() > best.chance()) {
                best = candidate;
            }
            if (!Double.isNaN(candidate.priceMinor())) {
                prices += candidate.chance() * candidate.priceMinor();
                weight += candidate.chance();
            }
        }

        /** What the customer is likely to pay; NaN: not known. */
        private double price() {
            return weight > 0 ? prices / weight : Double.NaN;
        }
    }

    /**
     * Of one situation.
     *
     * @param candidates what the customer may buy next
     */
    Field(Situation now, List<Candidate> candidates) {
        this.now = now;
        this.policy = now.policy();
        this.candidates = candidates;
    }

    /** Whether all that can be offered in a situation are products by themselves. */
    static boolean isPlain(Situation now) {
        for (Offer offer : now.rules().offers()) {
            if (offer.validTo() > now.asOf()) {
                return false;
            }
        }
        return now.rules().bundles().isEmpty();
    }

    private Groups groups() {
        Groups made = groups;
        if (made == null) {
            made = new Groups();
            for (Candidate candidate : candidates) {
                made.bySku.putIfAbsent(candidate.sku(), candidate);
                made.everything.add(candidate);
                String category = now.category(candidate.sku(), candidate.category());
                if (category != null) {
                    made.byCategory
                            .computeIfAbsent(category, name -> new Group())
                            .add(candidate);
                }
            }
            groups = made;
        }
        return made;
    }

    /** Mean price of what the customer may buy next, minor units; NaN: none is known. */
    double usualPrice() {
        return candidates.stream()
                .mapToDouble(Candidate::priceMinor)
                .filter(price -> !Double.isNaN(price))
                .average()
                .orElse(Double.NaN);
    }

    List<Entrant> entrants() {
        Map<String, Candidate> bundles = bundles();
        List<Entrant> entrants = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (bundles.isEmpty() || !bundles.containsKey(candidate.sku())) {
                entrants.add(product(candidate));
            }
        }
        bundles.values().forEach(bundle -> entrants.add(product(bundle)));
        for (Offer offer : now.rules().offers()) {
            if (offer.validTo() > now.asOf()) {
                entrants.add(campaign(offer));
            }
        }
        return entrants;
    }

    private Entrant product(Candidate candidate) {
        Product product = now.rules().product(candidate.sku());
        return new Entrant(
                now.kind(candidate.kind()),
                candidate.sku(),
                now.category(candidate.sku(), candidate.category()),
                null,
                candidate.kind() == Kind.REPLENISH,
                candidate.chance(),
                candidate.priceMinor(),
                now.ends(policy.lifeMillis(), Long.MAX_VALUE, product),
                candidate.why());
    }

    // ---- bundles

    /** Those that hold something that has just been bought, and something that the customer does not own. */
    private Map<String, Candidate> bundles() {
        List<Product> bundles = now.rules().bundles();
        Set<String> bought = bundles.isEmpty() ? Set.of() : now.justBought();
        if (bought.isEmpty()) {
            return Map.of();
        }
        Map<String, Candidate> found = new HashMap<>();
        for (Product bundle : bundles) {
            boolean holdsBought = bundle.bundleOf().stream().anyMatch(bought::contains);
            if (holdsBought && bundle.bundleOf().stream().anyMatch(sku -> !owns(sku))) {
                found.put(bundle.sku(), bundle(bundle));
            }
        }
        return found;
    }

    /** As likely as the likeliest of what the customer does not own of it, or as it is itself. */
    private Candidate bundle(Product bundle) {
        Map<String, Candidate> bySku = groups().bySku;
        Candidate best = bySku.get(bundle.sku());
        for (String part : bundle.bundleOf()) {
            Candidate other = owns(part) ? null : bySku.get(part);
            if (other != null && (best == null || other.chance() > best.chance())) {
                best = other;
            }
        }
        int item = now.market().index(bundle.sku());
        double popularity = item < 0 ? 0 : now.market().popularity(item);
        return new Candidate(
                bundle.sku(),
                bundle.category(),
                Kind.BUNDLE,
                best == null ? popularity : best.chance(),
                item < 0 ? Double.NaN : now.market().priceMinor(item),
                best == null ? List::of : best.why());
    }

    private boolean owns(String sku) {
        Shelf.Owned owned = now.book().shelf().get(sku);
        return owned != null && owned.kept() > 0;
    }

    // ---- the shop's own offers

    private Entrant campaign(Offer offer) {
        Kind recovery = now.recovery();
        String stage = now.context().stage().name();
        String sku = offer.sku();
        Groups made = groups();
        Group group = sku != null
                ? groupOf(made.bySku.get(sku))
                : offer.category() == null
                        ? made.everything
                        : made.byCategory.getOrDefault(offer.category(), Group.EMPTY);
        Candidate best = group.best;
        double chance = best == null ? Double.NaN : 1 - group.none;
        double usual = group.price();
        int item = sku == null ? -1 : now.market().index(sku);
        if (best == null && item >= 0) {
            usual = now.market().priceMinor(item);
            chance = now.market().popularity(item);
        }
        Product product = sku == null ? null : now.rules().product(sku);
        return new Entrant(
                recovery != null && offer.eligibility().stages().contains(stage) ? recovery : Kind.CAMPAIGN,
                sku,
                sku == null ? offer.category() : now.category(sku, offer.category()),
                offer,
                best != null && best.kind() == Kind.REPLENISH,
                chance,
                usual,
                now.ends(offer.lifeMillis(), offer.validTo(), product),
                best == null ? List::of : () -> reasons(offer, best));
    }

    /** What speaks for the likeliest of several products says nothing of the offer, unless it speaks of their category. */
    private static List<Reason> reasons(Offer offer, Candidate best) {
        if (offer.sku() != null) {
            return best.reasons();
        }
        boolean category = offer.category() != null;
        return best.reasons().stream()
                .filter(reason -> category && reason.code() == ReasonCode.CATEGORY_FOLLOWS)
                .toList();
    }

    private static Group groupOf(@Nullable Candidate candidate) {
        Group group = new Group();
        if (candidate != null) {
            group.add(candidate);
        }
        return group;
    }
}
