package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ebbline.offer.OfferNames;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a catalogue and offers may say. */
class OfferChecksTest {

    private static Product product(String sku, @Nullable Long price, String... bundleOf) {
        return new Product(
                sku, null, null, price, null, true, 0, Long.MAX_VALUE, Product.Use.UNKNOWN, List.of(bundleOf));
    }

    private static Offer offer(String id, @Nullable String sku, @Nullable String category, Offer.Eligibility whom) {
        return new Offer(id, sku, category, 0, List.of(), 0, 9, 1, null, whom, 1);
    }

    private static Offer.Eligibility whom(@Nullable Long least, @Nullable Long most, String stage, String... segments) {
        return new Offer.Eligibility(List.of(stage), Arrays.asList(segments), least, most, List.of(), false);
    }

    @Test
    void aSkuIsNamedOnceInACatalogue() {
        List<Product> twice = List.of(product("tea", null), product("tea", 1L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Catalogue("c", 1, 0, false, twice, ""))
                .withMessage("sku \"tea\" comes twice: each may be named once in a version.");
    }

    @Test
    void pricesAndBundlesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> product("tea", -1L))
                .withMessageContaining("leave out what is not known");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> product("set", null, "tea", "set"))
                .withMessageContaining("a bundle of itself");
    }

    @Test
    void anOfferIsNamedOnceAndIsOfOneThing() {
        Offer one = offer("o", "tea", null, Offer.Eligibility.EVERYBODY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OfferSet("o", 1, 0, false, List.of(one, one), ""))
                .withMessage("offerId \"o\" comes twice: each may be named once in a version.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> offer("o", "tea", "drinks", Offer.Eligibility.EVERYBODY))
                .withMessageContaining("name the sku, or any product of the category");
    }

    @Test
    void eligibilityHasToFitSomebody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whom(5L, 4L, "GROWTH"))
                .withMessage("minClv is above maxClv: nobody would be eligible.");
        OfferSet set = new OfferSet("o", 1, 0, false, List.of(offer("o", "t", null, whom(null, null, "Mature"))), "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OfferNames.check(set))
                .withMessage(
                        "Offer o is for stage \"Mature\", which there is not: name one of PROSPECT, GROWTH, MATURE,"
                                + " DECLINE, DEPARTED.");
    }

    @Test
    void segmentsThatNoModelHasAreFound() {
        OfferSet set = new OfferSet(
                "o",
                1,
                0,
                false,
                List.of(offer("o", "t", null, whom(null, null, "MATURE", "Champions", "Champs"))),
                "");
        assertThat(OfferNames.unknownSegments(
                        set, ScoringModel.shipped().segments().names()))
                .containsExactly("Champs");
    }
}
