package io.ebbline.model;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/**
 * What other currencies are worth. A version takes the place of the one before it in its line.
 *
 * @param modelId the line of versions it belongs to
 * @param version 1, 2, 3 ...
 * @param effectiveFrom milliseconds since the epoch; see {@link ModelTimeline}
 * @param backdated takes effect at {@code effectiveFrom} though its record is newer, if it was read before the first event
 * @param currency ISO 4217 code of the shop's currency, into which they convert
 * @param note where they come from
 */
public record ExchangeRates(
        String modelId,
        int version,
        long effectiveFrom,
        boolean backdated,
        String currency,
        List<Rate> rates,
        String note)
        implements ModelVersion {

    /**
     * One rate.
     *
     * @param currency ISO 4217 code
     * @param rate major units of the shop's currency for one major unit of this one, above 0, exact
     */
    public record Rate(String currency, BigDecimal rate) {

        public Rate {
            checkCurrency(currency);
            // Before anything is calculated: a short text may stand for a number of a billion digits.
            if (rate.signum() <= 0
                    || rate.precision() > 30
                    || rate.scale() > 20
                    || rate.precision() - rate.scale() > 12) {
                throw new IllegalArgumentException("The rate of " + currency + " is " + rate
                        + ": it must be above 0 and below a million million, with at most 20 decimals.");
            }
            rate = rate.stripTrailingZeros();
            rate = rate.scale() < 0 ? rate.setScale(0) : rate;
        }
    }

    public ExchangeRates {
        ModelVersion.check(modelId, version);
        rates = List.copyOf(rates);
        checkCurrency(currency);
        ModelVersion.checkUnique(
                "currency", Stream.concat(Stream.of(currency), rates.stream().map(Rate::currency)));
    }

    private static void checkCurrency(String code) {
        try {
            Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + code + "\" is no currency: write a code of ISO 4217, as in EUR.", e);
        }
    }
}
