package io.ebbline.fit;

import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The thresholds of decline and departure that suit a shop: shares of the chance that its repeat buyers have right after an
 * order, as the shipped thresholds are of CDNOW's (.455 and .2 of .676). Where customers order often that chance is near 1
 * and a lower threshold would be reached too late or never; where they rarely do, everyone would be below a higher one.
 *
 * <p>docs/quality.md shows what the shares catch.
 */
final class ChurnFit {

    private static final double DECLINE_SHARE = .65;
    private static final double DEPART_SHARE = .3;

    /** Thresholds keep this share of the way from what endless silence leaves to the chance after an order below them. */
    private static final double DECLINE_LIFT = .25;

    private static final double DEPART_LIFT = .1;

    private static final long ENDLESS_MILLIS = Duration.ofDays(36_500).toMillis();

    private ChurnFit() {}

    /**
     * The rules with those thresholds.
     *
     * @param end the last instant that counts; every buyer had ordered by then
     * @throws FitException when too few ordered again, or the chance hardly falls in silence
     */
    static Fitted<ChurnRules> of(List<Buyer> buyers, long end, BuyingModel buying, ChurnRules rules) {
        double fresh = 0;
        double floor = 0;
        long repeaters = 0;
        for (Buyer buyer : buyers) {
            Evidence evidence = buyer.evidence(end, buying);
            if (evidence.repeats() > 0) {
                fresh += buying.pBuy(evidence, 0);
                floor += buying.pBuy(evidence, ENDLESS_MILLIS);
                repeaters++;
            }
        }
        return thresholds(fresh / repeaters, floor / repeaters, repeaters, rules);
    }

    private static Fitted<ChurnRules> thresholds(double fresh, double floor, long repeaters, ChurnRules rules) {
        String chances = String.format(
                Locale.ROOT,
                "the chance of repeat buyers is %.3f after an order and %.3f after endless silence",
                fresh,
                floor);
        double decline = Math.max(DECLINE_SHARE * fresh, floor + DECLINE_LIFT * (fresh - floor));
        double depart = Math.max(DEPART_SHARE * fresh, floor + DEPART_LIFT * (fresh - floor));
        if (!(depart > floor && decline < fresh)) {
            throw new FitException("Silence tells too little here: " + chances + ". The rules are kept; look at"
                    + " declineBelow and departBelow, which may never be reached.");
        }
        return new Fitted<>(
                rules.withThresholds(decline, depart),
                Double.NaN,
                repeaters,
                String.format(Locale.ROOT, "Decline below %.3f, departure below %.3f; %s.", decline, depart, chances));
    }
}
