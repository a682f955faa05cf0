package io.ebbline.score;

import io.ebbline.model.MatrixRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import java.util.List;

/**
 * What kind of loyalty a customer shows, by attachment and repeat orders (Dick and Basu, Customer Loyalty, Journal of the Academy of
 * Marketing Science 22, 1994) and by how far they depend on deals. Needs a second order and a contact. Monopoly can't be told from
 * one seller's events.
 */
public final class LoyaltyType implements Score {

    /** The kinds; the value is the ordinal. */
    enum Kind {
        /** Neither orders often nor is attached, and does not wait for deals. */
        NONE,
        /** Buys where it is cheapest: orders seldom, and on deals. */
        PRICE,
        /** Attached, but orders seldom. */
        LATENT,
        /** Orders often, on deals. */
        INCENTIVE,
        /** Orders often, out of habit. */
        INERTIA,
        /** Attached, orders often and pays the full price. */
        PREMIUM;

        static Kind of(boolean attached, boolean often, boolean onDeals) {
            if (onDeals) {
                return often ? INCENTIVE : PRICE;
            }
            return often ? attached ? PREMIUM : INERTIA : attached ? LATENT : NONE;
        }
    }

    @Override
    public String name() {
        return "loyalty-type";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        if (profile.orders() == 1) {
            return ScoreValue.unknown(name(), ReasonCode.ONE_ORDER);
        }
        if (profile.touchpoints() == 0) {
            return ScoreValue.noContact(name());
        }
        MatrixRules rules = model.matrix();
        double attachment = Bond.attachment(profile, model, asOf);
        double deals = profile.dealings().dealShare();
        Kind kind = Kind.of(
                attachment > rules.attachmentCut(),
                profile.keptOrders() > rules.frequencyCut(),
                deals > rules.dealCut());
        return new ScoreValue(
                name(),
                kind.ordinal(),
                kind.name(),
                List.of(
                        new Reason(ReasonCode.ATTACHMENT, attachment, rules.attachmentCut()),
                        new Reason(ReasonCode.KEPT_ORDERS, profile.keptOrders(), rules.frequencyCut()),
                        Double.isNaN(deals)
                                ? Reason.of(ReasonCode.NO_DISCOUNT_KNOWN, 0)
                                : new Reason(ReasonCode.DEAL_SHARE, deals, rules.dealCut())));
    }
}
