package io.ebbline.model;

import java.math.BigDecimal;
import java.util.List;

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
    public record Rate(String currency, BigDecimal rate) {}

    public ExchangeRates {
        ModelVersion.check(modelId, version);
        rates = List.copyOf(rates);
    }
}
