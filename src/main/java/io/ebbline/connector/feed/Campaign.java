package io.ebbline.connector.feed;

import static io.ebbline.connector.feed.Plan.DAY;

import io.ebbline.model.Offer;
import io.ebbline.profile.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the simulated shop offers its customers, and how they take it. The same in every run. */
enum Campaign {
    /** A voucher for who slips. */
    STAY("STAY-3", null, null, 300, null, stages(Stage.DECLINE), 0.03, 0.10, 0.12, 0.06, 0.05, 0.20, 0.03, 0.02),
    /** A voucher to win back those who have gone; nobody else is shown it. */
    COME_BACK(
            "COME-BACK-4",
            null,
            null,
            400,
            null,
            stages(Stage.DEPARTED),
            0.05,
            0.03,
            0.04,
            0.02,
            0.02,
            0.08,
            0.015,
            0.01),
    /** Off any coffee, for those who know where the kettle is. */
    COFFEE(
            "COFFEE-WEEKS",
            null,
            "Coffee",
            100,
            null,
            new Offer.Eligibility(List.of(), List.of(), null, null, List.of("Coffee", "Tea"), false),
            0.02,
            0.08,
            0.12,
            0.04,
            0.03,
            0.15,
            0.02,
            0.02),
    /** No postage while the money lasts. */
    SHIPPING(
            "FREE-SHIPPING",
            null,
            null,
            390,
            200_000L,
            Offer.Eligibility.EVERYBODY,
            0.01,
            0.15,
            0.20,
            0.10,
            0.08,
            0.25,
            0.05,
            0.04),
    /** Off a bundle. */
    TEA_TIME(
            "TEA-FOR-TWO",
            "Tea-Time",
            null,
            200,
            null,
            Offer.Eligibility.EVERYBODY,
            0.03,
            0.05,
            0.06,
            0.03,
            0.06,
            0.10,
            0.02,
            0.02);

    /** Who has gone takes up so much less of what is not meant for them. */
    private static final double GONE = 0.2;

    private final Offer offer;
    private final double rejected;
    private final double[] accepted;

    /** @param accepted chance that a customer accepts it when shown, by {@link ShopSegment} */
    Campaign(
            String offerId,
            @Nullable String sku,
            @Nullable String category,
            long worth,
            @Nullable Long budget,
            Offer.Eligibility eligibility,
            double rejected,
            double... accepted) {
        this.offer = new Offer(
                offerId, sku, category, worth, List.of(), 0, Long.MAX_VALUE, 14 * DAY, budget, eligibility, 1);
        this.rejected = rejected;
        this.accepted = accepted;
    }

    private static Offer.Eligibility stages(Stage stage) {
        return new Offer.Eligibility(List.of(stage.name()), List.of(), null, null, List.of(), false);
    }

    Offer offer() {
        return offer;
    }

    /**
     * The chance that it is accepted when it is shown.
     *
     * @param gone whether the customer has lost interest
     */
    double accepted(ShopSegment segment, boolean gone) {
        return accepted[segment.ordinal()] * (gone && this != COME_BACK ? GONE : 1);
    }

    /** The chance that it is rejected when it is shown. */
    double rejected() {
        return rejected;
    }
}
