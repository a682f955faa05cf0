package io.ebbline.offer;

import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferPolicy.Weight;
import io.ebbline.model.Product;
import io.ebbline.profile.Outlook;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What an offer is worth making: propensity x value x weight x lever. */
final class Arbitration {

    /** Keeps what is drawn from a chance that seems certain, or none, inside the beta distribution. */
    private static final double LEAST = 1e-6;

    /** Who is certain to order does not order without end. */
    private static final double MOST_ORDERS = 64;

    private final Situation now;
    private final OfferPolicy policy;
    private final DoubleSupplier usualPrice;
    private boolean usualKnown;
    private double usual;

    /** Most offers end at one instant: the orders to be expected by then are worked out once. */
    private long knownUntil = Long.MIN_VALUE;

    private double known;

    /**
     * Of one situation.
     *
     * @param usualPrice taken for a price that is not known, minor units; NaN: none is known
     */
    Arbitration(Situation now, DoubleSupplier usualPrice) {
        this.now = now;
        this.policy = now.policy();
        this.usualPrice = usualPrice;
    }

    /** What it comes to when it expires at an instant. */
    Weighed weigh(Entrant entrant, long expires) {
        Offer offer = entrant.offer();
        double propensity;
        double drawn = Double.NaN;
        boolean answered = false;
        if (offer == null) {
            propensity = taken(entrant.chance(), expires);
        } else {
            Posterior answers =
                    now.market().acceptance(offer.offerId(), now.context().pace());
            Posterior belief = answers == null ? belief(entrant, expires) : answers;
            propensity = belief.mean();
            answered = answers != null;
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
        return new Weighed(entrant, propensity, drawn, value, weight, lever, score, answered);
    }

    /**
     * Chance that something is in one of the orders before an instant: they come as a Poisson process, of which the chance that none
     * comes is known, and each holds it with the same chance. Those that do are such a process, too, thinner by that chance
     * (Kingman 1993, Poisson Processes, 5.1), so the chance of one at least is {@code 1 - (1 - orders)^chance}.
     *
     * @param chance that it is in the next order
     */
    private double taken(double chance, long expires) {
        return -StrictMath.expm1(-chance * orders(expires));
    }

    private double orders(long expires) {
        if (expires != knownUntil) {
            known = ordersBefore(expires);
            knownUntil = expires;
        }
        return known;
    }

    /** Orders to be expected before an instant, at the pace of the shop; where nothing is known of them, as if anything was taken up by the policy's prior. */
    private double ordersBefore(long expires) {
        Outlook outlook = now.context().outlook();
        return outlook == null
                ? StrictMath.log1p(policy.priorAccepted() / policy.priorExpired())
                : Math.min(MOST_ORDERS, now.market().orders(outlook, now.asOf(), expires));
    }

    /** What is believed while nothing is known: the chance of what it is an offer of, or the policy's prior. */
    private Posterior belief(Entrant entrant, long expires) {
        double firm = policy.priorAccepted() + policy.priorExpired();
        if (Double.isNaN(entrant.chance())) {
            return new Posterior(policy.priorAccepted(), policy.priorExpired());
        }
        double chance = Math.min(1 - LEAST, Math.max(LEAST, taken(entrant.chance(), expires)));
        return new Posterior(chance * firm, (1 - chance) * firm);
    }

    /** About what an offer of a product by itself scores: see {@link Worth}. */
    double worth(double chance, Kind kind, String sku, @Nullable String category, double priceMinor) {
        Product product = now.rules().product(sku);
        Kind called = now.kind(kind);
        double weight = factor(policy.weights(), now.context().stage().name(), called);
        String of = policy.levers().isEmpty() ? category : now.category(sku, category);
        double lever = factor(policy.levers(), of, called);
        if (weight * lever <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        long ends = now.ends(policy.lifeMillis(), Long.MAX_VALUE, product);
        return Roughly.oneLessExp(chance * orders(ends)) * value(product, priceMinor, 0) * weight * lever;
    }

    private double value(Entrant entrant) {
        Product product = entrant.sku() == null ? null : now.rules().product(entrant.sku());
        Offer offer = entrant.offer();
        double givenAway = offer == null ? 0 : offer.worthMinor();
        double value = value(product, entrant.priceMinor(), givenAway);
        if (!Double.isNaN(value)) {
            return value;
        }
        double price = usual();
        return Double.isNaN(price) ? 1 : price * policy.marginShare() - givenAway;
    }

    /** Margin where the cost is known, else the policy's share of the price, less what is given away; NaN: no price is known. */
    private double value(@Nullable Product product, double priceMinor, double givenAway) {
        double price = product != null && product.priceMinor() != null ? product.priceMinor() : priceMinor;
        return product != null && product.unitCostMinor() != null
                ? price - product.unitCostMinor() - givenAway
                : price * policy.marginShare() - givenAway;
    }

    private double usual() {
        if (!usualKnown) {
            usual = usualPrice.getAsDouble();
            usualKnown = true;
        }
        return usual;
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
