package io.ebbline.wire;

import io.ebbline.model.Catalogue;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.offer.OfferNames;
import org.apache.avro.generic.GenericRecord;

/** What is offered, how, of what and in which money, on the control topic. Each has a schema of its own name. */
final class AvroOffers {

    private AvroOffers() {}

    static GenericRecord write(ModelVersion version) {
        return AvroRecords.write(Schemas.of(version.getClass().getSimpleName()), (Record) version);
    }

    /**
     * The version.
     *
     * @throws IllegalArgumentException when it says what can't be; the message says how to put it right
     */
    static ModelVersion read(GenericRecord record) {
        String name = record.getSchema().getName();
        ModelVersion version = switch (name) {
            case "Catalogue" -> AvroRecords.read(Catalogue.class, record);
            case "OfferSet" -> AvroRecords.read(OfferSet.class, record);
            case "OfferPolicy" -> AvroRecords.read(OfferPolicy.class, record);
            case "ExchangeRates" -> AvroRecords.read(ExchangeRates.class, record);
            default -> throw new IllegalArgumentException("A " + name + " is no version of what is offered.");
        };
        OfferNames.check(version);
        return version;
    }
}
