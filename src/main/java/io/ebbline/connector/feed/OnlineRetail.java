package io.ebbline.connector.feed;

import io.ebbline.connector.feed.OrderRows.Head;
import io.ebbline.event.Line;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * UCI Online Retail. One row is a line of an invoice; an invoice is one purchase at the time of its first row, with all its
 * rows, also those that look repeated. An invoice whose number starts with C takes goods back and does not say from which
 * order. Some invoices name no customer; they are fed like the others. The file gives local times without a zone: they are
 * read as UTC.
 */
final class OnlineRetail {

    private OnlineRetail() {}

    static History read(Path file) {
        try (CsvTable table = new CsvTable(file, ',')) {
            int invoiceNo = table.column("InvoiceNo");
            int stockCode = table.column("StockCode");
            int quantity = table.column("Quantity");
            int invoiceDate = table.column("InvoiceDate");
            int unitPrice = table.column("UnitPrice");
            int customerId = table.column("CustomerID");
            TimeFormat format = TimeFormat.of(null, ZoneOffset.UTC);
            OrderRows orders = new OrderRows("GBP");
            Map<String, String> skus = new HashMap<>();
            while (table.next()) {
                String invoice = table.required(invoiceNo);
                String customer = customer(table.text(customerId));
                boolean back = invoice.startsWith("C");
                BigDecimal count = table.number(quantity);
                // One String per product, not one per row.
                String sku = skus.computeIfAbsent(table.required(stockCode), s -> s);
                Line line = Line.of(sku, null, back ? count.negate() : count, table.number(unitPrice));
                Head head = orders.add(
                        invoice,
                        line,
                        () -> new Head(
                                "invoice/" + invoice, customer, invoice, back, table.time(invoiceDate, format), null));
                if (!Objects.equals(head.customer(), customer)) {
                    throw table.error(
                            "invoice " + invoice + " is of customer " + customer + " here and of " + head.customer()
                                    + " above",
                            "An invoice has one customer: correct the file");
                }
            }
            if (orders.isEmpty()) {
                throw table.noRows();
            }
            return orders.history();
        }
    }

    /** The file writes customer numbers as a spreadsheet does: {@code 17850.0}. */
    private static @Nullable String customer(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
