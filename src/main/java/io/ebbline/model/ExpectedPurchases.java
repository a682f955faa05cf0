package io.ebbline.model;

/**
 * How many purchases a model expects of a customer. It takes whoever is alive for one of a population that the past has
 * narrowed down: so purchases while alive depend on the number of repeats and the age, and silence speaks through P(alive)
 * alone.
 *
 * <p>A customer is given by {@code repeats}, the purchase occasions after the first, and by days: {@code spanDays} from the
 * first occasion to the last, {@code silenceDays} since the last, {@code ageDays} their sum. All are 0 or more.
 */
public sealed interface ExpectedPurchases permits ParetoNbd, RepeatExpectation {

    /** A quarter of a year. */
    double QUARTER_DAYS = 365.25 / 4;

    /** The chance that the customer has not left. */
    double pAlive(long repeats, double spanDays, double silenceDays);

    /** Expected purchases within the next {@code horizonDays} of who is alive now, 0 or more. */
    double whileAlive(long repeats, double ageDays, double horizonDays);

    /** Expected purchases within the next {@code horizonDays}, 0 or more. */
    default double purchases(long repeats, double spanDays, double silenceDays, double horizonDays) {
        return pAlive(repeats, spanDays, silenceDays) * whileAlive(repeats, spanDays + silenceDays, horizonDays);
    }

    /**
     * Expected purchases within the next {@code horizonDays}, each discounted by e^(-delta t), t when it comes, in steps of
     * about a quarter.
     *
     * @param horizonDays positive
     * @param deltaPerDay continuous rate, 0 or more: ln(1 + yearly rate) / 365.25
     */
    default double discountedPurchases(
            long repeats, double spanDays, double silenceDays, double horizonDays, double deltaPerDay) {
        return pAlive(repeats, spanDays, silenceDays)
                * discountedWhileAlive(
                        repeats, spanDays + silenceDays, horizonDays, deltaPerDay, quarters(horizonDays));
    }

    /** Expected purchases of who is alive now, each discounted, in so many steps. */
    default double discountedWhileAlive(
            long repeats, double ageDays, double horizonDays, double deltaPerDay, int steps) {
        double step = horizonDays / steps;
        double sum = 0;
        double before = 0;
        for (int j = 1; j <= steps; j++) {
            double until = whileAlive(repeats, ageDays, j * step);
            sum += StrictMath.exp(-deltaPerDay * (j - .5) * step) * (until - before);
            before = until;
        }
        return sum;
    }

    /** Steps of about a quarter in a horizon: against monthly steps they are off by .03 %. */
    static int quarters(double horizonDays) {
        return (int) Math.ceil(horizonDays / QUARTER_DAYS);
    }
}
