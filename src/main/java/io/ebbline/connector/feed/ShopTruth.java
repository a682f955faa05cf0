package io.ebbline.connector.feed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was planted in a simulated shop, for measuring what can be found out from its events. */
public final class ShopTruth {

    private static final String CUSTOMERS =
            "customer_id,segment,first_order_at,rhythm_days,broke_at,kind,returned_at,best_channel,best_hour";
    private static final String AFFINITIES = "from,to,factor";
    private static final String PROPENSITIES = "offer_id,segment,accepted,accepted_gone,rejected";

    /** The file of the planted affinities. */
    public static final String AFFINITIES_FILE = "affinities.csv";

    private final SimulatedShop shop;

    ShopTruth(SimulatedShop shop) {
        this.shop = shop;
    }

    /** Every customer, by number, made as they are asked for. */
    public Stream<CustomerTruth> customers() {
        return IntStream.rangeClosed(1, shop.customers()).mapToObj(this::customer);
    }

    private CustomerTruth customer(int number) {
        return Plan.draw(shop.seed(), number, shop.start().toEpochMilli(), shop.close())
                .truth(shop.close());
    }

    /** The planted affinities. */
    public List<Affinity> affinities() {
        return new Affinities(shop.seed()).list();
    }

    /** How each segment takes each offer. */
    public List<OfferTruth> offers() {
        List<OfferTruth> truths = new ArrayList<>();
        for (Campaign campaign : Campaign.values()) {
            for (ShopSegment segment : ShopSegment.values()) {
                truths.add(new OfferTruth(
                        campaign.offer().offerId(),
                        segment,
                        campaign.accepted(segment, false),
                        campaign.accepted(segment, true),
                        campaign.rejected()));
            }
        }
        return truths;
    }

    /**
     * Writes {@code truth.csv}, a row for each customer, {@code affinities.csv} and {@code propensities.csv} into a directory. Instants are ISO 8601;
     * what is null stays empty.
     *
     * @throws FeedException when they can't be written
     */
    public void write(Path directory) {
        write(directory.resolve("truth.csv"), CUSTOMERS, customers().map(ShopTruth::row));
        write(
                directory.resolve(AFFINITIES_FILE),
                AFFINITIES,
                affinities().stream().map(a -> a.from() + "," + a.to() + "," + a.factor()));
        write(
                directory.resolve("propensities.csv"),
                PROPENSITIES,
                offers().stream()
                        .map(o -> String.format(
                                Locale.ROOT,
                                "%s,%s,%.4f,%.4f,%.4f",
                                o.offerId(),
                                o.segment(),
                                o.accepted(),
                                o.acceptedGone(),
                                o.rejected())));
    }

    /**
     * Reads the customers that {@link #write} wrote.
     *
     * @throws FeedException when the file is missing or a row can't be understood: names file and line
     */
    public static List<CustomerTruth> read(Path file) {
        List<CustomerTruth> customers = new ArrayList<>();
        try (CsvTable table = new CsvTable(file, ',')) {
            int[] columns =
                    Arrays.stream(CUSTOMERS.split(",")).mapToInt(table::column).toArray();
            while (table.next()) {
                customers.add(row(table, columns));
            }
        }
        return customers;
    }

    /**
     * Reads the affinities that {@link #write} wrote.
     *
     * @throws FeedException when the file is missing or a row can't be understood: names file and line
     */
    public static List<Affinity> readAffinities(Path file) {
        List<Affinity> affinities = new ArrayList<>();
        try (CsvTable table = new CsvTable(file, ',')) {
            int[] columns =
                    Arrays.stream(AFFINITIES.split(",")).mapToInt(table::column).toArray();
            while (table.next()) {
                affinities.add(affinity(table, columns));
            }
        }
        return affinities;
    }

    private static Affinity affinity(CsvTable table, int[] columns) {
        try {
            return new Affinity(
                    table.required(columns[0]),
                    table.required(columns[1]),
                    Double.parseDouble(table.required(columns[2])));
        } catch (NumberFormatException e) {
            throw table.error(
                    "this is no row that generate writes (" + e.getMessage() + ")",
                    "Generate the shop and its truth anew");
        }
    }

    private static CustomerTruth row(CsvTable table, int[] columns) {
        try {
            String rhythm = table.optional(columns[3]);
            return new CustomerTruth(
                    table.required(columns[0]),
                    ShopSegment.valueOf(table.required(columns[1])),
                    instant(table.optional(columns[2])),
                    rhythm == null ? null : Double.valueOf(rhythm),
                    instant(table.optional(columns[4])),
                    BreakKind.valueOf(table.required(columns[5])),
                    instant(table.optional(columns[6])),
                    table.required(columns[7]),
                    Integer.parseInt(table.required(columns[8])));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw table.error(
                    "this is no row that generate writes (" + e.getMessage() + ")",
                    "Generate the shop and its truth anew");
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static String row(CustomerTruth c) {
        Double rhythm = c.rhythmDays();
        return String.join(
                ",",
                c.id(),
                c.segment().name(),
                text(c.firstOrderAt()),
                rhythm == null ? "" : String.format(Locale.ROOT, "%.3f", rhythm),
                text(c.brokeAt()),
                c.kind().name(),
                text(c.returnedAt()),
                c.bestChannel(),
                Integer.toString(c.bestHour()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static void write(Path file, String header, Stream<String> rows) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(header);
            out.write('\n');
            for (Iterator<String> each = rows.iterator(); each.hasNext(); ) {
                out.write(each.next());
                out.write('\n');
            }
        } catch (IOException e) {
            throw new FeedException("The file " + file + " can't be written (" + e + ").", e);
        }
    }
}
