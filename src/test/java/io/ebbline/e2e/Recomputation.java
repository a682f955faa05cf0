package io.ebbline.e2e;

import io.ebbline.e2e.LifeByHand.Sale;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Scores, segment, stage and chances of every customer, straight from the file's rows: no code of Ebbline takes part. */
final class Recomputation {

    /**
     * A customer at the end of the file.
     *
     * @param row customer, recency in days, frequency, monetary in minor units, R, F, M, segment, stage; separated by commas
     * @param alive NaN when unknown
     * @param buy NaN when unknown
     */
    record Customer(String row, double alive, double buy) {}

    /** A row of Online Retail: only the description may be quoted. */
    private static final Pattern ROW =
            Pattern.compile("([^,]*),([^,]*),(\".*\"|[^,]*),([^,]*),([^,]*),([^,]*),([^,]*),([^,]*)");

    private static final double DAY_MILLIS = 86_400_000;

    /** R 5 to 1; in each (F + M + 1) / 2 from 5 to 1. */
    private static final String[][] SEGMENTS = {
        {"Champions", "Champions", "Potential Loyalist", "Potential Loyalist", "New"},
        {"Loyal", "Loyal", "Potential Loyalist", "Potential Loyalist", "Promising"},
        {"Loyal", "Loyal", "Need Attention", "About To Sleep", "About To Sleep"},
        {"Can't Lose", "At Risk", "At Risk", "Hibernating", "Hibernating"},
        {"Can't Lose", "At Risk", "At Risk", "Lost", "Lost"}
    };

    private Recomputation() {}

    /** Every customer as of the newest invoice of the file, by id. */
    static Map<String, Customer> onlineRetail(Path file) {
        Map<String, LocalDateTime> invoiceTimes = new HashMap<>();
        Map<String, Map<String, BigDecimal>> invoices = new TreeMap<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher row = ROW.matcher(line);
                if (!row.matches()) {
                    throw new IllegalStateException("Not a row: " + line);
                }
                invoiceTimes.putIfAbsent(
                        row.group(1), LocalDateTime.parse(row.group(5).replace(' ', 'T')));
                if (!row.group(7).isEmpty()) {
                    BigDecimal minor = new BigDecimal(row.group(4))
                            .multiply(new BigDecimal(row.group(6)))
                            .movePointRight(2)
                            .setScale(0, RoundingMode.HALF_UP);
                    invoices.computeIfAbsent(row.group(7).replace(".0", ""), c -> new LinkedHashMap<>())
                            .merge(row.group(1), minor, BigDecimal::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long end = invoiceTimes.values().stream()
                .mapToLong(Recomputation::millis)
                .max()
                .orElseThrow();
        Map<String, Customer> customers = new TreeMap<>();
        invoices.forEach((customer, own) -> {
            List<Sale> sales = new ArrayList<>();
            own.forEach((invoice, minor) -> sales.add(
                    new Sale(millis(invoiceTimes.get(invoice)), invoice.startsWith("C"), minor.longValueExact())));
            customers.put(customer, customer(customer, sales, end));
        });
        return customers;
    }

    private static Customer customer(String id, List<Sale> sales, long end) {
        List<Sale> orders = sales.stream().filter(sale -> !sale.back()).toList();
        long net = sales.stream().mapToLong(Sale::minor).sum();
        LifeByHand.End life = LifeByHand.at(sales, end);
        if (orders.isEmpty()) {
            return new Customer(id + ",,0," + net + ",,,,," + life.stage(), Double.NaN, Double.NaN);
        }
        long age = end - orders.stream().mapToLong(Sale::time).max().orElseThrow();
        int r = 5 - exceeded(age / DAY_MILLIS, 30, 60, 90, 180);
        int f = 1 + exceeded(orders.size(), 1, 2, 4, 9);
        int m = 1 + exceeded(net, 50_00, 200_00, 500_00, 2_000_00);
        String row = String.join(
                ",",
                id,
                BigDecimal.valueOf(age)
                        .divide(BigDecimal.valueOf(86_400_000), 6, RoundingMode.HALF_UP)
                        .toPlainString(),
                "" + orders.size(),
                "" + net,
                "" + r,
                "" + f,
                "" + m,
                SEGMENTS[5 - r][5 - (f + m + 1) / 2],
                life.stage());
        return new Customer(row, life.alive(), life.buy());
    }

    private static int exceeded(double value, double... cuts) {
        int exceeded = 0;
        for (double cut : cuts) {
            exceeded += value > cut ? 1 : 0;
        }
        return exceeded;
    }

    private static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
