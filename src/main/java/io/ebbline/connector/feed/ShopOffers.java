package io.ebbline.connector.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.model.Product.Use;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated shop says of its products and of its own offers, from its first day on. Of wool and stationery it does not
 * say whether they are used up, and bundles are offered though the customers never buy one.
 */
public final class ShopOffers {

    private static final Set<String> UNSAID = Set.of("Wool", "Stationery");
    private static final String NOTE = "the simulated shop's";

    private ShopOffers() {}

    /** All of it, backdated to the beginning. */
    public static List<ModelVersion> versions() {
        return List.of(catalogue(), offers());
    }

    private static io.ebbline.model.Catalogue catalogue() {
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < Catalogue.SIZE; i++) {
            Catalogue.Product product = Catalogue.product(i);
            Use use = product.cycle() > 0
                    ? Use.REPLENISHABLE
                    : UNSAID.contains(product.category()) ? Use.UNKNOWN : Use.ONCE;
            products.add(product(product.sku(), product.category(), product.price(), product.cost(), use, List.of()));
        }
        products.add(bundle("Tea-Time", "Tea-7", "Kitchen-7"));
        products.add(bundle("Reading-Night", "Books-7", "Coffee-7"));
        return new io.ebbline.model.Catalogue("catalogue", 1, 0, true, products, NOTE);
    }

    /** A tenth off its parts. */
    private static Product bundle(String sku, String... parts) {
        long price = 0;
        long cost = 0;
        for (int i = 0; i < Catalogue.SIZE; i++) {
            Catalogue.Product product = Catalogue.product(i);
            if (Arrays.asList(parts).contains(product.sku())) {
                price += product.price();
                cost += product.cost();
            }
        }
        return product(sku, "Gifts", price * 9 / 10, cost, Use.ONCE, List.of(parts));
    }

    private static Product product(String sku, String category, long price, long cost, Use use, List<String> parts) {
        return new Product(sku, category, null, price, cost, true, 0, Long.MAX_VALUE, use, parts);
    }

    private static OfferSet offers() {
        List<Offer> offers =
                Arrays.stream(Campaign.values()).map(Campaign::offer).toList();
        return new OfferSet("offers", 1, 0, true, offers, NOTE);
    }

    // ---- files

    /**
     * Writes {@code catalogue.csv} and {@code offers.json} into a directory, as {@code ebbline publish} reads them.
     *
     * @throws FeedException when they can't be written
     */
    public static void write(Path directory) {
        List<String> rows = new ArrayList<>(List.of("sku,category,price,unit_cost,use,bundle_of"));
        for (Product product : catalogue().products()) {
            rows.add(String.join(
                    ",",
                    product.sku(),
                    product.category(),
                    major(product.priceMinor()).toString(),
                    major(product.unitCostMinor()).toString(),
                    product.use() == Use.UNKNOWN ? "" : product.use().name().toLowerCase(Locale.ROOT),
                    String.join("|", product.bundleOf())));
        }
        write(directory.resolve("catalogue.csv"), String.join("\n", rows));
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        set.put("kind", "offers").put("note", NOTE);
        ArrayNode offers = set.putArray("offers");
        offers().offers().forEach(offer -> write(offer, offers.addObject()));
        try {
            ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            write(directory.resolve("offers.json"), mapper.writeValueAsString(set));
        } catch (IOException e) {
            throw new IllegalStateException("A tree is always written.", e);
        }
    }

    private static void write(Offer offer, ObjectNode out) {
        out.put("offerId", offer.offerId());
        if (offer.sku() != null) {
            out.put("sku", offer.sku());
        }
        if (offer.category() != null) {
            out.put("category", offer.category());
        }
        out.put("worth", major(offer.worthMinor()));
        out.put("life", Duration.ofMillis(offer.lifeMillis()).toDays() + "d");
        if (offer.budgetMinor() != null) {
            out.put("budget", major(offer.budgetMinor()));
        }
        ObjectNode whom = JsonNodeFactory.instance.objectNode();
        offer.eligibility().stages().forEach(whom.withArray("stages")::add);
        offer.eligibility().categories().forEach(whom.withArray("categories")::add);
        out.set("eligibility", whom);
    }

    private static BigDecimal major(@Nullable Long minor) {
        return BigDecimal.valueOf(minor == null ? 0 : minor, SimulatedShop.MINOR_DIGITS);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new FeedException("The file " + file + " can't be written (" + e + ").", e);
        }
    }
}
