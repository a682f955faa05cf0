package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.Catalogue;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.testing.Offers;
import io.ebbline.testing.StoredBytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The stored form of what is offered, how, and in which money. */
class OfferVersionsCodecTest {

    private static final Map<String, ModelVersion> STORED = Map.of(
            "catalogue-v1.hex",
            new Catalogue(
                    "catalogue",
                    3,
                    1_577_836_800_000L,
                    true,
                    List.of(
                            new Product(
                                    "tea",
                                    "drinks",
                                    "best",
                                    1_299L,
                                    700L,
                                    true,
                                    5,
                                    Long.MAX_VALUE,
                                    Product.Use.REPLENISHABLE,
                                    List.of()),
                            new Product(
                                    "set",
                                    null,
                                    null,
                                    null,
                                    null,
                                    false,
                                    0,
                                    9,
                                    Product.Use.ONCE,
                                    List.of("tea", "cup"))),
                    "spring"),
            "offers-v1.hex",
            new OfferSet(
                    "offers",
                    2,
                    7,
                    false,
                    List.of(new Offer(
                            "ten-off",
                            null,
                            "drinks",
                            1_000,
                            List.of("email"),
                            1,
                            2,
                            3,
                            400L,
                            new Offer.Eligibility(
                                    List.of("DECLINE"), List.of("Champions"), -1L, 5_000L, List.of("cups"), true),
                            1.5)),
                    ""),
            "policy-v1.hex",
            OfferPolicy.shipped(),
            "rates-v1.hex",
            new ExchangeRates(
                    "rates",
                    9,
                    -1,
                    false,
                    "GBP",
                    List.of(new ExchangeRates.Rate("EUR", new BigDecimal("0.8462"))),
                    "ours"));

    @Test
    @EnabledIfSystemProperty(named = "ebbline.regenerate", matches = ".*", disabledReason = "writes the stored bytes")
    void regenerate() throws IOException {
        for (Map.Entry<String, ModelVersion> stored : STORED.entrySet()) {
            StoredBytes.write(stored.getKey(), ModelCodec.write(stored.getValue()));
        }
    }

    @Test
    void whatWasStoredSaysWhatItAlwaysSaid() throws IOException {
        for (Map.Entry<String, ModelVersion> stored : STORED.entrySet()) {
            byte[] bytes = StoredBytes.read(stored.getKey());
            assertThat(ModelCodec.readVersion(bytes)).isEqualTo(stored.getValue());
            assertThat(ModelCodec.write(stored.getValue())).isEqualTo(bytes);
        }
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll long seed) {
        for (ModelVersion version : Offers.of(seed)) {
            assertThat(ModelCodec.readVersion(ModelCodec.write(version))).isEqualTo(version);
        }
    }

    @Test
    void damagedBytesAreRefusedOrReadAsAnotherVersion() {
        for (ModelVersion version : STORED.values()) {
            byte[] bytes = ModelCodec.write(version);
            Damage.oneByte(bytes, 1, damaged -> version.getClass().cast(ModelCodec.readVersion(damaged)));
        }
    }
}
