package io.ebbline.model;

/**
 * What is known of a customer who has ordered, as of the last occasion; P(buy) is worked out from it and the silence since.
 *
 * <p>Sums fade by the half-lives of the model that was in force: see {@link BuyingModel}.
 *
 * @param repeats purchase occasions after the first, 0 or more
 * @param spanMillis from the first occasion to the last, 0 or more
 * @param decayedRepeats the repeats, each weighed e^(-lambda age), lambda that of {@link DecayedBuying}
 * @param recentRepeats the same with the half-life of {@link BuyingModel#orderHalfLifeMillis()}
 * @param recentSpendMinor what was bought, minor units, with the half-life of {@link BuyingModel#spendHalfLifeMillis()}
 * @param unitsPerOccasion units bought, per occasion, 0 or more
 */
public record Evidence(
        long repeats,
        long spanMillis,
        double decayedRepeats,
        double recentRepeats,
        double recentSpendMinor,
        double unitsPerOccasion) {}
