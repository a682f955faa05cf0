package io.ebbline.testing;

import io.ebbline.model.Catalogue;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Made-up versions of what is offered, how, and in which money. */
public final class Offers {

    private static final long DAY = 86_400_000L;
    private static final List<String> STAGES = List.of("PROSPECT", "GROWTH", "MATURE", "DECLINE", "DEPARTED");
    private static final List<String> KINDS = List.of("EXPLORE", "REPLENISH", "CAMPAIGN");

    private final Random random;

    private Offers(long seed) {
        random = new Random(seed);
    }

    /** One of each kind. */
    public static List<ModelVersion> of(long seed) {
        Offers offers = new Offers(seed);
        return List.of(offers.catalogue(), offers.offerSet(), offers.policy(), offers.rates());
    }

    /** The shipped policy under another name. */
    public static OfferPolicy policy(String modelId, int version) {
        OfferPolicy p = OfferPolicy.shipped();
        return new OfferPolicy(
                modelId,
                version,
                0,
                false,
                p.listLength(),
                p.lifeMillis(),
                p.caps(),
                p.offerCoolDownMillis(),
                p.categoryCoolDownMillis(),
                p.rejectionMillis(),
                p.returnedMillis(),
                p.quietFromHour(),
                p.quietToHour(),
                p.consentRequired(),
                p.holdoutShare(),
                p.holdoutSalt(),
                p.thompson(),
                p.priorAccepted(),
                p.priorExpired(),
                p.feedbackHalfLifeMillis(),
                p.marginShare(),
                p.weights(),
                p.levers(),
                "");
    }

    /** Rates into pounds, one version. */
    public static ExchangeRates rates(int version, ExchangeRates.Rate... rates) {
        return new ExchangeRates("rates", version, 0, true, "GBP", List.of(rates), "");
    }

    /** A rate. */
    public static ExchangeRates.Rate rate(String currency, String rate) {
        return new ExchangeRates.Rate(currency, new BigDecimal(rate));
    }

    private Catalogue catalogue() {
        List<Product> products = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            long from = random.nextInt(5) * DAY;
            products.add(new Product(
                    "s\u00efku" + i,
                    maybe(() -> "c" + random.nextInt(3)),
                    maybe(() -> "brand"),
                    maybe(() -> random.nextLong(1L << 40)),
                    maybe(() -> (long) random.nextInt(99)),
                    random.nextBoolean(),
                    from,
                    random.nextBoolean() ? Long.MAX_VALUE : from + 1 + random.nextInt(99),
                    Product.Use.values()[random.nextInt(3)],
                    names("part", random.nextInt(3))));
        }
        return new Catalogue(
                "catalogue", 1 + random.nextInt(9), random.nextLong(), random.nextBoolean(), products, "n");
    }

    private OfferSet offerSet() {
        List<Offer> offers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            boolean named = random.nextBoolean();
            offers.add(new Offer(
                    "o" + i,
                    named ? "sku" : null,
                    named ? null : maybe(() -> "category"),
                    random.nextInt(1_000),
                    names("channel", random.nextInt(3)),
                    random.nextInt(9),
                    9 + random.nextInt(9),
                    1 + random.nextInt(9),
                    maybe(() -> 1L + random.nextInt(9)),
                    new Offer.Eligibility(
                            STAGES.subList(0, random.nextInt(5)),
                            names("segment", random.nextInt(3)),
                            maybe(() -> -5L),
                            maybe(() -> 5L),
                            names("category", random.nextInt(3)),
                            random.nextBoolean()),
                    random.nextInt(9) / 4.0));
        }
        return new OfferSet("offers", 1 + random.nextInt(9), 5, random.nextBoolean(), offers, "");
    }

    private OfferPolicy policy() {
        List<OfferPolicy.Cap> caps = new ArrayList<>();
        List<OfferPolicy.Weight> weights = new ArrayList<>();
        List<OfferPolicy.Weight> levers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            caps.add(new OfferPolicy.Cap(maybe(() -> "e-mail"), 1 + random.nextInt(9), 1 + random.nextInt(9)));
            weights.add(
                    new OfferPolicy.Weight(maybe(() -> pick(STAGES)), maybe(() -> pick(KINDS)), random.nextDouble()));
            levers.add(new OfferPolicy.Weight(maybe(() -> "any"), maybe(() -> pick(KINDS)), 3 * random.nextDouble()));
        }
        return new OfferPolicy(
                "policy",
                1 + random.nextInt(9),
                random.nextInt(9) * DAY,
                random.nextBoolean(),
                1 + random.nextInt(50),
                1 + random.nextInt(1_000_000),
                caps,
                random.nextInt(100) * DAY,
                random.nextInt(100) * DAY,
                random.nextInt(100) * DAY,
                random.nextInt(100) * DAY,
                random.nextInt(24),
                random.nextInt(24),
                random.nextBoolean(),
                random.nextDouble() / 2,
                "salt" + random.nextInt(),
                random.nextBoolean(),
                0.1 + random.nextDouble(),
                0.1 + random.nextDouble(),
                1 + random.nextInt(1_000),
                0.1 + random.nextDouble() / 2,
                weights,
                levers,
                "note");
    }

    private ExchangeRates rates() {
        List<ExchangeRates.Rate> rates = new ArrayList<>();
        for (String currency : List.of("EUR", "JPY", "TND").subList(0, random.nextInt(4))) {
            rates.add(new ExchangeRates.Rate(
                    currency, BigDecimal.valueOf(1 + random.nextInt(1_000_000), random.nextInt(12) - 3)));
        }
        return new ExchangeRates("rates", 1 + random.nextInt(9), 0, random.nextBoolean(), "GBP", rates, "");
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private String pick(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
