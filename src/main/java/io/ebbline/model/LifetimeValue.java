package io.ebbline.model;

/**
 * A customer's lifetime value (客户终身价值), which always says what it is the value of: models rank customers differently.
 *
 * @param model the formula that gave it
 * @param minor present value, minor units, not rounded; negative when the customer costs more than they bring
 */
public record LifetimeValue(Model model, double minor) {

    /**
     * The formulas of the textbook, Tang Bingyong, Customer Relationship Management, 2nd ed., and of Dwyer (1989); and those of
     * {@link ValueModel}, named after what tells the number of purchases.
     */
    public enum Model {
        /** Model 1: what the customer pays. See {@link YearlyAccount#revenue}. */
        REVENUE,
        /** Model 2: what is left after all costs of serving. See {@link YearlyAccount#profit}. */
        PROFIT,
        /** Model 3: what is left after the direct cost of serving. See {@link YearlyAccount#contribution}. */
        CONTRIBUTION,
        /** Spend by brand or category, as the customer switches between them. See {@link SpendShare}. */
        SPEND_SHARE,
        /** Customers lost for good. See {@link RetentionModel}. */
        RETENTION,
        /** Customers who always give a share. See {@link MigrationModel}. */
        MIGRATION,
        /** What the customer has paid so far, less what came back. */
        PAID,
        /** Purchases by the {@link ParetoNbd}, spend on each by {@link GammaGamma}. */
        PARETO_NBD,
        /** Purchases by the BG/NBD, {@link RepeatExpectation}, spend on each by {@link GammaGamma}. */
        BG_NBD,
        /** Purchases by the MBG/NBD, {@link RepeatExpectation}, spend on each by {@link GammaGamma}. */
        MBG_NBD,
        /** One of these three, corrected by a {@link SpendLayer}. */
        SPEND_LAYER
    }
}
