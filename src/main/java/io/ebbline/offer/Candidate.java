package io.ebbline.offer;

import io.ebbline.score.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product that a customer may buy next.
 *
 * @param category null where unknown
 * @param chance that it is in the customer's next order, 0 to 1
 * @param priceMinor what it usually sells for, minor units; NaN where unknown
 * @param reasons the strongest first
 */
public record Candidate(
        String sku, @Nullable String category, Kind kind, double chance, double priceMinor, List<Reason> reasons) {

    public Candidate {
        reasons = List.copyOf(reasons);
    }
}
