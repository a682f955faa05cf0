package io.ebbline.model;

/**
 * What a customer's value is worked out from, as of an instant.
 *
 * @param repeats purchase occasions after the first, 0 or more
 * @param spanDays from the first occasion to the last, 0 or more
 * @param silenceDays since the last, 0 or more
 * @param netMinor what was bought less what was returned, ever, minor units
 * @param recentMinor what was bought, each purchase decayed to the instant by {@link SpendLayer#LAMBDA_PER_DAY}, minor units, 0
 *     or more
 */
public record Past(long repeats, double spanDays, double silenceDays, long netMinor, double recentMinor) {

    /** Days since the first occasion. */
    public double ageDays() {
        return spanDays + silenceDays;
    }

    /** Occasions to buy, the first one included. */
    public long occasions() {
        return repeats + 1;
    }

    /** Net spend per occasion, minor units; 0 when more came back than was bought. */
    public double meanMinor() {
        return (double) Math.max(0, netMinor) / occasions();
    }
}
