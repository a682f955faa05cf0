package io.ebbline.offer;

import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferTimeline;
import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Offered;
import io.ebbline.offer.OfferEffect.Passed;
import io.ebbline.offer.OfferEffect.Withdrawn.Why;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.ShopClock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is offered what, when and why.
 *
 * <ul>
 *   <li>What it says is a function of the customer's facts, the models and the market: not of how far time advances in one step.
 *   <li>No offer is made against consent, a cap, a cool-down or a rejection: they are checked and counted with the decision.
 *   <li>Of the offers told, only those of the latest decision stand; what of them is overtaken is withdrawn, once, unless it had
 *       expired.
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
    private final Intake intake;
    private final Withdrawals withdrawals;

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
        this.withdrawals = new Withdrawals(topic);
        this.intake = new Intake(models, withdrawals);
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
        Shelf shelf = fact.shelf();
        if (shelf != null) {
            book.shelf(shelf);
            book.need(Math.max(needs.at(shelf, market, asOf), asOf + 1));
        }
        Event event = fact.event();
        if (event != null) {
            intake.take(customer, book, event, fact.cause() == Fact.Cause.ORDER, out);
            if (!(event instanceof Touchpoint)) {
                book.need(Math.max(needs.at(book.shelf(), market, asOf), asOf + 1));
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
            for (OpenDecision decision : List.copyOf(book.open())) {
                if (decision.expires() <= at) {
                    check(book, decision, at, out);
                }
            }
            if (book.need() <= at) {
                book.need(Math.max(needs.at(book.shelf(), market, at), at + NEED_PAUSE));
                decide(customer, book, null, Fact.Cause.NEED, market, out);
            }
        }
    }

    // ---- what is due

    private static void check(OfferBook book, OpenDecision decision, long asOf, Consumer<OfferEffect> out) {
        int rank = 1;
        for (OpenOffer offer : decision.offers()) {
            out.accept(offer.outcome(asOf, decision.segment(), rank++, decision.heldOut()));
        }
        book.close(decision);
    }

    private void forget(String customer, OfferBook book, Consumer<OfferEffect> out) {
        withdrawals.tell(customer, book, Why.FORGOTTEN, offer -> true, out);
        for (OpenDecision decision : List.copyOf(book.open())) {
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
                cause,
                asOf,
                market,
                models.at(asOf).model().ranking(),
                rules));
        if (plan.ground() != null) {
            out.accept(new Passed(asOf, plan.ground()));
            return;
        }
        boolean heldOut = isHeldOut(customer, policy);
        OpenDecision before = heldOut ? null : book.standing();
        if (before != null) {
            before.replace();
        }
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
                                withdrawals.decisionId(customer, decision),
                                asOf,
                                before == null ? null : withdrawals.decisionId(customer, before),
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
}
