package io.ebbline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ebbline.model.Catalogue;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.Product;
import io.ebbline.testing.InMemoryRegistry;
import io.ebbline.testing.Offers;
import io.ebbline.wire.AvroModels.InvalidModelException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What is offered, how, and in which money, on the control topic. */
class AvroOffersTest {

    private final InMemoryRegistry registry = new InMemoryRegistry();

    /** What is said of a version after a change to its record. */
    private String refusal(ModelVersion version, Consumer<GenericRecord> change) {
        Schema schema = Schemas.of(version.getClass().getSimpleName());
        byte[] value = AvroModels.write(registry, version);
        GenericRecord record = GenericEvents.read(schema, value, 5);
        change.accept(record);
        int id = registry.register(Topic.SCORING_MODELS.subject(schema.getName()), schema.toString());
        byte[] changed = GenericEvents.framed(id, GenericEvents.bytes(record));
        return catchThrowableOfType(InvalidModelException.class, () -> AvroModels.read(registry, changed))
                .getMessage();
    }

    private String policyRefusal(String field, Object value) {
        return refusal(OfferPolicy.shipped(), record -> record.put(field, value));
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll long seed) throws InvalidModelException {
        for (ModelVersion version : Offers.of(seed)) {
            assertThat(AvroModels.read(registry, AvroModels.write(registry, version)))
                    .isEqualTo(version);
        }
    }

    @Test
    void anyConsumerReadsACatalogueAndRates() {
        Catalogue catalogue = new Catalogue(
                "catalogue",
                4,
                1_577_836_800_000L,
                true,
                List.of(new Product(
                        "tea",
                        "drinks",
                        null,
                        1_299L,
                        null,
                        true,
                        0,
                        Long.MAX_VALUE,
                        Product.Use.REPLENISHABLE,
                        List.of())),
                "spring");
        GenericRecord read = GenericEvents.read(Schemas.of("Catalogue"), AvroModels.write(registry, catalogue), 5);
        assertThat(read.get("modelId")).hasToString("catalogue");
        assertThat(read.get("version")).isEqualTo(4);
        assertThat(read.get("effectiveFrom")).isEqualTo(1_577_836_800_000L);
        GenericRecord product = (GenericRecord) ((List<?>) read.get("products")).get(0);
        assertThat(product.get("sku")).hasToString("tea");
        assertThat(product.get("category")).hasToString("drinks");
        assertThat(product.get("brand")).isNull();
        assertThat(product.get("priceMinor")).isEqualTo(1_299L);
        assertThat(product.get("use")).hasToString("REPLENISHABLE");
        ExchangeRates rates = Offers.rates(1, Offers.rate("EUR", "0.84620"));
        GenericRecord rate = (GenericRecord)
                ((List<?>) GenericEvents.read(Schemas.of("ExchangeRates"), AvroModels.write(registry, rates), 5)
                                .get("rates"))
                        .get(0);
        assertThat(rate.get("rate")).hasToString("0.8462");
        assertThat(registry.subjects())
                .containsExactlyInAnyOrder(
                        "scoring-models-io.ebbline.Catalogue", "scoring-models-io.ebbline.ExchangeRates");
    }

    @Test
    void ratesThatCantBeAreRefusedWithTheirFix() {
        ExchangeRates rates = Offers.rates(1, Offers.rate("EUR", "0.8462"));
        for (String wrong : List.of("0", "-1", "1E+999999999", "0.000000000000000000001")) {
            assertThat(refusal(rates, record -> rate(record).put("rate", wrong)))
                    .startsWith("The rate of EUR is ")
                    .endsWith("it must be above 0 and below a million million, with at most 20 decimals.");
        }
        assertThat(refusal(rates, record -> rate(record).put("rate", "1,2")))
                .isEqualTo("\"1,2\" is no decimal number: write one as in 1.0825.");
        assertThat(refusal(rates, record -> rate(record).put("currency", "EURO")))
                .isEqualTo("\"EURO\" is no currency: write a code of ISO 4217, as in EUR.");
        assertThat(refusal(rates, record -> rate(record).put("currency", "GBP")))
                .isEqualTo("currency \"GBP\" comes twice: each may be named once in a version.");
        assertThat(refusal(rates, record -> record.put("currency", "?"))).contains("\"?\" is no currency");
    }

    private static GenericRecord rate(GenericRecord record) {
        return (GenericRecord) ((List<?>) record.get("rates")).get(0);
    }

    @Test
    void aPolicyThatCantBeIsRefusedWithItsFix() {
        assertThat(policyRefusal("listLength", 0)).isEqualTo("In the policy listLength is 0: choose 1 to 50.");
        assertThat(policyRefusal("quietFromHour", 24))
                .isEqualTo("In the policy quietFromHour or quietToHour is 24: an hour is 0 to 23.");
        assertThat(policyRefusal("holdoutShare", 0.6)).isEqualTo("In the policy holdoutShare is 0.6: choose 0 to 0.5.");
        assertThat(policyRefusal("holdoutShare", Double.NaN)).contains("choose 0 to 0.5");
        assertThat(policyRefusal("holdoutSalt", " ")).contains("holdoutSalt is empty");
        assertThat(policyRefusal("marginShare", 0.0)).contains("above 0 to 1");
        assertThat(policyRefusal("priorExpired", 0.0)).contains("both must be above 0");
        assertThat(policyRefusal("rejectionMillis", -1L)).contains("choose 0 for none, or a time up to 400 days");
        assertThat(policyRefusal("lifeMillis", 0L)).contains("life is 0 ms");
        assertThat(policyRefusal("feedbackHalfLifeMillis", 0L)).contains("feedbackHalfLife is 0 or less");
        assertThat(policyRefusal("version", 0)).isEqualTo("version is 0: versions count from 1.");
        assertThat(refusal(
                        OfferPolicy.shipped(),
                        record -> ((GenericRecord) ((List<?>) record.get("caps")).get(0)).put("contacts", 0)))
                .contains("a cap's contacts is 0: choose 1 or more, or leave the cap out");
        assertThat(policyRefusal("weights", List.of(weight("DECLIN", null, 2))))
                .isEqualTo("A weight is of stage \"DECLIN\", which there is not: name one of PROSPECT, GROWTH, MATURE,"
                        + " DECLINE, DEPARTED.");
        assertThat(policyRefusal("weights", List.of(weight(null, "WINBACK", 2))))
                .contains("WIN_BACK, CAMPAIGN.");
        assertThat(policyRefusal("levers", List.of(weight("any category", "X", 2))))
                .contains("A lever is of kind");
        assertThat(policyRefusal("levers", List.of(weight(null, null, -1)))).contains("a factor is -1.0");
    }

    private static GenericRecord weight(String of, String kind, double factor) {
        Schema list = Schemas.of("OfferPolicy").getField("weights").schema();
        GenericRecord weight = new GenericData.Record(list.getElementType());
        weight.put("of", of);
        weight.put("kind", kind);
        weight.put("factor", factor);
        return weight;
    }

    @Test
    void damagedBytesAreVersionsOrRefused() {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] value = AvroModels.write(registry, Offers.of(i % 50).get(i % 4));
            value[5 + random.nextInt(value.length - 5)] ^= (byte) (1 << random.nextInt(7));
            try {
                assertThat(AvroModels.read(registry, value)).isNotNull();
            } catch (InvalidModelException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 3_999);
    }
}
