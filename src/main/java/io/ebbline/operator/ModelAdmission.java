package io.ebbline.operator;

import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.AvroModels.InvalidModelException;
import io.ebbline.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A version that a record of the control topic holds, and when it takes effect: at the later of its {@code effectiveFrom} and its
 * Kafka record time, or at {@code effectiveFrom} if it is backdated and was there before the first event was applied.
 *
 * @param effectiveAt milliseconds since the epoch
 */
public record ModelAdmission(ModelVersion version, long effectiveAt) {

    /**
     * Checks a record.
     *
     * @param currency ISO 4217 code of the shop's currency
     * @param recordTime the Kafka record's time, milliseconds since the epoch
     * @param early whether it was there before the first event was applied
     * @throws InvalidModelException when it is refused; the message says why
     */
    public static ModelAdmission of(
            SchemaRegistry registry,
            String currency,
            byte @Nullable [] key,
            byte @Nullable [] value,
            long recordTime,
            boolean early)
            throws InvalidModelException {
        if (value == null) {
            throw new InvalidModelException("The record has no value: a version can't be taken back.");
        }
        ModelVersion version = AvroModels.read(registry, value);
        String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        if (!version.ref().equals(name)) {
            throw new InvalidModelException(
                    "The record's key is \"" + name + "\": it must be \"" + version.ref() + "\".");
        }
        if (version instanceof ExchangeRates rates && !rates.currency().equals(currency)) {
            throw new InvalidModelException("The rates are into " + rates.currency() + ", but the shop's currency is "
                    + currency + ": publish rates into that, or run the job with another --currency.");
        }
        boolean honoured = version.backdated() && early;
        return new ModelAdmission(
                version, honoured ? version.effectiveFrom() : Math.max(version.effectiveFrom(), recordTime));
    }
}
