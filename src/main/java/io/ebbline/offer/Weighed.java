package io.ebbline.offer;

/**
 * An entrant, and what it is worth making: see {@link OfferEffect.Offered}.
 *
 * @param drawn NaN: nothing was drawn
 */
record Weighed(
        Entrant entrant,
        double propensity,
        double drawn,
        double valueMinor,
        double weight,
        double lever,
        double score) {

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
                entrant.why().reasons());
    }
}
