package io.ebbline.offer;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of the offers of an {@link OpenDecision}, and what has become of it. Mutable, for one thread. */
public final class OpenOffer {

    private static final int SHOWN = 1;
    private static final int ACCEPTED = 2;
    private static final int REJECTED = 4;
    private static final int BOUGHT = 8;
    private static final int WITHDRAWN = 16;

    private final String offerId;
    private final Kind kind;
    private final @Nullable String sku;

    /** Compared first: nearly all products are others, and most books have not been looked at for long. */
    private final int skuHash;

    private final @Nullable String category;
    private final boolean anything;
    private final double propensity;
    private int marks;

    /**
     * An offer.
     *
     * @param sku what it is an offer of; null: see {@code category}
     * @param category that of the sku, or of which it is an offer
     * @param marks 0; else what was stored
     */
    public OpenOffer(
            String offerId, Kind kind, @Nullable String sku, @Nullable String category, double propensity, int marks) {
        this.offerId = offerId;
        this.kind = kind;
        this.sku = sku;
        this.skuHash = sku == null ? 0 : sku.hashCode();
        this.category = category;
        this.anything = sku == null && category == null;
        this.propensity = propensity;
        this.marks = marks;
    }

    public String offerId() {
        return offerId;
    }

    public Kind kind() {
        return kind;
    }

    public @Nullable String sku() {
        return sku;
    }

    public @Nullable String category() {
        return category;
    }

    public double propensity() {
        return propensity;
    }

    /** What has become of it, as bits for the stored form. */
    public int marks() {
        return marks;
    }

    /** Whether a purchase of a product takes it up; its category is asked for where that matters. */
    boolean isOf(String boughtSku, Supplier<@Nullable String> boughtCategory) {
        if (sku != null) {
            return skuHash == boughtSku.hashCode() && sku.equals(boughtSku);
        }
        return anything || (category != null && category.equals(boughtCategory.get()));
    }

    void show() {
        marks |= SHOWN;
    }

    void accept() {
        marks |= ACCEPTED;
    }

    void reject() {
        marks |= REJECTED;
    }

    void buy() {
        marks |= BOUGHT;
    }

    /** It does not stand any more. False when it had not before. */
    boolean withdraw() {
        boolean standing = !isWithdrawn();
        marks |= WITHDRAWN;
        return standing;
    }

    boolean isWithdrawn() {
        return (marks & WITHDRAWN) != 0;
    }

    OfferEffect.Outcome outcome(long asOf, @Nullable String segment, int rank, boolean heldOut) {
        return new OfferEffect.Outcome(
                asOf,
                offerId,
                kind,
                segment,
                rank,
                heldOut,
                propensity,
                (marks & SHOWN) != 0,
                (marks & ACCEPTED) != 0,
                (marks & REJECTED) != 0,
                (marks & BOUGHT) != 0);
    }
}
