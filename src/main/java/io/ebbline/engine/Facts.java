package io.ebbline.engine;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.Evidence;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Context;
import io.ebbline.offer.Fact;
import io.ebbline.offer.Fact.Cause;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Engagement;
import io.ebbline.profile.Outlook;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells those who make offers what has happened to a customer. */
final class Facts {

    /** A hazard is at most this: who is all but certain to order is not said to order without end. */
    private static final double MOST_CHANCE = 1 - 1e-6;

    private Facts() {}

    /**
     * Puts an event on the shelf, and tells what goes with what; of an order that does not come late also when the next one is to be
     * expected, so that it can be counted how that comes true.
     *
     * @param before what was told of it at the order before; null: it is the first
     * @return what is told of the next order; null: nothing
     */
    static @Nullable Outlook shelve(
            Profile profile,
            Event event,
            boolean begins,
            @Nullable Outlook before,
            ScoringModel model,
            long asOf,
            Consumer<Effect> out) {
        Outlook now = null;
        if (event instanceof Purchase purchase) {
            Basket basket = profile.shelf().purchase(purchase, begins, asOf);
            if (begins && (before == null || purchase.time() >= before.since())) {
                now = outlook(profile.rhythm(), model.buying());
                basket = basket.foretelling(before, now);
            }
            out.accept(new Effect.Bought(asOf, basket));
        } else if (event instanceof Return goods) {
            profile.shelf().giveBack(goods);
        }
        return now;
    }

    /**
     * Tells an event that bears on offers, and a change of stage or risk that asks for one.
     *
     * @param event null: silence
     * @param before what was said before
     * @param told of the next order already; null: nothing
     */
    static void tell(
            Profile profile,
            @Nullable Event event,
            boolean ordered,
            Standing before,
            @Nullable Outlook told,
            ModelTimeline.Entry entry,
            long asOf,
            Consumer<Effect> out) {
        Cause cause = cause(ordered, before, profile.standing());
        if (cause != Cause.NOTE || bearsOnOffers(event)) {
            out.accept(new Effect.Noted(new Fact(asOf, event, cause, context(profile, told, entry, asOf))));
        }
    }

    /** Tells that other things are owned than was thought. */
    static void restock(Profile profile, ModelTimeline.Entry entry, long asOf, Consumer<Effect> out) {
        out.accept(new Effect.Noted(new Fact(
                asOf,
                null,
                Cause.NOTE,
                context(profile, null, entry, asOf),
                profile.shelf().copy())));
    }

    /** Tells that the customer is forgotten. */
    static void forget(Profile profile, ModelTimeline.Entry entry, long asOf, Consumer<Effect> out) {
        out.accept(new Effect.Noted(new Fact(asOf, null, Cause.FORGOTTEN, context(profile, null, entry, asOf))));
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

    private static Context context(Profile profile, @Nullable Outlook told, ModelTimeline.Entry entry, long asOf) {
        ScoringModel model = entry.model();
        boolean known = profile.keptOrders() > 0;
        Engagement.Channel channel = profile.engagement().bestChannel();
        Engagement.Hour hour = profile.engagement().bestHour();
        return new Context(
                profile.standing().stage(),
                profile.standing().segment(),
                known ? profile.rhythm().pAlive(model, asOf) : Double.NaN,
                told != null || !known ? told : outlook(profile.rhythm(), model.buying()),
                Scores.CLV.evaluate(profile, model, asOf).value(),
                channel == null ? null : channel.name(),
                hour == null ? -1 : hour.hour(),
                entry.ref(),
                profile.pace(asOf));
    }

    /** When the next order of who has ordered is to be expected. Without the layer, which knows the model's own horizon alone. */
    static Outlook outlook(Rhythm rhythm, BuyingModel buying) {
        Evidence evidence = rhythm.evidence();
        List<Double> hazards = new ArrayList<>(Outlook.AGES);
        for (int age = 0; age < Outlook.AGES; age++) {
            double chance = new BuyingModel(buying.repeat(), buying.decayed(), Outlook.millis(age))
                    .pBuy(evidence, Outlook.fromMillis(age));
            hazards.add(-StrictMath.log1p(-Math.min(MOST_CHANCE, chance)));
        }
        return Outlook.of(rhythm.last(), rhythm.repeats(), rhythm.span(), hazards);
    }
}
