package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ebbline.config.ConfigException;
import io.ebbline.model.Catalogue;
import io.ebbline.model.ModelVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a file is said with its place and its fix. */
class OfferFileTest {

    @TempDir
    private Path dir;

    private ModelVersion read(String name, String text, String currency) throws IOException {
        Path file = Files.writeString(dir.resolve(name), text);
        return new OfferFile(Currency.getInstance(currency)).read(file, id -> 1);
    }

    private String refusal(String name, String text) {
        return catchThrowableOfType(ConfigException.class, () -> read(name, text, "GBP"))
                .getMessage()
                .replace(dir + "/", "");
    }

    private String refusal(String json) {
        return refusal("f.json", json);
    }

    private String product(String fields) {
        return refusal("{\"kind\": \"catalogue\", \"products\": [{\"sku\": \"tea\"}, {" + fields + "}]}");
    }

    @Test
    void whatIsNoJsonOrNoKindIsRefused() {
        assertThat(refusal("{\"kind\": ")).startsWith("f.json is no JSON: ").endsWith("(line 1).");
        assertThat(refusal("[]")).contains("f.json holds no object: write {\"kind\": ...}");
        assertThat(refusal("{\"kind\": \"rates\", \"kind\": \"offers\"}")).contains("Duplicate field 'kind'");
        assertThat(refusal("{\"kind\": \"offer\"}"))
                .isEqualTo("f.json: kind is \"offer\": it is one of catalogue, offers, policy and rates.");
        assertThat(refusal("{}")).contains("kind is \"\"");
        assertThat(catchThrowableOfType(
                        ConfigException.class,
                        () -> new OfferFile(Currency.getInstance("GBP")).read(dir.resolve("none.json"), id -> 1)))
                .hasMessageEndingWith("can't be read: name a file that is there.");
    }

    @Test
    void aByteOrderMarkIsPassedOverAndAnotherEncodingIsNamed() throws IOException {
        String rates = "{\"kind\": \"rates\", \"rates\": [], \"note\": \"für März\"}";
        assertThat(read("f.json", "\uFEFF" + rates, "GBP").ref()).isEqualTo("rates/1");
        Path latin = Files.write(dir.resolve("latin.json"), rates.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(
                                ConfigException.class,
                                () -> new OfferFile(Currency.getInstance("GBP")).read(latin, id -> 1))
                        .getMessage())
                .contains("latin.json is no JSON: Invalid UTF-8");
    }

    @Test
    void theHeadIsChecked() {
        assertThat(refusal("{\"kind\": \"offers\", \"version\": \"x\", \"offers\": []}"))
                .contains("version is \"x\": write a whole number");
        assertThat(refusal("{\"kind\": \"offers\", \"version\": 1.5, \"offers\": []}"))
                .contains("version is 1.5: write a whole number");
        assertThat(refusal("{\"kind\": \"offers\", \"version\": 3000000000, \"offers\": []}"))
                .contains("version is 3000000000: write a whole number");
        assertThat(refusal("{\"kind\": \"offers\", \"effectiveFrom\": {}, \"offers\": []}"))
                .contains("effectiveFrom is {}: write a text in quotes, or leave it out.");
        assertThat(refusal("{\"kind\": \"offers\", \"id\": 7, \"offers\": []}"))
                .contains("id is 7: write a text in quotes");
        assertThat(refusal("{\"kind\": \"offers\", \"version\": 0, \"offers\": []}"))
                .contains("versions count from 1");
        assertThat(refusal("{\"kind\": \"offers\", \"id\": \"a/b\", \"offers\": []}"))
                .contains("without a slash");
        assertThat(refusal("{\"kind\": \"offers\", \"effectiveFrom\": \"tomorrow\", \"offers\": []}"))
                .contains("effectiveFrom is \"tomorrow\": write an instant in UTC, as in 2026-03-01T00:00:00Z.");
        assertThat(refusal("{\"kind\": \"offers\", \"backdated\": \"yes\", \"offers\": []}"))
                .contains("backdated is \"yes\": write true or false.");
        assertThat(refusal("{\"kind\": \"offers\"}")).contains("offers.offers is missing");
    }

    @Test
    void aFieldThatIsMissingUnknownOrOfAnotherFormIsNamedWithItsPlace() {
        assertThat(product("\"price\": 1")).isEqualTo("f.json: catalogue.products[2].sku is missing: say what it is.");
        assertThat(product("\"sku\": \"pot\", \"prize\": 1"))
                .startsWith("f.json: catalogue.products[2] has prize, which there is not: it may have sku, category,");
        assertThat(product("\"sku\": 7")).contains("products[2].sku is 7: write a text in quotes.");
        assertThat(product("\"sku\": \"pot\", \"price\": \"1,5\"")).contains("write a number, as in 12.99.");
        assertThat(product("\"sku\": \"pot\", \"price\": true")).contains("write a number, as in 12.99.");
        assertThat(product("\"sku\": \"pot\", \"price\": 1.999"))
                .contains("price is 1.999: write an amount in GBP, with at most 2 decimals.");
        assertThat(product("\"sku\": \"pot\", \"price\": 1e999999999")).contains("with at most 2 decimals.");
        assertThat(product("\"sku\": \"pot\", \"available\": \"maybe\"")).contains("write true or false.");
        assertThat(product("\"sku\": \"pot\", \"use\": \"often\""))
                .contains("use is \"often\": it is one of UNKNOWN, ONCE, REPLENISHABLE.");
        assertThat(product("\"sku\": \"pot\", \"bundleOf\": \"tea\"")).contains("bundleOf must be a list");
        assertThat(product("\"sku\": \"pot\", \"validTo\": 5")).contains("write a text in quotes");
        assertThat(product("\"sku\": \"tea\"")).contains("sku \"tea\" comes twice");
        assertThat(product("\"sku\": \"pot\", \"price\": -1")).contains("negative price");
        assertThat(refusal("{\"kind\": \"catalogue\", \"products\": [\"tea\"]}"))
                .contains("products[1] must be an object");
        assertThat(refusal("{\"kind\": \"policy\", \"life\": \"often\"}"))
                .contains("policy.life")
                .contains("often");
        assertThat(refusal("{\"kind\": \"policy\", \"listLength\": 1.5}")).contains("write a whole number");
        assertThat(refusal("{\"kind\": \"policy\", \"quietFromHour\": 25}")).contains("an hour is 0 to 23");
    }

    @Test
    void namesOfStagesAreChecked() {
        assertThat(refusal("{\"kind\": \"offers\", \"offers\": [{\"offerId\": \"o\", \"eligibility\":"
                        + " {\"stages\": [\"Decline\"]}}]}"))
                .contains("Offer o is for stage \"Decline\"");
    }

    @Test
    void ratesAreIntoTheShopsCurrency() throws IOException {
        String rates = "{\"kind\": \"rates\", \"currency\": \"EUR\", \"rates\": []}";
        assertThat(refusal(rates)).contains("The rates are into EUR, but the shop's currency is GBP");
        assertThat(read("f.json", rates, "EUR").ref()).isEqualTo("rates/1");
    }

    @Test
    void aTableIsACatalogueAndItsColumnsAreChecked() throws IOException {
        String text = "sku,unit_cost,valid_to\ntea,5,2026-01-01T00:00:00Z\npot,,\n";
        Catalogue table = (Catalogue) read("c.csv", text, "JPY");
        assertThat(table.products().get(0).unitCostMinor()).isEqualTo(5);
        assertThat(table.products().get(1).unitCostMinor()).isNull();
        assertThat(table.products().get(1).validTo()).isEqualTo(Long.MAX_VALUE);
        assertThat(refusal("c.csv", "sku,colour\ntea,\n")).contains("products[1] has colour, which there is not");
        assertThat(refusal("c.csv", "sku,price\n,1\n")).contains("products[1].sku is missing");
        assertThat(refusal("c.csv", "sku,price\ntea\n")).contains("c.csv, line 2");
        assertThat(refusal("c.csv", "sku,price,price\ntea,1,2\n"))
                .contains("c.csv, line 1: two columns are named \"price\". Rename or drop one.");
        assertThat(refusal("c.csv", "")).contains("c.csv is empty");
    }
}
