package io.ebbline.offer;

import org.jspecify.annotations.Nullable;

/** What an offer of a product is worth to the shop. It rises with the chance of the product. */
@FunctionalInterface
public interface Worth {

    /**
     * The worth of an offer of a product.
     *
     * @param chance that it is in the next order
     * @param category null where unknown
     * @param priceMinor what it usually sells for, minor units; NaN where unknown
     * @return NaN: not known; negative infinity: it is not to be offered
     */
    double of(double chance, Kind kind, String sku, @Nullable String category, double priceMinor);

    /** The same of a candidate. */
    default double of(Candidate candidate) {
        return of(candidate.chance(), candidate.kind(), candidate.sku(), candidate.category(), candidate.priceMinor());
    }
}
