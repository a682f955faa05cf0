package io.ebbline.e2e;

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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Recency, frequency and monetary of every customer, straight from the file's rows: no code of Ebbline takes part. */
final class Recomputation {

    /** A row of Online Retail: only the description may be quoted. */
    private static final Pattern ROW =
            Pattern.compile("([^,]*),([^,]*),(\".*\"|[^,]*),([^,]*),([^,]*),([^,]*),([^,]*),([^,]*)");

    private static final class Totals {
        private final Set<String> orders = new HashSet<>();
        private BigDecimal net = BigDecimal.ZERO;
        private LocalDateTime last;
    }

    private Recomputation() {}

    /** Rows "customer,recency_days,frequency,monetary_minor" as of the newest invoice of the file. */
    static List<String> onlineRetail(Path file) {
        Map<String, LocalDateTime> invoiceTimes = new HashMap<>();
        Map<String, Totals> customers = new HashMap<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher row = ROW.matcher(line);
                if (!row.matches()) {
                    throw new IllegalStateException("Not a row: " + line);
                }
                String invoice = row.group(1);
                LocalDateTime time = LocalDateTime.parse(row.group(5).replace(' ', 'T'));
                invoiceTimes.putIfAbsent(invoice, time);
                if (!row.group(7).isEmpty()) {
                    String customer = row.group(7).replace(".0", "");
                    Totals totals = customers.computeIfAbsent(customer, c -> new Totals());
                    totals.net = totals.net.add(new BigDecimal(row.group(4))
                            .multiply(new BigDecimal(row.group(6)))
                            .movePointRight(2)
                            .setScale(0, RoundingMode.HALF_UP));
                    if (!invoice.startsWith("C")) {
                        totals.orders.add(invoice);
                        LocalDateTime ordered = invoiceTimes.get(invoice);
                        if (totals.last == null || ordered.isAfter(totals.last)) {
                            totals.last = ordered;
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LocalDateTime end =
                invoiceTimes.values().stream().max(LocalDateTime::compareTo).orElseThrow();
        List<String> rows = new ArrayList<>();
        customers.forEach((customer, totals) -> {
            String recency = totals.last == null
                    ? ""
                    : BigDecimal.valueOf(ChronoUnit.MILLIS.between(totals.last, end))
                            .divide(BigDecimal.valueOf(86_400_000), 6, RoundingMode.HALF_UP)
                            .toPlainString();
            rows.add(customer + "," + recency + "," + totals.orders.size() + "," + totals.net.toPlainString());
        });
        return rows;
    }
}
