package io.ebbline.offer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision whose outcome is not known yet.
 *
 * @param serial numbers the customer's decisions, from 1
 * @param asOf when it was made, milliseconds since the epoch
 * @param ordinal of its event id
 * @param expires when its outcome is checked
 * @param channel null: not known
 * @param segment of the customer then; null: none
 * @param heldOut it was not told: the customer is in the holdout group
 * @param offers the best first
 */
public record OpenDecision(
        long serial,
        long asOf,
        int ordinal,
        long expires,
        @Nullable String channel,
        @Nullable String segment,
        boolean heldOut,
        List<OpenOffer> offers) {

    public OpenDecision {
        offers = List.copyOf(offers);
    }

    /** The offer of that id; null: there is none. */
    @Nullable
    OpenOffer offer(String offerId) {
        for (OpenOffer offer : offers) {
            if (offer.offerId().equals(offerId)) {
                return offer;
            }
        }
        return null;
    }

    /** Whether not all of its offers are overtaken. */
    boolean stands() {
        for (OpenOffer offer : offers) {
            if (!offer.isWithdrawn()) {
                return true;
            }
        }
        return false;
    }

    /** Something newer takes its place. */
    void replace() {
        offers.forEach(OpenOffer::withdraw);
    }

    /** Whether something at that instant came after it was made and before it expired. */
    boolean spans(long time) {
        return asOf < time && time < expires;
    }
}
