package io.ebbline.offer;

import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/**
 * An entrant, and what it is worth making: see {@link OfferEffect.Offered}.
 *
 * @param drawn NaN: nothing was drawn
 * @param answered whether the propensity is drawn from how customers took it up
 */
record Weighed(
        Entrant entrant,
        double propensity,
        double drawn,
        double valueMinor,
        double weight,
        double lever,
        double score,
        boolean answered) {

    /** Whether it is worth more; of equals the first by offer id comes first. */
    boolean isBefore(Weighed other) {
        int order = Double.compare(score, other.score);
        return order == 0 ? entrant.offerId().compareTo(other.entrant.offerId()) < 0 : order > 0;
    }

    /** As it is told. */
    OfferEffect.Offered offered() {
        return new OfferEffect.Offered(
                entrant.offerId(),
                entrant.kind(),
                entrant.sku(),
                entrant.category(),
                propensity,
                drawn,
                valueMinor,
                weight,
                lever,
                score,
                reasons());
    }

    private List<Reason> reasons() {
        List<Reason> reasons = entrant.why().reasons();
        if (!answered) {
            return reasons;
        }
        List<Reason> all = new ArrayList<>(reasons.size() + 1);
        all.add(Reason.of(ReasonCode.TAKEN_UP, propensity));
        all.addAll(reasons);
        return all;
    }
}
