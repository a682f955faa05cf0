package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.model.Catalogue;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.model.ScoringModel;
import io.ebbline.testing.Offers;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of a version before it is published. */
class PublicationTest {

    private static Publication after(ModelVersion... known) {
        List<ModelVersion> versions = List.of(known);
        return new Publication(
                versions, Set.copyOf(versions.stream().map(ModelVersion::ref).toList()));
    }

    private static Product product(String sku, long price) {
        return new Product(sku, null, null, price, null, true, 0, Long.MAX_VALUE, Product.Use.UNKNOWN, List.of());
    }

    private static Catalogue catalogue(int version, Product... products) {
        return new Catalogue("catalogue", version, 0, false, List.of(products), "");
    }

    private static OfferSet offers(String sku, String... segments) {
        Offer.Eligibility whom = new Offer.Eligibility(List.of(), List.of(segments), null, null, List.of(), false);
        Offer offer = new Offer("o", sku, null, 0, List.of(), 0, Long.MAX_VALUE, 86_400_000L, null, whom, 1);
        return new OfferSet("offers", 1, 0, false, List.of(offer), "");
    }

    @Test
    void theNextVersionIsTheOneAfterTheHighestOfItsLine() {
        Publication publication =
                new Publication(List.of(), Set.of("rates/2", "rates/10", "rates-own/99", "rates/x", "a/3"));
        assertThat(publication.nextVersion("rates")).isEqualTo(11);
        assertThat(publication.nextVersion("none")).isEqualTo(1);
        publication.take(Offers.rates(11));
        assertThat(publication.nextVersion("rates")).isEqualTo(12);
    }

    @Test
    void aModelHasToBeThereFirst() {
        after(ScoringModel.shipped()).requireModel();
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> after(Offers.rates(1)).requireModel())
                .withMessageContaining("holds no model yet")
                .withMessageContaining("ebbline setup");
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> after(Offers.rates(1)).take(Offers.rates(1)))
                .withMessageContaining("rates/1 is on scoring-models already, and a version is never changed");
    }

    @Test
    void ofACatalogueWhatItSaysAnewIsShown() {
        Publication publication = after(catalogue(1, product("tea", 1_299), product("pot", 3_000)));
        assertThat(publication.take(catalogue(2, product("tea", 1_349))))
                .containsExactly(
                        "                           the catalogue so far  catalogue/2",
                        "  products.tea.priceMinor  1299                  1349");
        assertThat(publication.take(catalogue(3, product("pot", 3_000))))
                .containsExactly("Nothing differs from the catalogue so far.");
    }

    @Test
    void ofRatesThePreviousOfTheLineIsTheMeasure() {
        Publication publication = after(Offers.rates(1, Offers.rate("EUR", "0.8"), Offers.rate("USD", "0.7")));
        assertThat(publication.take(Offers.rates(2, Offers.rate("EUR", "0.9"))))
                .containsExactly(
                        "                      rates/1  rates/2",
                        "  rates.EUR.rate      0.8      0.9",
                        "  rates.USD.currency  USD",
                        "  rates.USD.rate      0.7");
    }

    @Test
    void aPolicyIsHeldAgainstTheOneBeforeWhateverItsLine() {
        assertThat(after().take(Offers.policy("policy", 1))).containsExactly("Nothing differs from offers-default/1.");
        assertThat(after(OfferPolicy.shipped(), Offers.policy("own", 4)).take(Offers.policy("policy", 1)))
                .containsExactly("Nothing differs from own/4.");
    }

    @Test
    void aLongTableIsCut() {
        Product[] many =
                IntStream.range(0, 100).mapToObj(i -> product("p" + i, i)).toArray(Product[]::new);
        List<String> lines = after().take(catalogue(1, many));
        assertThat(lines).hasSize(42);
        assertThat(lines.get(41)).matches("  \\.\\.\\. and \\d+ more changes\\.");
    }

    @Test
    void segmentsAreThoseOfAPublishedModel() {
        ScoringModel model = ScoringModel.shipped();
        assertThat(after(model).take(offers("tea", model.segments().names().get(0))))
                .isNotEmpty();
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> after(model).take(offers("tea", "Champs")))
                .withMessageContaining("Offers are for the segments [Champs], which no model on the topic has")
                .withMessageContaining(model.segments().names().get(0));
    }

    @Test
    void anOfferOfAProductThatNoCatalogueNamesIsNoted() {
        assertThat(after(catalogue(1, product("pot", 1))).take(offers("tea")))
                .contains("Note: offer o is of tea, which no catalogue names.");
        assertThat(after(catalogue(1, product("tea", 1))).take(offers("tea"))).noneMatch(line -> line.contains("Note"));
        assertThat(after().take(offers("tea"))).noneMatch(line -> line.contains("Note"));
    }
}
