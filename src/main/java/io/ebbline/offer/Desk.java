package io.ebbline.offer;

import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.event.Event;
import io.ebbline.event.EventIds;
import io.ebbline.event.Hash64;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferTimeline;
import io.ebbline.model.Product;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Passed;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.offer.OfferEffect.Withdrawn.Why;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.ShopClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is offered what, when and why.
 *
 * <ul>
 *   <li>What it says is a function of the customer's facts, the models and the market: not of how far time advances in one step.
 *   <li>No offer is made against consent, a cap, a cool-down or a rejection: they are checked and counted with the decision.
 *   <li>Of the offers told, only those of the latest decision stand; each other one is withdrawn, once, unless it had expired.
 *   <li>Of every offer decided on, the outcome is told once: when it expires, or when the customer is forgotten.
 * </ul>
 *
 * <p>Not safe for use by several threads. It holds no state of a customer.
 */
public final class Desk {

    /** A need that is passed is not asked about again before this, milliseconds. */
    private static final long NEED_PAUSE = 86_400_000;

    private final long until;
    private final ModelTimeline models;
    private final Decider decider;
    private final Needs needs;
    private final String topic;

    /**
     * A desk.
     *
     * @param clock the shop's
     * @param until the end of the run: nothing handles a deadline beyond it
     * @param models the known versions; may grow while the desk is in use
     * @param topic that offers go to, part of their ids
     */
    public Desk(
            ShopClock clock,
            long until,
            ModelTimeline models,
            Candidates candidates,
            Needs needs,
            Budget budget,
            String topic) {
        this.until = until;
        this.models = models;
        this.decider = new Decider(clock, candidates, budget);
        this.needs = needs;
        this.topic = topic;
    }

    /**
     * Takes note of a fact, and offers something where it asks for that. Deadlines before it are handled first; hand those over to
     * {@link #deadline} before, with the market of their own instant.
     */
    public void fact(String customer, OfferBook book, Fact fact, Market market, Consumer<OfferEffect> out) {
        long asOf = Math.max(book.latest(), fact.asOf());
        deadline(customer, book, asOf - 1, market, out);
        book.at(asOf);
        if (fact.cause() == Fact.Cause.FORGOTTEN) {
            forget(customer, book, out);
            return;
        }
        book.context(fact.context());
        Event event = fact.event();
        if (event != null) {
            take(customer, book, event, fact.cause() == Fact.Cause.ORDER, out);
            if (!(event instanceof Touchpoint)) {
                book.need(needs.at(book.shelf(), market, asOf));
            }
        }
        if (fact.cause() != Fact.Cause.NOTE) {
            decide(customer, book, event, fact.cause(), market, out);
        }
    }

    /** Handles what is due up to an instant, each deadline at its own. */
    public void deadline(String customer, OfferBook book, long asOf, Market market, Consumer<OfferEffect> out) {
        long end = Math.min(asOf, until);
        for (long at = book.deadline(); at <= end; at = book.deadline()) {
            book.at(at);
            for (OpenDecision decision : book.open()) {
                if (decision.expires() <= at) {
                    check(book, decision, at, out);
                }
            }
            if (book.need() <= at) {
                long next = needs.at(book.shelf(), market, at);
                book.need(next == NO_DEADLINE ? next : Math.max(next, at + NEED_PAUSE));
                decide(customer, book, null, Fact.Cause.NEED, market, out);
            }
        }
    }

    // ---- what an event does

    private void take(String customer, OfferBook book, Event event, boolean begins, Consumer<OfferEffect> out) {
        if (event instanceof Purchase purchase) {
            book.shelf().purchase(purchase, begins, book.latest());
            bought(customer, book, purchase, out);
        } else if (event instanceof Return goods) {
            book.shelf().giveBack(goods);
            withdraw(customer, book, Why.RETURNED, offer -> isBack(book.shelf(), offer), out);
        } else if (event instanceof Touchpoint touchpoint) {
            touched(customer, book, touchpoint, out);
        }
    }

    private void bought(String customer, OfferBook book, Purchase purchase, Consumer<OfferEffect> out) {
        OfferTimeline.Entry rules = models.offers().at(book.latest());
        Predicate<OpenOffer> isBought = offer -> purchase.lines().stream()
                .anyMatch(line -> offer.isOf(line.sku(), category(rules, book.shelf(), line)));
        for (OpenDecision decision : book.open()) {
            if (decision.spans(purchase.time())) {
                decision.offers().stream().filter(isBought).forEach(OpenOffer::buy);
            }
        }
        withdraw(customer, book, Why.BOUGHT, isBought, out);
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
            withdraw(customer, book, Why.CONSENT_WITHDRAWN, offer -> true, out);
        }
    }

    private void answered(String customer, OfferBook book, Touchpoint touchpoint, Consumer<OfferEffect> out) {
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
                book.contacts().shown(touchpoint.channel(), touchpoint.time(), decision == null ? 0 : decision.serial());
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
        withdraw(
                customer,
                book,
                Why.REJECTED,
                offer -> offer.offerId().equals(offerId) || (sku != null && sku.equals(offer.sku())),
                out);
    }

    // ---- what stands

    private void withdraw(
            String customer, OfferBook book, Why why, Predicate<OpenOffer> overtaken, Consumer<OfferEffect> out) {
        OpenDecision standing = book.standing();
        if (standing == null) {
            return;
        }
        for (OpenOffer offer : standing.offers()) {
            if (overtaken.test(offer) && offer.withdraw() && !standing.heldOut()) {
                out.accept(new Withdrawn(
                        id(customer, "WITHDRAWN", book.latest(), book.nextOrdinal()),
                        book.latest(),
                        id(customer, "DECISION", standing.asOf(), standing.ordinal()),
                        offer.offerId(),
                        why));
            }
        }
    }

    private static void check(OfferBook book, OpenDecision decision, long asOf, Consumer<OfferEffect> out) {
        int rank = 1;
        for (OpenOffer offer : decision.offers()) {
            out.accept(offer.outcome(asOf, decision.segment(), rank++, decision.heldOut()));
        }
        book.close(decision);
    }

    private void forget(String customer, OfferBook book, Consumer<OfferEffect> out) {
        withdraw(customer, book, Why.FORGOTTEN, offer -> true, out);
        for (OpenDecision decision : book.open()) {
            check(book, decision, book.latest(), out);
        }
        book.clear();
    }

    // ---- what is offered

    private void decide(
            String customer,
            OfferBook book,
            @Nullable Event event,
            Fact.Cause cause,
            Market market,
            Consumer<OfferEffect> out) {
        long asOf = book.latest();
        Context context = Objects.requireNonNull(book.context());
        OfferTimeline.Entry rules = models.offers().at(asOf);
        OfferPolicy policy = rules.policy();
        book.contacts().forget(policy, asOf);
        Decider.Plan plan = decider.decide(new Situation(
                customer,
                book,
                context,
                event,
                cause == Fact.Cause.DECLINE,
                asOf,
                market,
                models.at(asOf).model().ranking(),
                rules));
        if (plan.ground() != null) {
            out.accept(new Passed(asOf, plan.ground()));
            return;
        }
        withdraw(customer, book, Why.REPLACED, offer -> true, out);
        boolean heldOut = isHeldOut(customer, policy);
        OpenDecision decision = new OpenDecision(
                book.nextSerial(),
                asOf,
                book.nextOrdinal(),
                plan.expires(),
                plan.channel(),
                context.segment(),
                heldOut,
                plan.offers().stream().map(Desk::open).toList());
        remember(book, decision, plan);
        out.accept(
                heldOut
                        ? new Passed(asOf, Passed.Ground.HELD_OUT)
                        : new Decision(
                                id(customer, "DECISION", asOf, decision.ordinal()),
                                asOf,
                                cause,
                                context.stage(),
                                context.segment(),
                                plan.offers(),
                                plan.refused(),
                                plan.channel(),
                                plan.sendFrom(),
                                plan.expires(),
                                market.tick(),
                                context.modelRef(),
                                rules.ref()));
    }

    /** The cap check, the offer and its counter: one step. */
    private static void remember(OfferBook book, OpenDecision decision, Decider.Plan plan) {
        book.open(decision);
        ContactLedger contacts = book.contacts();
        contacts.add(new ContactLedger.Contact(
                plan.channel(), plan.sendFrom(), decision.serial(), decision.expires(), false));
        for (Offered offer : plan.offers()) {
            contacts.made().add(ContactLedger.key(offer.offerId()), decision.asOf());
        }
        String category = plan.offers().get(0).category();
        if (category != null) {
            contacts.led().add(ContactLedger.key(category), decision.asOf());
        }
    }

    private static OpenOffer open(Offered offer) {
        return new OpenOffer(offer.offerId(), offer.kind(), offer.sku(), offer.category(), offer.propensity(), 0);
    }

    /** Whether a customer belongs to those to whom nothing is offered, so that lift can be measured. */
    static boolean isHeldOut(String customer, OfferPolicy policy) {
        return (Hash64.of(policy.holdoutSalt(), customer) >>> 11) * 0x1p-53 < policy.holdoutShare();
    }

    private String id(String customer, String kind, long instant, int ordinal) {
        return EventIds.of(topic, customer, kind, instant, ordinal);
    }
}
