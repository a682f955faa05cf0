package io.ebbline.offer;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferTimeline;
import io.ebbline.model.Product;
import io.ebbline.model.RankingModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which an offer is asked for.
 *
 * @param event that asks for it; null: silence
 * @param cause what asks for it
 * @param asOf milliseconds since the epoch
 * @param rules policy, catalogue and offers in force
 */
record Situation(
        String customer,
        OfferBook book,
        Context context,
        @Nullable Event event,
        Fact.Cause cause,
        long asOf,
        Market market,
        RankingModel ranking,
        OfferTimeline.Entry rules) {

    OfferPolicy policy() {
        return rules.policy();
    }

    /** Time of the event, else of the deadline. */
    long eventTime() {
        return event == null ? asOf : event.time();
    }

    /** What an offer that is for who slips or has left is called; null: the customer does neither. */
    @Nullable
    Kind recovery() {
        if (context.stage() == Stage.DEPARTED) {
            return Kind.WIN_BACK;
        }
        return cause == Fact.Cause.DECLINE || context.stage() == Stage.DECLINE ? Kind.RESCUE : null;
    }

    /** What an offer of a product is called that by itself were of a kind. */
    Kind kind(Kind kind) {
        Kind recovery = recovery();
        return recovery != null && kind == Kind.REPLENISH ? recovery : kind;
    }

    /** When an offer of a product ends that lives for some time and is valid up to an instant. */
    long ends(long life, long validTo, @Nullable Product product) {
        long sold = product == null ? Long.MAX_VALUE : product.validTo();
        return Math.min(Math.min(validTo, sold), Profile.later(asOf, life));
    }

    /** What the catalogue or else the purchases say of a product's category. */
    @Nullable
    String category(String sku, @Nullable String otherwise) {
        Product product = rules.product(sku);
        if (product != null && product.category() != null) {
            return product.category();
        }
        int item = otherwise == null ? market.index(sku) : -1;
        return item < 0 ? otherwise : market.category(item);
    }

    /** The products of the purchase that asks for an offer. */
    Set<String> justBought() {
        List<Line> lines = event instanceof Purchase purchase ? purchase.lines() : List.of();
        Set<String> skus = new HashSet<>();
        lines.forEach(line -> skus.add(line.sku()));
        return skus;
    }
}
