package io.ebbline.connector.feed;

import io.ebbline.connector.feed.OrderRows.Head;
import io.ebbline.event.Line;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A table of purchases as a {@link CsvMapping} explains it. A row with a negative amount or quantity is goods that came back
 * and names no order; such rows of one customer and order number are one return.
 */
final class CsvHistory {

    private static final String ONE_PRODUCT = "GOODS";

    private record Key(@Nullable String customer, String order, boolean back) {}

    private final CsvTable table;
    private final OrderRows orders;
    private final TimeFormat format;
    private final int customer;
    private final int time;
    private final int amount;
    private final int quantity;
    private final int price;
    private final int order;
    private final int id;
    private final int sku;
    private final int category;
    private final int channel;

    private CsvHistory(CsvTable table, CsvMapping mapping) {
        this.table = table;
        orders = new OrderRows(mapping.currency());
        format = TimeFormat.of(mapping.timePattern(), mapping.zone());
        customer = place(mapping.customer());
        time = place(mapping.time());
        amount = CsvMapping.NO_AMOUNT.equals(mapping.amount()) ? -1 : place(mapping.amount());
        quantity = place(mapping.quantity());
        price = place(mapping.price());
        order = place(mapping.order());
        id = place(mapping.id());
        sku = place(mapping.sku());
        category = place(mapping.category());
        channel = place(mapping.channel());
    }

    static History read(Path file, CsvMapping mapping) {
        try (CsvTable table = new CsvTable(file, mapping.delimiter())) {
            CsvHistory reader = new CsvHistory(table, mapping);
            while (table.next()) {
                reader.add();
            }
            if (reader.orders.isEmpty()) {
                throw table.noRows();
            }
            return reader.orders.history();
        }
    }

    private void add() {
        BigDecimal count = quantity < 0 ? BigDecimal.ONE : table.number(quantity);
        BigDecimal each = quantity < 0 && amount < 0 ? BigDecimal.ZERO : table.number(quantity < 0 ? amount : price);
        boolean back = (quantity < 0 ? each : count).signum() < 0;
        if (back && quantity < 0) {
            each = each.negate();
        } else if (back) {
            count = count.negate();
        }
        String product = sku < 0 ? ONE_PRODUCT : table.required(sku);
        Line line = Line.of(product, category < 0 ? null : table.optional(category), count, each);
        String buyer = table.optional(customer);
        String number = order < 0 ? "row/" + table.line() : table.required(order);
        orders.add(new Key(buyer, number, back), line, () -> head(buyer, number, back));
    }

    private Head head(@Nullable String buyer, String number, boolean back) {
        String made = order < 0 ? number : (back ? "return/" : "order/") + number;
        return new Head(
                id < 0 ? made : table.required(id),
                buyer,
                number,
                back,
                table.time(time, format),
                channel < 0 ? null : table.optional(channel));
    }

    private int place(@Nullable String column) {
        return column == null ? -1 : table.column(column);
    }
}
