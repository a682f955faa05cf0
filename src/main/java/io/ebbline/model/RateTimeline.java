package io.ebbline.model;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every known version of exchange rates. At an instant t the last version of every line that took effect at or before t is in
 * force; where two lines name one currency, the one that took effect last (ties: the higher version, then the greater id). Before
 * the first there are none.
 *
 * <p>What it answers depends on the set of versions alone, not on the order in which they were added. Not safe for use by
 * several threads.
 */
public final class RateTimeline {

    private final Versions<ExchangeRates> versions = new Versions<>();

    /** The rates from each instant on; null: to be found out. */
    private final TreeMap<Long, @Nullable Map<String, BigDecimal>> inForce = new TreeMap<>();

    void add(ExchangeRates rates, long effectiveAt) {
        versions.add(rates, effectiveAt);
        inForce.put(effectiveAt, null);
        inForce.replaceAll((instant, known) -> null);
    }

    /**
     * What a currency is worth at an instant: major units of the shop's currency for one major unit, exact; null: not known.
     *
     * @param time milliseconds since the epoch
     * @param currency ISO 4217 code
     */
    public @Nullable BigDecimal at(long time, String currency) {
        Map.Entry<Long, @Nullable Map<String, BigDecimal>> from = inForce.floorEntry(time);
        if (from == null) {
            return null;
        }
        Map<String, BigDecimal> rates = from.getValue();
        if (rates == null) {
            rates = ratesAt(from.getKey());
            inForce.put(from.getKey(), rates);
        }
        return rates.get(currency);
    }

    private Map<String, BigDecimal> ratesAt(long instant) {
        Map<String, BigDecimal> rates = new HashMap<>();
        for (ExchangeRates version : versions.newestOfLines(instant)) {
            version.rates().forEach(rate -> rates.put(rate.currency(), rate.rate()));
        }
        return rates;
    }
}
