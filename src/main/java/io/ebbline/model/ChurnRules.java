package io.ebbline.model;

import java.time.Duration;

/**
 * When a customer counts as declining, as severely so, as departed and as recovered. Chances are P(buy): the chance of an
 * order within the buying model's horizon.
 *
 * @param declineBelow decline below this chance
 * @param declineShare and below this share of what the chance was at the customer's last order: nobody declines by
 *     ordering, and who never bought often is measured by their own start
 * @param declineShareOnce the same for who has ordered once
 * @param severeShare the risk is high below this share of the threshold of decline
 * @param departBelow departed below this chance, once the hiatus is over
 * @param recoverMargin the chance must exceed the threshold of decline by this share of it to leave decline
 * @param dwellMillis least time in decline
 * @param slowTo CUSUM: the share of the usual rate of orders that it looks for
 * @param cusumAlarm CUSUM: decline at this value or above; orders between two false alarms are e^this at least
 * @param trendFall spend or contacts have fallen when the recent rate is below this share of the usual one
 * @param trendContacts contacts before a fall of them says anything
 * @param negativeMillis how long a negative event counts
 * @param spreeMillis three returns within this time are a negative event
 * @param badRating a survey or review at or below it is a negative event
 * @throws IllegalArgumentException when a number is out of its range
 */
public record ChurnRules(
        double declineBelow,
        double declineShare,
        double declineShareOnce,
        double severeShare,
        double departBelow,
        double recoverMargin,
        long dwellMillis,
        double slowTo,
        double cusumAlarm,
        double trendFall,
        int trendContacts,
        long negativeMillis,
        long spreeMillis,
        double badRating) {

    public ChurnRules {
        within("declineBelow", declineBelow);
        within("declineShare", declineShare);
        within("declineShareOnce", declineShareOnce);
        within("severeShare", severeShare);
        within("departBelow", departBelow);
        within("slowTo", slowTo);
        within("trendFall", trendFall);
        if (!(recoverMargin >= 0) || (1 + recoverMargin) * Math.max(declineShare, declineShareOnce) > 1) {
            throw new IllegalArgumentException("recoverMargin is " + recoverMargin
                    + ": it must not be negative, and (1 + recoverMargin) x declineShare not exceed 1, or an order would not"
                    + " end a decline.");
        }
        if (dwellMillis < 0 || negativeMillis < 0 || spreeMillis < 0 || trendContacts < 1) {
            throw new IllegalArgumentException(
                    "dwellMillis, negativeMillis and spreeMillis must not be negative, and trendContacts be at least 1.");
        }
        if (!(cusumAlarm > 0) || !Double.isFinite(cusumAlarm)) {
            throw new IllegalArgumentException("cusumAlarm is " + cusumAlarm + ": it must be positive.");
        }
        if (!Double.isFinite(badRating)) {
            throw new IllegalArgumentException("badRating is " + badRating + ": it must be a number.");
        }
    }

    private static void within(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ": it must lie above 0 and below 1.");
        }
    }

    /** The chance below which a customer declines whose chance at the last order was {@code fresh}. */
    public double threshold(long repeats, double fresh) {
        return Math.min(declineBelow, (repeats == 0 ? declineShareOnce : declineShare) * fresh);
    }

    /** These rules with other chances below which a customer declines and departs. */
    public ChurnRules withThresholds(double newDeclineBelow, double newDepartBelow) {
        return new ChurnRules(
                newDeclineBelow,
                declineShare,
                declineShareOnce,
                severeShare,
                newDepartBelow,
                recoverMargin,
                dwellMillis,
                slowTo,
                cusumAlarm,
                trendFall,
                trendContacts,
                negativeMillis,
                spreeMillis,
                badRating);
    }

    /** The rules that Ebbline ships; docs/quality.md shows what they catch. */
    public static ChurnRules shipped() {
        return new ChurnRules(
                0.455,
                0.9,
                0.75,
                2.0 / 3,
                0.2,
                0.05,
                Duration.ofDays(7).toMillis(),
                0.5,
                4,
                0.4,
                5,
                Duration.ofDays(30).toMillis(),
                Duration.ofDays(30).toMillis(),
                2);
    }
}
