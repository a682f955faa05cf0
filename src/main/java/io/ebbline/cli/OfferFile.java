package io.ebbline.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebbline.config.ConfigException;
import io.ebbline.connector.feed.CsvTable;
import io.ebbline.connector.feed.FeedException;
import io.ebbline.model.Catalogue;
import io.ebbline.model.ExchangeRates;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.offer.OfferNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue, offers, a contact policy or exchange rates as a file: JSON with a field {@code kind}, or a catalogue as CSV. See
 * docs/offers.md.
 */
final class OfferFile {

    private static final Map<String, Class<? extends Record>> KINDS = Map.of(
            "catalogue", Catalogue.class,
            "offers", OfferSet.class,
            "policy", OfferPolicy.class,
            "rates", ExchangeRates.class);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final long USUAL_LIFE = Duration.ofDays(14).toMillis();

    private static final Map<Class<? extends Record>, Record> DEFAULTS = Map.of(
            Product.class,
            new Product("-", null, null, null, null, true, 0, Long.MAX_VALUE, Product.Use.UNKNOWN, List.of()),
            Offer.class,
            new Offer(
                    "-", null, null, 0, List.of(), 0, Long.MAX_VALUE, USUAL_LIFE, null, Offer.Eligibility.EVERYBODY, 1),
            Offer.Eligibility.class,
            Offer.Eligibility.EVERYBODY,
            OfferPolicy.class,
            OfferPolicy.shipped());

    private final Currency currency;
    private final boolean backdated;
    private final JsonRecords records;

    /** Files that count money in a currency. */
    OfferFile(Currency currency) {
        this(currency, false);
    }

    /**
     * Files that count money in a currency.
     *
     * @param backdated whether they are meant for the replay of a history, though they don't say so
     */
    OfferFile(Currency currency, boolean backdated) {
        this.currency = currency;
        this.backdated = backdated;
        this.records = new JsonRecords(currency.getCurrencyCode(), currency.getDefaultFractionDigits(), DEFAULTS);
    }

    /**
     * Reads a file.
     *
     * @param nextVersion the next free version of a line, by its id, for files that say none
     * @throws ConfigException when it can't be read or what it says can't be, naming file and place
     */
    ModelVersion read(Path file, ToIntFunction<String> nextVersion) {
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        ObjectNode json = csv ? table(file) : object(file);
        try {
            ModelVersion version = version(json, nextVersion);
            OfferNames.check(version);
            if (version instanceof ExchangeRates rates && !rates.currency().equals(currency.getCurrencyCode())) {
                throw new IllegalArgumentException("The rates are into " + rates.currency()
                        + ", but the shop's currency is " + currency + ": publish rates into that, or name the shop's"
                        + " with --currency.");
            }
            return version;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + ": " + e.getMessage());
        }
    }

    private ModelVersion version(ObjectNode json, ToIntFunction<String> nextVersion) {
        String kind = text(json, "kind", "");
        Class<? extends Record> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException(
                    "kind is \"" + kind + "\": it is one of catalogue, offers, policy and rates.");
        }
        String id = text(json, "id", kind);
        JsonNode number = json.path("version");
        if (!number.isMissingNode() && !(number.isIntegralNumber() && number.canConvertToInt())) {
            throw new IllegalArgumentException("version is " + number + ": write a whole number, or leave it out.");
        }
        String from = text(json, "effectiveFrom", "");
        JsonNode past = json.path("backdated");
        if (!past.isMissingNode() && !past.isBoolean()) {
            throw new IllegalArgumentException("backdated is " + past + ": write true or false.");
        }
        Map<String, Object> given = new HashMap<>();
        given.put("modelId", id);
        given.put("version", number.isMissingNode() ? nextVersion.applyAsInt(id) : number.intValue());
        given.put("effectiveFrom", from.isEmpty() ? 0L : JsonRecords.instant(from, "effectiveFrom"));
        given.put("backdated", backdated || past.booleanValue());
        given.put("note", text(json, "note", ""));
        ObjectNode rest = json.deepCopy();
        rest.remove(List.of("kind", "id", "version", "effectiveFrom", "backdated", "note"));
        if (type == ExchangeRates.class && !rest.has("currency")) {
            rest.put("currency", currency.getCurrencyCode());
        }
        return (ModelVersion) records.read(type, rest, kind, given);
    }

    private static String text(ObjectNode json, String name, String absent) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw new IllegalArgumentException(name + " is " + value + ": write a text in quotes, or leave it out.");
        }
        return value.asText(absent);
    }

    private static ObjectNode object(Path file) {
        try {
            // Bytes: the encoding is found out, and a byte order mark passed over.
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new ConfigException(file + " is no JSON: " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ").");
        } catch (IOException e) {
            throw new ConfigException(file + " can't be read: name a file that is there.");
        }
        throw new ConfigException(file + " holds no object: write {\"kind\": ...}, or name a catalogue's table .csv.");
    }

    // ---- a catalogue as a table

    private static ObjectNode table(Path file) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode products = json.put("kind", "catalogue").putArray("products");
        try (CsvTable table = new CsvTable(file, ',')) {
            for (String column : table.header()) {
                if (Collections.frequency(table.header(), column) > 1) {
                    throw new ConfigException(
                            file + ", line 1: two columns are named \"" + column + "\". Rename or drop one.");
                }
            }
            while (table.next()) {
                ObjectNode product = products.addObject();
                for (int i = 0; i < table.header().size(); i++) {
                    put(product, table.header().get(i), table.optional(i));
                }
            }
        } catch (FeedException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        return json;
    }

    private static void put(ObjectNode product, String column, @Nullable String value) {
        String name = camelCase(column);
        if (value != null && name.equals("bundleOf")) {
            ArrayNode parts = product.putArray(name);
            for (String part : value.split("\\|", -1)) {
                parts.add(part.strip());
            }
        } else {
            // Empty: as if it was not there; but an unknown column has to be found out.
            product.put(name, value);
        }
    }

    private static String camelCase(String column) {
        StringBuilder name = new StringBuilder();
        for (String word : column.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(
                    name.isEmpty() || word.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}
