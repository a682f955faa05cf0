package io.ebbline.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How customers may be contacted, and what the business weighs in beside propensity and value. A version takes the place of the
 * one before it in its line.
 *
 * @param modelId the line of versions it belongs to
 * @param version 1, 2, 3 ...
 * @param effectiveFrom milliseconds since the epoch; see {@link ModelTimeline}
 * @param backdated takes effect at {@code effectiveFrom} though its record is newer, if it was read before the first event
 * @param listLength offers told in one event, at most
 * @param lifeMillis how long an offer of a product stands, and so how long until its outcome is checked
 * @param caps how often a customer may be contacted
 * @param offerCoolDownMillis the same offer is not made again this long after it was made
 * @param categoryCoolDownMillis after an offer stood first, nothing of its category is offered for this long
 * @param rejectionMillis what was rejected is not offered for this long
 * @param returnedMillis what came back is not offered for this long
 * @param quietFromHour no contact is to be sent from this local hour on ...
 * @param quietToHour ... to this one; equal: no quiet hours
 * @param consentRequired whether silence means no: else an unsubscription or a withdrawn consent does
 * @param holdoutShare share of the customers to whom nothing is offered, so that lift can be measured, 0 to .5
 * @param holdoutSalt names the draw of that group
 * @param thompson whether configured offers are ranked by a draw from what is known of them, rather than by its mean
 * @param priorAccepted acceptances that every offer is believed to have had before any is known
 * @param priorExpired the same of those not accepted
 * @param marginShare share of the price that counts as value where the cost is unknown, above 0 to 1
 * @param weights factors by stage and kind of offer
 * @param levers factors by category and kind of offer
 * @param note where it comes from
 */
public record OfferPolicy(
        String modelId,
        int version,
        long effectiveFrom,
        boolean backdated,
        int listLength,
        long lifeMillis,
        List<Cap> caps,
        long offerCoolDownMillis,
        long categoryCoolDownMillis,
        long rejectionMillis,
        long returnedMillis,
        int quietFromHour,
        int quietToHour,
        boolean consentRequired,
        double holdoutShare,
        String holdoutSalt,
        boolean thompson,
        double priorAccepted,
        double priorExpired,
        double marginShare,
        List<Weight> weights,
        List<Weight> levers,
        String note)
        implements ModelVersion {

    /**
     * A limit of contacts.
     *
     * @param channel null: all channels together
     * @param contacts at most so many ...
     * @param periodMillis ... in any such period
     */
    public record Cap(@Nullable String channel, int contacts, long periodMillis) {

        public Cap {
            require(contacts > 0, "a cap's contacts is " + contacts + ": choose 1 or more, or leave the cap out");
            require(
                    periodMillis > 0 && periodMillis <= LONGEST,
                    "a cap's period is " + periodMillis + " ms: choose a time up to 400 days");
        }
    }

    /**
     * A factor on what an offer is worth. The first that fits is taken; none fits: 1.
     *
     * @param of name of a stage (of weights) or of a category (of levers); null: any
     * @param kind name of a kind of offer; null: any
     */
    public record Weight(@Nullable String of, @Nullable String kind, double factor) {

        public Weight {
            require(factor >= 0 && factor <= 1_000, "a factor is " + factor + ": choose 0 to 1000");
        }
    }

    /** Customers' contacts are known this long. */
    private static final long LONGEST = 400L * 86_400_000L;

    public OfferPolicy {
        ModelVersion.check(modelId, version);
        caps = List.copyOf(caps);
        weights = List.copyOf(weights);
        levers = List.copyOf(levers);
        require(listLength >= 1 && listLength <= 50, "listLength is " + listLength + ": choose 1 to 50");
        require(lifeMillis > 0 && lifeMillis <= LONGEST, "life is " + lifeMillis + " ms: choose a time up to 400 days");
        for (long time : new long[] {offerCoolDownMillis, categoryCoolDownMillis, rejectionMillis, returnedMillis}) {
            require(
                    time >= 0 && time <= LONGEST,
                    "a cool-down (offerCoolDown, categoryCoolDown, rejection, returned) is " + time
                            + " ms: choose 0 for none, or a time up to 400 days");
        }
        for (int hour : new int[] {quietFromHour, quietToHour}) {
            require(hour >= 0 && hour <= 23, "quietFromHour or quietToHour is " + hour + ": an hour is 0 to 23");
        }
        require(holdoutShare >= 0 && holdoutShare <= .5, "holdoutShare is " + holdoutShare + ": choose 0 to 0.5");
        require(!holdoutSalt.isBlank(), "holdoutSalt is empty: give the draw of the holdout group a name");
        require(
                priorAccepted > 0 && priorExpired > 0 && priorAccepted + priorExpired <= 1e6,
                "priorAccepted is " + priorAccepted + ", priorExpired " + priorExpired
                        + ": both must be above 0 and together at most a million");
        require(
                marginShare > 0 && marginShare <= 1,
                "marginShare is " + marginShare + ": choose a share of the price, above 0 to 1");
    }

    /**
     * The policy that Ebbline ships: five offers a list, one contact a day and three a week, no contact from 21 to 8 o'clock, the
     * same offer after 14 days, what was rejected after 90 days, five per cent held out.
     */
    public static OfferPolicy shipped() {
        return new OfferPolicy(
                "offers-default",
                1,
                0,
                true,
                5,
                days(14),
                List.of(new Cap(null, 1, days(1)), new Cap(null, 3, days(7))),
                days(14),
                0,
                days(90),
                days(180),
                21,
                8,
                false,
                .05,
                "holdout-1",
                true,
                1,
                9,
                .3,
                List.of(),
                List.of(),
                "shipped with Ebbline");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("In the policy " + otherwise + ".");
        }
    }

    private static long days(int days) {
        return Duration.ofDays(days).toMillis();
    }
}
