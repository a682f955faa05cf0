package io.ebbline.offer;

import io.ebbline.score.Reason;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product that a customer may buy next.
 *
 * @param category null where unknown
 * @param chance that it is in the customer's next order, 0 to 1
 * @param priceMinor what it usually sells for, minor units; NaN where unknown
 * @param why it may be so
 */
public record Candidate(String sku, @Nullable String category, Kind kind, double chance, double priceMinor, Why why) {

    /** Of equals the first by sku comes first. */
    static final Comparator<Candidate> LIKELIEST_FIRST = (a, b) -> {
        int order = Double.compare(b.chance, a.chance);
        return order == 0 ? a.sku.compareTo(b.sku) : order;
    };

    /** Says why. Most candidates are never asked. */
    @FunctionalInterface
    public interface Why {
        /** The reasons, the strongest first; to be asked for before whoever found the candidate looks at another customer. */
        List<Reason> reasons();
    }

    /** One whose reasons are known. */
    public Candidate(
            String sku, @Nullable String category, Kind kind, double chance, double priceMinor, List<Reason> reasons) {
        this(sku, category, kind, chance, priceMinor, why(List.copyOf(reasons)));
    }

    private static Why why(List<Reason> reasons) {
        return () -> reasons;
    }

    /** See {@link Why}. */
    public List<Reason> reasons() {
        return why.reasons();
    }
}
