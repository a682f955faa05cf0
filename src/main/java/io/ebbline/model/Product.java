package io.ebbline.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shop says of one of its products.
 *
 * @param category null: what purchases say
 * @param priceMinor minor units of the shop's currency; null: what purchases say
 * @param unitCostMinor what one costs the shop, minor units; null where unknown
 * @param available whether it can be sold now
 * @param validFrom may be offered from this instant on, milliseconds since the epoch
 * @param validTo may be offered before this instant; {@code Long.MAX_VALUE}: without an end
 * @param bundleOf skus that it is sold together of; empty: it is no bundle
 */
public record Product(
        String sku,
        @Nullable String category,
        @Nullable String brand,
        @Nullable Long priceMinor,
        @Nullable Long unitCostMinor,
        boolean available,
        long validFrom,
        long validTo,
        Use use,
        List<String> bundleOf) {

    /** How often somebody needs it. */
    public enum Use {
        /** What purchases say. */
        UNKNOWN,
        /** Owned once bought: never offered again. */
        ONCE,
        /** Used up and bought again. */
        REPLENISHABLE
    }

    public Product {
        bundleOf = List.copyOf(bundleOf);
        if (sku.isBlank()) {
            throw new IllegalArgumentException("A product has no sku: every product must have one.");
        }
        if (validTo <= validFrom) {
            throw new IllegalArgumentException("Product " + sku + " ends (validTo " + validTo
                    + ") before it begins (validFrom " + validFrom + ").");
        }
        if ((priceMinor != null && priceMinor < 0) || (unitCostMinor != null && unitCostMinor < 0)) {
            throw new IllegalArgumentException(
                    "Product " + sku + " has a negative price or unit cost: leave out what is not known.");
        }
        if (bundleOf.contains(sku) || bundleOf.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("Product " + sku
                    + " is a bundle of itself or of a product without a sku: name the skus of its parts in bundleOf.");
        }
    }

    /** Whether it may be offered at an instant. */
    public boolean isOnSale(long instant) {
        return available && validFrom <= instant && instant < validTo;
    }
}
