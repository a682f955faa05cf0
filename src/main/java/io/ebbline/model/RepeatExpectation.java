package io.ebbline.model;

import io.ebbline.model.RepeatBuying.Family;

/**
 * How many purchases the BG/NBD or the MBG/NBD expects, Fader, Hardie, Lee (2005) and Batislam, Denizel, Filiztekin (2007).
 * Customers are given as in {@link RepeatBuying}; a purchase is a day on which one buys, as there.
 *
 * @param model with k = 1: for regular gaps there is no closed form
 * @throws IllegalArgumentException when k is greater
 */
public record RepeatExpectation(RepeatBuying model) implements ExpectedPurchases {

    private static final int MAX_TERMS = 1_000_000;

    public RepeatExpectation {
        if (model.k() != 1) {
            throw new IllegalArgumentException("k is " + model.k()
                    + ": purchases can be expected with k = 1 alone; fit such a model beside this one.");
        }
    }

    @Override
    public double pAlive(long repeats, double spanDays, double silenceDays) {
        return model.pAlive(repeats, spanDays, silenceDays);
    }

    /**
     * Expected purchases of who is alive now within the next {@code horizonDays}, 0 or more; Fader, Hardie, Lee (2005), equation
     * 10.
     *
     * <p>To 12 digits or more with r up to 20; with r = 50 and a far horizon 7 remain. It takes the longer the more the horizon
     * exceeds alpha + T: about 100 terms at 4 times as long, 700 at 20 times; beyond 20,000 times digits are lost.
     */
    @Override
    public double whileAlive(long repeats, double ageDays, double horizonDays) {
        return whileAliveAt(repeats, model.alphaDays() + ageDays, horizonDays);
    }

    /** Expected repeat purchases of somebody in the days after their first purchase; equation 9. */
    public double purchasesOfNew(double days) {
        return purchases(0, 0, 0, days);
    }

    /**
     * The chance that somebody makes exactly {@code repeats} purchases in the days after their first; equation 8. It takes as
     * many steps as repeats.
     */
    public double chanceOfRepeats(int repeats, double days) {
        double z = days / (model.alphaDays() + days);
        double term = StrictMath.exp(-model.r() * StrictMath.log1p(days / model.alphaDays()));
        double fewer = 0;
        double stayed = model.family() == Family.MBG ? model.b() / (model.a() + model.b()) : 1;
        double left = 1 - stayed;
        for (int j = 0; j < repeats; j++) {
            fewer += term;
            term *= (model.r() + j) / (j + 1) * z;
            double stays = chances(j) / (model.a() + chances(j));
            left = stayed * (1 - stays);
            stayed *= stays;
        }
        return stayed * term + left * Math.max(0, 1 - fewer);
    }

    /** Second shape of the drop-out chance, of who stayed after so many repeats. */
    private double chances(long repeats) {
        return model.b() + repeats + (model.family() == Family.MBG ? 1 : 0);
    }

    /**
     * Purchases of who is alive for certain. With z = t / (scale + t), c = a + b + x - 1 and b + 1 for b with MBG:
     * c / (a - 1) (1 - (1-z)^(a-1) 2F1(a+b-1-r, a-1; c; z)), which is equation 10 after Euler's transformation and takes few
     * terms where the textbook's form takes hundreds. The series' first term, 1, is kept apart, and c and a - 1 are taken into
     * the rest, so that neither a = 1 nor c = 0 is special.
     */
    private double whileAliveAt(long repeats, double scale, double days) {
        double a = model.a();
        double c = a + chances(repeats) - 1;
        double z = days / (scale + days);
        double logRest = -StrictMath.log1p(days / scale);
        double series = series(a + chances(0) - 1 - model.r(), a, c, z);
        return Math.max(0, c * Special.saturation(a - 1, logRest) - StrictMath.exp((a - 1) * logRest) * series);
    }

    /** c / (a - 1) (2F1(first, a - 1; c; z) - 1). */
    private static double series(double first, double a, double c, double z) {
        double term = first * z;
        double sum = term;
        double enough = 1e-17 * (1 - z);
        for (int n = 1; n < MAX_TERMS && Math.abs(term) > enough * Math.abs(sum); n++) {
            term *= (first + n) / (c + n) * ((a + (n - 1)) / (n + 1)) * z;
            sum += term;
        }
        return sum;
    }
}
