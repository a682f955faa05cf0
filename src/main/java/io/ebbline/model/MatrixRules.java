package io.ebbline.model;

import java.time.Duration;

/**
 * Where the lines of the value matrices run. A figure is high when it exceeds its cut; amounts are minor units.
 *
 * @param frequencyCut kept orders that are not yet many, at least 1
 * @param averageOrderCutMinor net spend per kept order
 * @param currentCutMinor net spend
 * @param potentialCutMinor potential value: what is predicted within the horizon of the value model
 * @param classAMinor customers whose net spend exceeds it are of class A
 * @param classBMinor those whose net spend exceeds this alone are of class B; not above {@code classAMinor}
 * @param engagementCut decayed responses at which engagement is middling
 * @param attachmentCut attachment, 0 to 1
 * @param dealCut share of the spend that was on a deal, 0 to 1
 * @param promotionMillis how long before a purchase a coupon, an accepted offer or a campaign counts as what led to it
 * @throws IllegalArgumentException when a number is out of its range
 */
public record MatrixRules(
        long frequencyCut,
        long averageOrderCutMinor,
        long currentCutMinor,
        long potentialCutMinor,
        long classAMinor,
        long classBMinor,
        double engagementCut,
        double attachmentCut,
        double dealCut,
        long promotionMillis) {

    public MatrixRules {
        if (frequencyCut < 1) {
            throw new IllegalArgumentException("frequencyCut is " + frequencyCut
                    + ": it must be at least 1, or every customer would order often.");
        }
        if (classBMinor > classAMinor || classBMinor < 0) {
            throw new IllegalArgumentException("classAMinor is " + classAMinor + " and classBMinor " + classBMinor
                    + ": class A begins where class B ends, and neither below 0.");
        }
        if (!(engagementCut > 0) || !Double.isFinite(engagementCut)) {
            throw new IllegalArgumentException("engagementCut is " + engagementCut + ": it must be positive.");
        }
        if (promotionMillis < 0) {
            throw new IllegalArgumentException("promotionMillis is " + promotionMillis + ": it must not be negative.");
        }
        within("attachmentCut", attachmentCut);
        within("dealCut", dealCut);
    }

    private static void within(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ": it must lie above 0 and below 1.");
        }
    }

    /**
     * What Ebbline ships, in the currency's minor unit (of two decimals): many orders from the fourth on; a large one above 50
     * major units; 200 spent are much, and so is a potential of 50, a little more than the shipped value model expects of a new
     * customer in their first year (46); class A above 500, class B above 100; 25 responses are middling; three days from a
     * coupon to the order.
     */
    public static MatrixRules shipped() {
        return new MatrixRules(
                3,
                5_000,
                20_000,
                5_000,
                50_000,
                10_000,
                25,
                0.5,
                0.5,
                Duration.ofDays(3).toMillis());
    }
}
