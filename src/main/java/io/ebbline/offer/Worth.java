package io.ebbline.offer;

import org.jspecify.annotations.Nullable;

/** What it is worth that a customer takes up an offer of a product: what offers rank by, over the chance that it is in the next order. */
@FunctionalInterface
public interface Worth {

    /**
     * The worth of an offer of a product.
     *
     * @param category null where unknown
     * @param priceMinor what it usually sells for, minor units; NaN where unknown
     * @return NaN: not known; negative infinity: it is not to be offered
     */
    double of(Kind kind, String sku, @Nullable String category, double priceMinor);

    /** The same of a candidate. */
    default double of(Candidate candidate) {
        return of(candidate.kind(), candidate.sku(), candidate.category(), candidate.priceMinor());
    }
}
