package io.ebbline.offer;

import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.Product;
import io.ebbline.offer.OfferEffect.Refusal;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Shelf;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands in the way of an offer to a customer. */
final class Screen {

    private final Situation now;
    private final OfferPolicy policy;
    private final ContactLedger contacts;
    private final Budget budget;
    private final long sendFrom;
    private @Nullable Set<String> ownedCategories;

    /**
     * Of one situation.
     *
     * @param sendFrom when it could be sent, milliseconds since the epoch
     */
    Screen(Situation now, Budget budget, long sendFrom) {
        this.now = now;
        this.policy = now.policy();
        this.contacts = now.book().contacts();
        this.budget = budget;
        this.sendFrom = sendFrom;
    }

    /**
     * Why not; null: nothing stands in its way but perhaps the channel.
     *
     * @param channel of the contact; null: not known
     */
    @Nullable
    Refusal refusal(Entrant entrant, @Nullable String channel) {
        Offer offer = entrant.offer();
        Refusal refusal = null;
        if (offer != null) {
            refusal = ofOffer(offer, channel);
        }
        if (refusal == null && entrant.sku() != null) {
            refusal = ofProduct(entrant.sku(), entrant.again());
        }
        if (refusal == null && entrant.ends() <= sendFrom) {
            refusal = Refusal.OUT_OF_TIME;
        }
        return refusal == null ? ofLate(entrant) : refusal;
    }

    private @Nullable Refusal ofOffer(Offer offer, @Nullable String channel) {
        if (sendFrom < offer.validFrom() || sendFrom >= offer.validTo()) {
            return Refusal.OUT_OF_TIME;
        }
        if (!isFor(offer.eligibility())) {
            return Refusal.NOT_ELIGIBLE;
        }
        if (offer.eligibility().consent() && !now.book().consents().isGiven(channel)) {
            return Refusal.NO_CONSENT;
        }
        return budget.isUsedUp(offer, now.market()) ? Refusal.BUDGET : null;
    }

    private boolean isFor(Offer.Eligibility whom) {
        Context context = now.context();
        Long least = whom.minClvMinor();
        Long most = whom.maxClvMinor();
        return (whom.stages().isEmpty()
                        || whom.stages().contains(context.stage().name()))
                && (whom.segments().isEmpty()
                        || (context.segment() != null && whom.segments().contains(context.segment())))
                && (least == null || context.clvMinor() >= least)
                && (most == null || context.clvMinor() <= most)
                && (whom.categories().isEmpty() || ownedCategories().stream().anyMatch(whom.categories()::contains));
    }

    private Set<String> ownedCategories() {
        Set<String> owned = ownedCategories;
        if (owned == null) {
            owned = new HashSet<>();
            for (Shelf.Owned item : now.book().shelf().items()) {
                String category = item.kept() > 0 ? now.category(item.sku(), item.category()) : null;
                if (category != null) {
                    owned.add(category);
                }
            }
            ownedCategories = owned;
        }
        return owned;
    }

    private @Nullable Refusal ofProduct(String sku, boolean again) {
        Product product = now.rules().product(sku);
        if (product != null && !product.available()) {
            return Refusal.UNAVAILABLE;
        }
        if (product != null && (sendFrom < product.validFrom() || sendFrom >= product.validTo())) {
            return Refusal.OUT_OF_TIME;
        }
        Shelf.Owned owned = now.book().shelf().get(sku);
        if (owned == null) {
            return null;
        }
        if (owned.returned() != Profile.NEVER && now.asOf() - owned.returned() < policy.returnedMillis()) {
            return Refusal.RETURNED;
        }
        return owned.kept() > 0 && !isNeededAgain(product, again) ? Refusal.OWNED : null;
    }

    /** What the catalogue says; where it says nothing, what the customer's purchases do. */
    private static boolean isNeededAgain(@Nullable Product product, boolean again) {
        Product.Use use = product == null ? Product.Use.UNKNOWN : product.use();
        return use == Product.Use.REPLENISHABLE || (use == Product.Use.UNKNOWN && again);
    }

    /** What was done with it of late. */
    private @Nullable Refusal ofLate(Entrant entrant) {
        long offer = ContactLedger.key(entrant.offerId());
        long asOf = now.asOf();
        String sku = entrant.sku();
        long product = sku == null || entrant.offer() == null ? offer : ContactLedger.key(Entrant.PRODUCT + sku);
        long rejection = policy.rejectionMillis();
        if (contacts.rejected().isWithin(offer, rejection, asOf)
                || contacts.rejected().isWithin(product, rejection, asOf)) {
            return Refusal.REJECTED;
        }
        if (contacts.made().isWithin(offer, policy.offerCoolDownMillis(), asOf)) {
            return Refusal.COOL_DOWN;
        }
        String category = entrant.category();
        return category != null
                        && contacts.led().isWithin(ContactLedger.key(category), policy.categoryCoolDownMillis(), asOf)
                ? Refusal.CATEGORY_COOL_DOWN
                : null;
    }
}
