package io.ebbline.offer;

import io.ebbline.profile.Stage;
import io.ebbline.score.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What those who make offers want said. Values only: the operator says it. */
public sealed interface OfferEffect {

    /** The instant that caused it, milliseconds since the epoch: the time of a fact or of a deadline. */
    long asOf();

    /**
     * The ranked offers to a customer. It takes the place of what was made before and still stands.
     *
     * @param eventId deterministic: the same in every run and replay
     * @param replaces event id of the decision that stood until now; null: none did
     * @param segment of the customer; null: none
     * @param offers the best first, not empty
     * @param refused what would have stood among them, and why it does not: the first few
     * @param channel on which to make contact; null: the customer's is not known
     * @param sendFrom not to be sent before this instant
     * @param expires not to be sent or honoured from this instant on
     * @param tick of the affinities that were used
     * @param modelRef the model in force
     * @param offersRef policy, catalogue and offers in force, joined by a plus
     */
    record Decision(
            String eventId,
            long asOf,
            @Nullable String replaces,
            Fact.Cause cause,
            Stage stage,
            @Nullable String segment,
            List<Offered> offers,
            List<Refused> refused,
            @Nullable String channel,
            long sendFrom,
            long expires,
            int tick,
            String modelRef,
            String offersRef)
            implements OfferEffect {

        public Decision {
            offers = List.copyOf(offers);
            refused = List.copyOf(refused);
        }
    }

    /**
     * One of the ranked offers. It ranks by propensity x value x weight x lever, or by the draw in place of the propensity.
     *
     * @param offerId that of the shop's offer; of a product: {@code sku:} and the sku
     * @param propensity calibrated chance that it is taken up before it expires, 0 to 1
     * @param drawn what was drawn for the propensity from what is known of it; NaN: nothing was drawn
     * @param valueMinor what the shop earns by it when it is taken up, minor units
     * @param weight factor of the customer's stage and the kind of offer
     * @param lever the business's factor
     * @param score what it ranks by
     */
    record Offered(
            String offerId,
            Kind kind,
            @Nullable String sku,
            @Nullable String category,
            double propensity,
            double drawn,
            double valueMinor,
            double weight,
            double lever,
            double score,
            List<Reason> reasons) {

        public Offered {
            reasons = List.copyOf(reasons);
        }
    }

    /** What was not offered, and why. */
    record Refused(String offerId, Refusal refusal) {}

    /** Why something is not offered. The order is part of the record format: add at the end. */
    enum Refusal {
        /** Owned, and not needed again. */
        OWNED,
        /** It came back of late. */
        RETURNED,
        /** The catalogue says that it can't be sold now. */
        UNAVAILABLE,
        /** The offer has not begun, or has ended. */
        OUT_OF_TIME,
        /** Its budget is used up. */
        BUDGET,
        /** The customer is not one of those whom it is for. */
        NOT_ELIGIBLE,
        /** The customer rejected it of late. */
        REJECTED,
        /** It was made of late. */
        COOL_DOWN,
        /** Something of the category was offered of late. */
        CATEGORY_COOL_DOWN,
        /** The customer has not consented, or no longer does. */
        NO_CONSENT,
        /** It may not be made by the channel of the contact. */
        CHANNEL
    }

    /**
     * An offer that is overtaken: it is not to be sent any more.
     *
     * @param eventId deterministic: the same in every run and replay
     * @param decisionId event id of the decision that made it
     * @param offerId one of its offers
     */
    record Withdrawn(String eventId, long asOf, String decisionId, String offerId, Kind kind, Why why)
            implements OfferEffect {

        /** What overtook it. The order is part of the record format: add at the end. */
        public enum Why {
            /** The customer bought it. */
            BOUGHT,
            /** The customer brought it back. */
            RETURNED,
            /** The customer withdrew consent. */
            CONSENT_WITHDRAWN,
            /** The customer rejected it. */
            REJECTED,
            /** The customer is forgotten. */
            FORGOTTEN
        }
    }

    /**
     * What became of an offer when it expired. Told to the statistics alone.
     *
     * @param segment of the customer when it was made; null: none
     * @param rank 1: the best of its list
     * @param heldOut it was decided on, but not made: the customer is in the holdout group
     * @param propensity with which it was made
     * @param shown the channel reported that it was shown
     * @param bought what it is an offer of was bought before it expired
     */
    record Outcome(
            long asOf,
            String offerId,
            Kind kind,
            @Nullable String segment,
            int rank,
            boolean heldOut,
            double propensity,
            boolean shown,
            boolean accepted,
            boolean rejected,
            boolean bought)
            implements OfferEffect {}

    /** A request to which nothing was offered. Told to the metrics alone. */
    record Passed(long asOf, Ground ground) implements OfferEffect {

        /** Why nothing was offered. */
        public enum Ground {
            /** A cap on contacts is reached. */
            CAPPED,
            /** The customer has not consented. */
            NO_CONSENT,
            /** Nothing was left to offer. */
            NOTHING,
            /** The customer is in the holdout group. */
            HELD_OUT
        }
    }
}
