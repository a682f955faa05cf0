package io.ebbline.offer;

import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferPolicy.Weight;
import io.ebbline.model.Product;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an offer is worth making: propensity x value x weight x lever. */
final class Arbitration {

    /** Keeps what is drawn from a chance that seems certain, or none, inside the beta distribution. */
    private static final double LEAST = 1e-6;

    private final Situation now;
    private final OfferPolicy policy;
    private final double usualPrice;

    /** Most offers end at one instant: it is worked out once. */
    private long knownUntil = Long.MIN_VALUE;

    private double known;

    /**
     * Of one situation.
     *
     * @param usualPrice taken for a price that is not known, minor units; NaN: none is known
     */
    Arbitration(Situation now, double usualPrice) {
        this.now = now;
        this.policy = now.policy();
        this.usualPrice = usualPrice;
    }

    /** What it comes to when it expires at an instant. */
    OfferEffect.Offered weigh(Entrant entrant, long expires) {
        Offer offer = entrant.offer();
        double propensity;
        double drawn = Double.NaN;
        if (offer == null) {
            propensity = entrant.chance() * ordersBefore(expires);
        } else {
            Posterior belief = belief(entrant, offer, expires);
            propensity = belief.mean();
            if (policy.thompson()) {
                drawn = Thompson.of(now.customer(), offer.offerId(), now.eventTime(), policy.ref())
                        .beta(belief.alpha(), belief.beta());
            }
        }
        double value = value(entrant);
        double weight = factor(policy.weights(), now.context().stage().name(), entrant.kind());
        double lever =
                factor(policy.levers(), entrant.category(), entrant.kind()) * (offer == null ? 1 : offer.lever());
        double score = (Double.isNaN(drawn) ? propensity : drawn) * value * weight * lever;
        return new OfferEffect.Offered(
                entrant.offerId(),
                entrant.kind(),
                entrant.sku(),
                entrant.category(),
                propensity,
                drawn,
                value,
                weight,
                lever,
                score,
                entrant.reasons());
    }

    /** Chance of an order before an instant; where nothing is known of it, that with which anything is believed to be taken up. */
    private double ordersBefore(long expires) {
        if (expires != knownUntil) {
            known = chanceOfOrder(expires);
            knownUntil = expires;
        }
        return known;
    }

    private double chanceOfOrder(long expires) {
        double buys = now.context().pBuy();
        if (Double.isNaN(buys)) {
            return policy.priorAccepted() / (policy.priorAccepted() + policy.priorExpired());
        }
        double horizons = (double) (expires - now.asOf()) / now.context().horizonMillis();
        return 1 - StrictMath.pow(1 - buys, horizons);
    }

    /** What is known of customers of this pace; while nothing is, the chance of what it is an offer of, or the policy's prior. */
    private Posterior belief(Entrant entrant, Offer offer, long expires) {
        Posterior known = now.market().acceptance(offer.offerId(), now.context().pace());
        if (known != null) {
            return known;
        }
        double firm = policy.priorAccepted() + policy.priorExpired();
        if (Double.isNaN(entrant.chance())) {
            return new Posterior(policy.priorAccepted(), policy.priorExpired());
        }
        double chance = Math.min(1 - LEAST, Math.max(LEAST, entrant.chance() * ordersBefore(expires)));
        return new Posterior(chance * firm, (1 - chance) * firm);
    }

    /** Margin where the cost is known, else the policy's share of the price, less what is given away. */
    private double value(Entrant entrant) {
        Product product = entrant.sku() == null ? null : now.rules().product(entrant.sku());
        Offer offer = entrant.offer();
        double worth = offer == null ? 0 : offer.worthMinor();
        double price = product != null && product.priceMinor() != null ? product.priceMinor() : entrant.priceMinor();
        if (product != null && product.unitCostMinor() != null && !Double.isNaN(price)) {
            return price - product.unitCostMinor() - worth;
        }
        if (Double.isNaN(price)) {
            price = usualPrice;
        }
        return Double.isNaN(price) ? 1 : price * policy.marginShare() - worth;
    }

    static double factor(List<Weight> weights, @Nullable String of, Kind kind) {
        for (Weight weight : weights) {
            boolean fits = weight.of() == null || weight.of().equals(of);
            if (fits && (weight.kind() == null || weight.kind().equals(kind.name()))) {
                return weight.factor();
            }
        }
        return 1;
    }
}
