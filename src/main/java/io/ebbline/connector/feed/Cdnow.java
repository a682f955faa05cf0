package io.ebbline.connector.feed;

import io.ebbline.connector.feed.OrderRows.Head;
import io.ebbline.event.Line;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneOffset;

/**
 * CDNOW. What a customer bought on one day is one order, at midnight UTC, as the literature counts; each row is a line.
 *
 * <p>A row gives the value of all its CDs together, and a seventh of the rows cannot be divided into a price of one that
 * four decimals hold. So a row is one unit at the row's value: the money stays exact. The number of CDs is not kept.
 */
final class Cdnow {

    private Cdnow() {}

    static History read(Path file) {
        try (CsvTable table = new CsvTable(file, ',')) {
            int customerId = table.column("customer_id");
            int date = table.column("date");
            int value = table.column("dollar_value");
            TimeFormat format = TimeFormat.of("uuuuMMdd", ZoneOffset.UTC);
            OrderRows orders = new OrderRows("USD");
            while (table.next()) {
                String customer = table.required(customerId);
                long time = table.time(date, format);
                String order = customer + "/" + table.text(date);
                Line line = Line.of("CD", null, BigDecimal.ONE, table.number(value));
                orders.add(order, line, () -> new Head("order/" + order, customer, order, false, time, null));
            }
            if (orders.isEmpty()) {
                throw table.noRows();
            }
            return orders.history();
        }
    }
}
