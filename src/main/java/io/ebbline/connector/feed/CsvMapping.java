package io.ebbline.connector.feed;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a table of purchases mean. A row is one line of an order. Names are column names of the header.
 *
 * @param customer column of the customer; empty values are events without a customer
 * @param time column of the time
 * @param amount column of the row's total; null when {@code quantity} and {@code price} give it; {@link #NO_AMOUNT}: the table
 *     knows no money, and every order comes to 0
 * @param quantity column of the quantity; with {@code price}
 * @param price column of the price of one, net of discount; with {@code quantity}
 * @param order column of the order number: rows with the same customer and order are one purchase; null when each row is one
 * @param id column of the event's id, read from an order's first row; null for ids made of the order number or the line
 * @param sku column of the product; null for one product, {@code GOODS}
 * @param category column of the product's category, if any
 * @param channel column of the channel, read from an order's first row, if any
 * @param timePattern as java.time's DateTimeFormatter has them, or {@code epoch-s} or {@code epoch-ms}; null for ISO 8601
 * @param zone zone of times that name none
 * @param delimiter between values
 * @param currency ISO 4217 code of the amounts
 */
public record CsvMapping(
        String customer,
        String time,
        @Nullable String amount,
        @Nullable String quantity,
        @Nullable String price,
        @Nullable String order,
        @Nullable String id,
        @Nullable String sku,
        @Nullable String category,
        @Nullable String channel,
        @Nullable String timePattern,
        ZoneId zone,
        char delimiter,
        String currency) {

    /** The names that {@link #of} knows. */
    public static final List<String> OPTIONS = List.of(
            "customer",
            "time",
            "amount",
            "quantity",
            "price",
            "order",
            "id",
            "sku",
            "category",
            "channel",
            "time-pattern",
            "zone",
            "delimiter",
            "currency");

    /** In the place of a column: there is none. */
    public static final String NO_AMOUNT = "none";

    public CsvMapping {
        if ((quantity == null) != (price == null)) {
            throw new FeedException(
                    "A quantity needs a price and a price a quantity: name both columns, or the column of"
                            + " the amount alone.");
        }
        if ((amount == null) == (quantity == null)) {
            throw new FeedException("Name either the column of the amount or those of quantity and price"
                    + (amount == null ? ", or amount=none where no money is known." : ", not both."));
        }
    }

    /**
     * A mapping from options by name. Left out, the columns of customer and time are called {@code customer} and
     * {@code time}, the amount is in {@code amount} unless quantity and price are given or it is {@code none}, the zone is UTC and the delimiter a
     * comma ({@code tab} is a tab).
     *
     * @throws FeedException when an option is unknown, wrong, or needed and missing: the currency always is
     */
    public static CsvMapping of(Map<String, String> options) {
        Set<String> unknown = new HashSet<>(options.keySet());
        unknown.removeAll(OPTIONS);
        if (!unknown.isEmpty()) {
            throw new FeedException("There is no csv option \""
                    + unknown.stream().sorted().findFirst().orElseThrow() + "\". The options are "
                    + String.join(", ", OPTIONS) + ".");
        }
        boolean priced = options.containsKey("quantity") || options.containsKey("price");
        String currency = options.get("currency");
        if (currency == null) {
            throw new FeedException("Say which currency the amounts are in, for example currency=EUR.");
        }
        return new CsvMapping(
                options.getOrDefault("customer", "customer"),
                options.getOrDefault("time", "time"),
                options.containsKey("amount") || priced ? options.get("amount") : "amount",
                options.get("quantity"),
                options.get("price"),
                options.get("order"),
                options.get("id"),
                options.get("sku"),
                options.get("category"),
                options.get("channel"),
                options.get("time-pattern"),
                zone(options.getOrDefault("zone", "UTC")),
                delimiter(options.getOrDefault("delimiter", ",")),
                currency);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new FeedException(
                    "There is no time zone \"" + name + "\". Write one like Europe/Berlin or +01:00.", e);
        }
    }

    private static char delimiter(String text) {
        if (text.equals("tab")) {
            return '\t';
        }
        if (text.length() != 1 || "\"\r\n".contains(text)) {
            throw new FeedException("The delimiter is \"" + text + "\": it must be one character, or tab.");
        }
        return text.charAt(0);
    }
}
