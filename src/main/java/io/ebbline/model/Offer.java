package io.ebbline.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the shop is ready to offer.
 *
 * @param offerId names it in touchpoints and on the topic of offers
 * @param sku what it is an offer of; null: see {@code category}
 * @param category any product of it; null with a null sku: anything in the shop
 * @param worthMinor what the shop gives away when it is accepted, minor units; 0: nothing
 * @param channels by which it may be made; empty: by any
 * @param validFrom may be made from this instant on, milliseconds since the epoch
 * @param validTo may be made before this instant
 * @param lifeMillis how long one that was made stands
 * @param budgetMinor closed at the tick at which worth x acceptances has come to this; null: no limit
 * @param eligibility whom it is for
 * @param lever the business's weight on it, 1: none
 */
public record Offer(
        String offerId,
        @Nullable String sku,
        @Nullable String category,
        long worthMinor,
        List<String> channels,
        long validFrom,
        long validTo,
        long lifeMillis,
        @Nullable Long budgetMinor,
        Eligibility eligibility,
        double lever) {

    /**
     * Whom an offer is for: all that is said must hold.
     *
     * @param stages names of lifecycle stages; empty: any
     * @param segments names of segments; empty: any
     * @param minClvMinor least predicted lifetime value; null: any, the unknown too
     * @param maxClvMinor greatest predicted lifetime value; null: any, the unknown too
     * @param categories of which the customer must own a product of one; empty: any
     * @param consent whether the customer must have consented to be contacted
     */
    public record Eligibility(
            List<String> stages,
            List<String> segments,
            @Nullable Long minClvMinor,
            @Nullable Long maxClvMinor,
            List<String> categories,
            boolean consent) {

        /** For everybody who has not withdrawn consent. */
        public static final Eligibility EVERYBODY = new Eligibility(List.of(), List.of(), null, null, List.of(), false);

        public Eligibility {
            stages = List.copyOf(stages);
            segments = List.copyOf(segments);
            categories = List.copyOf(categories);
            if (minClvMinor != null && maxClvMinor != null && minClvMinor > maxClvMinor) {
                throw new IllegalArgumentException("minClv is above maxClv: nobody would be eligible.");
            }
        }
    }

    public Offer {
        channels = List.copyOf(channels);
        if (offerId.isBlank()) {
            throw new IllegalArgumentException("An offer has no offerId: every offer must have one.");
        }
        if (validTo <= validFrom || lifeMillis <= 0) {
            throw new IllegalArgumentException(
                    "Offer " + offerId + " must end after it begins and stand for some time.");
        }
        if (sku != null && category != null) {
            throw new IllegalArgumentException(
                    "Offer " + offerId + " names a sku and a category: name the sku, or any product of the category.");
        }
        if (worthMinor < 0 || (budgetMinor != null && budgetMinor <= 0)) {
            throw new IllegalArgumentException(
                    "Offer " + offerId + " has a negative worth or no budget: leave the budget out for no limit.");
        }
        if (!(lever >= 0 && lever <= 1_000)) {
            throw new IllegalArgumentException("Offer " + offerId + " has lever " + lever + ": choose 0 to 1000.");
        }
    }
}
