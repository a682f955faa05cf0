package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.Catalogue;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.offer.Kind;
import io.ebbline.state.Records;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/offers.md are what the command reads. */
class OffersPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```(json|csv)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path dir;

    private String page;
    private List<ModelVersion> versions;

    @BeforeEach
    void readExamples() throws IOException {
        page = Files.readString(Path.of("docs", "offers.md"));
        versions = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(page);
        while (example.find()) {
            Path file = Files.writeString(dir.resolve("example." + example.group(1)), example.group(2));
            versions.add(new OfferFile(Currency.getInstance("GBP")).read(file, id -> 7));
        }
    }

    @Test
    void everyExampleIsRead() {
        assertThat(versions)
                .extracting(ModelVersion::ref)
                .containsExactly("catalogue/7", "catalogue/7", "spring/7", "policy/7", "rates/7");
    }

    @Test
    void theCatalogueIsTheSameAsJsonAndAsATable() {
        Catalogue json = (Catalogue) versions.get(0);
        Catalogue table = (Catalogue) versions.get(1);
        assertThat(json.products().get(0))
                .isEqualTo(new Product(
                        "TEA-1",
                        "tea",
                        "Leaf",
                        1_299L,
                        700L,
                        true,
                        0,
                        Long.MAX_VALUE,
                        Product.Use.REPLENISHABLE,
                        List.of()));
        assertThat(json.products().get(1).validTo())
                .isEqualTo(Instant.parse("2027-01-01T00:00:00Z").toEpochMilli());
        assertThat(json.products().get(2).available()).isFalse();
        assertThat(table.products().get(0)).isEqualTo(json.products().get(0));
        assertThat(table.products().get(2)).isEqualTo(json.products().get(3));
        assertThat(json.note()).isEqualTo("spring prices");
    }

    @Test
    void theOffersAre() {
        OfferSet set = (OfferSet) versions.get(2);
        assertThat(set.effectiveFrom())
                .isEqualTo(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
        Offer tea = set.offers().get(0);
        assertThat(tea.worthMinor()).isEqualTo(130);
        assertThat(tea.budgetMinor()).isEqualTo(50_000);
        assertThat(tea.lifeMillis()).isEqualTo(Duration.ofDays(7).toMillis());
        assertThat(tea.eligibility().stages()).containsExactly("DECLINE", "DEPARTED");
        assertThat(tea.eligibility().consent()).isTrue();
        Offer pots = set.offers().get(1);
        assertThat(pots)
                .isEqualTo(new Offer(
                        "POTS",
                        null,
                        "pots",
                        300,
                        List.of(),
                        0,
                        Long.MAX_VALUE,
                        Duration.ofDays(14).toMillis(),
                        null,
                        new Offer.Eligibility(List.of(), List.of("Champions"), 10_000L, null, List.of(), false),
                        1.5));
    }

    @Test
    void thePolicyIsTheShippedOneButForWhatIsSaid() {
        OfferPolicy policy = (OfferPolicy) versions.get(3);
        assertThat(policy.holdoutShare()).isEqualTo(.1);
        assertThat(policy.caps())
                .containsExactly(
                        new OfferPolicy.Cap(null, 1, Duration.ofDays(1).toMillis()),
                        new OfferPolicy.Cap("email", 2, Duration.ofDays(7).toMillis()));
        assertThat(policy.weights()).containsExactly(new OfferPolicy.Weight("DECLINE", "RESCUE", 2));
        assertThat(policy.levers()).containsExactly(new OfferPolicy.Weight("pots", null, 1.2));
        OfferPolicy shipped = OfferPolicy.shipped();
        assertThat(policy.returnedMillis()).isEqualTo(shipped.returnedMillis());
        assertThat(policy.holdoutSalt()).isEqualTo(shipped.holdoutSalt());
        assertThat(policy.note()).isEmpty();
        assertThat(policy.backdated()).isFalse();
    }

    @Test
    void theRatesAreExact() {
        assertThat(((ExchangeRates) versions.get(4)).rates())
                .containsExactly(
                        new ExchangeRates.Rate("EUR", new BigDecimal("0.8462")),
                        new ExchangeRates.Rate("JPY", new BigDecimal("0.00521")));
    }

    @Test
    void everyFieldAndEveryKindOfOfferIsNamed() {
        for (Class<? extends Record> type : List.of(Product.class, Offer.class, OfferPolicy.class)) {
            for (Records.Field field : Records.fields(type)) {
                String name = field.name().replaceAll("(Millis|Minor)$", "");
                assertThat(page).contains("`" + (name.equals("modelId") ? "id" : name) + "`");
            }
        }
        for (Kind kind : Kind.values()) {
            assertThat(page).contains(kind.name());
        }
    }
}
