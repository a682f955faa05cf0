package io.ebbline.engine;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Context;
import io.ebbline.offer.Fact;
import io.ebbline.offer.Fact.Cause;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Scores;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells those who make offers what has happened to a customer. */
final class Facts {

    /**
     * How far ahead orders are foretold for offers. An offer stands for about as long; of the chance of an order within half a year
     * most falls into its first weeks for who has just bought, so a share of that would say too little.
     */
    private static final long SOON_MILLIS = Duration.ofDays(14).toMillis();

    private Facts() {}

    /**
     * Puts an event on the shelf, and tells what goes with what; of an order that does not come late also how likely the next one
     * is to follow soon, so that it can be counted how that comes true.
     *
     * @param before when the order before it began, {@link Profile#NEVER}
     */
    static void shelve(
            Profile profile,
            Event event,
            boolean begins,
            long before,
            ScoringModel model,
            long asOf,
            Consumer<Effect> out) {
        if (event instanceof Purchase purchase) {
            Basket basket = profile.shelf().purchase(purchase, begins, asOf);
            if (begins && purchase.time() >= before && profile.keptOrders() > 0) {
                boolean soon = before != Profile.NEVER && purchase.time() - before < SOON_MILLIS;
                basket = basket.foretelling(pBuySoon(profile.rhythm(), model.buying(), asOf), soon);
            }
            out.accept(new Effect.Bought(asOf, basket));
        } else if (event instanceof Return goods) {
            profile.shelf().giveBack(goods);
        }
    }

    /**
     * Tells an event that bears on offers, and a change of stage or risk that asks for one.
     *
     * @param event null: silence
     * @param before what was said before
     */
    static void tell(
            Profile profile,
            @Nullable Event event,
            boolean ordered,
            Standing before,
            ModelTimeline.Entry entry,
            long asOf,
            Consumer<Effect> out) {
        Cause cause = cause(ordered, before, profile.standing());
        if (cause != Cause.NOTE || bearsOnOffers(event)) {
            out.accept(new Effect.Noted(new Fact(asOf, event, cause, context(profile, entry, asOf))));
        }
    }

    /** Tells that other things are owned than was thought. */
    static void restock(Profile profile, ModelTimeline.Entry entry, long asOf, Consumer<Effect> out) {
        out.accept(new Effect.Noted(new Fact(
                asOf,
                null,
                Cause.NOTE,
                context(profile, entry, asOf),
                profile.shelf().copy())));
    }

    /** Tells that the customer is forgotten. */
    static void forget(Profile profile, ModelTimeline.Entry entry, long asOf, Consumer<Effect> out) {
        out.accept(new Effect.Noted(new Fact(asOf, null, Cause.FORGOTTEN, context(profile, entry, asOf))));
    }

    private static Cause cause(boolean ordered, Standing before, Standing now) {
        if (ordered) {
            return Cause.ORDER;
        }
        boolean slips = before.episode().risk() == Risk.NONE && now.episode().risk() != Risk.NONE;
        if (slips || (now.stage() == Stage.DEPARTED && before.stage() != Stage.DEPARTED)) {
            return Cause.DECLINE;
        }
        return now.stage() == before.stage() ? Cause.NOTE : Cause.STAGE;
    }

    private static boolean bearsOnOffers(@Nullable Event event) {
        if (event instanceof Touchpoint touchpoint) {
            return switch (touchpoint.type()) {
                case OFFER_SHOWN, OFFER_ACCEPTED, OFFER_REJECTED, UNSUBSCRIBE, CONSENT -> true;
                default -> false;
            };
        }
        return event != null;
    }

    private static Context context(Profile profile, ModelTimeline.Entry entry, long asOf) {
        ScoringModel model = entry.model();
        boolean known = profile.keptOrders() > 0;
        Engagement.Channel channel = profile.engagement().bestChannel();
        Engagement.Hour hour = profile.engagement().bestHour();
        return new Context(
                profile.standing().stage(),
                profile.standing().segment(),
                known ? profile.rhythm().pAlive(model, asOf) : Double.NaN,
                known ? pBuySoon(profile.rhythm(), model.buying(), asOf) : Double.NaN,
                SOON_MILLIS,
                Scores.CLV.evaluate(profile, model, asOf).value(),
                channel == null ? null : channel.name(),
                hour == null ? -1 : hour.hour(),
                entry.ref(),
                profile.pace(asOf));
    }

    /** Without the layer, which knows the model's own horizon alone. */
    private static double pBuySoon(Rhythm rhythm, BuyingModel buying, long asOf) {
        return new BuyingModel(buying.repeat(), buying.decayed(), SOON_MILLIS)
                .pBuy(rhythm.evidence(), rhythm.silence(asOf));
    }
}
