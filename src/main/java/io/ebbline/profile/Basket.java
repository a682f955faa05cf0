package io.ebbline.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a purchase says of which products are bought after and beside which.
 *
 * @param asOf when it counts, milliseconds since the epoch
 * @param begins whether it begins an order; else it adds lines to one
 * @param known orders that the customer had begun before it
 * @param recent what was owned before the order, the latest first, at most {@link Shelf#RECENT}
 * @param first what is bought for the first time, in the order of the lines
 * @param again what was owned before and is bought again, in the order of the lines
 * @param beside what earlier purchases of the same order held
 * @param before what was told of it at the order before; null: it is the first, or nothing is told
 * @param after what is told of the next one; null: it begins no order, or came late
 */
public record Basket(
        long asOf,
        boolean begins,
        long known,
        List<Item> recent,
        List<Item> first,
        List<Item> again,
        List<Item> beside,
        @Nullable Outlook before,
        @Nullable Outlook after) {

    /**
     * A product in it.
     *
     * @param unitPrice ten-thousandths of the major unit, net of discount; of what is owned: the latest
     */
    public record Item(String sku, @Nullable String category, long unitPrice) {}

    public Basket {
        recent = List.copyOf(recent);
        first = List.copyOf(first);
        again = List.copyOf(again);
        beside = List.copyOf(beside);
    }

    /** One of which nothing is told of the next. */
    public Basket(
            long asOf,
            boolean begins,
            long known,
            List<Item> recent,
            List<Item> first,
            List<Item> again,
            List<Item> beside) {
        this(asOf, begins, known, recent, first, again, beside, null, null);
    }

    /** The same with what was told at the order before, null where there was none, and what is told now. */
    public Basket foretelling(@Nullable Outlook then, Outlook next) {
        return new Basket(asOf, begins, known, recent, first, again, beside, then, next);
    }
}
