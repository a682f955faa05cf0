package io.ebbline.offer;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.OfferTimeline;
import io.ebbline.model.Product;
import io.ebbline.offer.OfferEffect.Withdrawn.Why;
import io.ebbline.profile.NamedSums;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Shelf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an event does to what is owned, to consent, and to what has been offered. */
final class Intake {

    private final ModelTimeline models;
    private final Withdrawals withdrawals;

    Intake(ModelTimeline models, Withdrawals withdrawals) {
        this.models = models;
        this.withdrawals = withdrawals;
    }

    /** Does what it does. */
    void take(String customer, OfferBook book, Event event, boolean begins, Consumer<OfferEffect> out) {
        if (event instanceof Purchase purchase) {
            book.shelf().put(purchase, begins);
            bought(customer, book, purchase, out);
        } else if (event instanceof Return goods) {
            book.shelf().giveBack(goods);
            withdrawals.tell(customer, book, Why.RETURNED, offer -> isBack(book.shelf(), offer), out);
        } else if (event instanceof Touchpoint touchpoint) {
            touched(customer, book, touchpoint, out);
        }
    }

    private void bought(String customer, OfferBook book, Purchase purchase, Consumer<OfferEffect> out) {
        OfferTimeline.Entry rules = models.offers().at(book.latest());
        for (OpenDecision decision : book.open()) {
            if (decision.spans(purchase.time())) {
                for (OpenOffer offer : decision.offers()) {
                    if (isBought(offer, purchase, rules, book.shelf())) {
                        offer.buy();
                    }
                }
            }
        }
        withdrawals.tell(customer, book, Why.BOUGHT, offer -> isBought(offer, purchase, rules, book.shelf()), out);
    }

    private static boolean isBought(OpenOffer offer, Purchase purchase, OfferTimeline.Entry rules, Shelf shelf) {
        for (Line line : purchase.lines()) {
            if (offer.isOf(line.sku(), () -> category(rules, shelf, line))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String category(OfferTimeline.Entry rules, Shelf shelf, Line line) {
        Product product = rules.product(line.sku());
        if (product != null && product.category() != null) {
            return product.category();
        }
        Shelf.Owned owned = line.category() == null ? shelf.get(line.sku()) : null;
        return owned == null ? line.category() : owned.category();
    }

    private static boolean isBack(Shelf shelf, OpenOffer offer) {
        Shelf.Owned owned = offer.sku() == null ? null : shelf.get(offer.sku());
        return owned != null && owned.returned() != Profile.NEVER;
    }

    private void touched(String customer, OfferBook book, Touchpoint touchpoint, Consumer<OfferEffect> out) {
        switch (touchpoint.type()) {
            case OFFER_SHOWN, OFFER_ACCEPTED, OFFER_REJECTED -> answered(customer, book, touchpoint, out);
            case UNSUBSCRIBE -> consent(customer, book, touchpoint, false, out);
            case CONSENT -> {
                Double value = touchpoint.value();
                consent(customer, book, touchpoint, value == null || value != 0, out);
            }
            default -> {}
        }
    }

    private void consent(
            String customer, OfferBook book, Touchpoint touchpoint, boolean given, Consumer<OfferEffect> out) {
        book.consents().add(new Consents.Word(touchpoint.channel(), touchpoint.time(), given));
        OpenDecision standing = book.standing();
        if (!given && standing != null && !book.consents().allows(standing.channel(), false)) {
            withdrawals.tell(customer, book, Why.CONSENT_WITHDRAWN, offer -> true, out);
        }
    }

    private void answered(String customer, OfferBook book, Touchpoint touchpoint, Consumer<OfferEffect> out) {
        String channel = touchpoint.channel();
        if (channel != null && channel.length() > NamedSums.LONGEST_NAME) {
            channel = null;
        }
        String sku = touchpoint.sku();
        String named = touchpoint.offerId() != null ? touchpoint.offerId() : sku == null ? null : Entrant.PRODUCT + sku;
        OpenDecision decision = null;
        OpenOffer offer = null;
        for (OpenDecision open : book.open()) {
            OpenOffer one = named == null || !open.spans(touchpoint.time()) ? null : open.offer(named);
            decision = one == null ? decision : open;
            offer = one == null ? offer : one;
        }
        switch (touchpoint.type()) {
            case OFFER_SHOWN -> {
                book.contacts().shown(channel, touchpoint.time(), decision == null ? 0 : decision.serial());
                if (offer != null) {
                    offer.show();
                }
            }
            case OFFER_ACCEPTED -> {
                if (offer != null) {
                    offer.accept();
                }
            }
            default -> {
                if (named != null) {
                    rejected(customer, book, named, sku != null || offer == null ? sku : offer.sku(), touchpoint, out);
                }
                if (offer != null) {
                    offer.reject();
                }
            }
        }
    }

    /** With an offer of a product the product is rejected too. */
    private void rejected(
            String customer,
            OfferBook book,
            String offerId,
            @Nullable String sku,
            Touchpoint touchpoint,
            Consumer<OfferEffect> out) {
        book.contacts().rejected().add(ContactLedger.key(offerId), touchpoint.time());
        if (sku != null) {
            book.contacts().rejected().add(ContactLedger.key(Entrant.PRODUCT + sku), touchpoint.time());
        }
        withdrawals.tell(
                customer,
                book,
                Why.REJECTED,
                offer -> offer.offerId().equals(offerId) || (sku != null && sku.equals(offer.sku())),
                out);
    }
}
