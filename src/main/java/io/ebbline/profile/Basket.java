package io.ebbline.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a purchase says of which products are bought after and beside which.
 *
 * @param asOf when it counts, milliseconds since the epoch
 * @param begins whether it begins an order; else it adds lines to one
 * @param recent what was owned before the order, the latest first, at most {@link Shelf#RECENT}
 * @param first what is bought for the first time, in the order of the lines
 * @param again what was owned before and is bought again, in the order of the lines
 * @param beside what earlier purchases of the same order held
 * @param foretold the chance of another order within the fortnight that follows, millionths; {@link #NOT_FORETOLD}
 * @param soon whether the order before it was not older than a fortnight; nothing when this one was not foretold
 */
public record Basket(
        long asOf,
        boolean begins,
        List<Item> recent,
        List<Item> first,
        List<Item> again,
        List<Item> beside,
        int foretold,
        boolean soon) {

    /** Nothing was foretold after it: it begins no order, or came late. */
    public static final int NOT_FORETOLD = -1;

    private static final double MILLIONTHS = 1e6;

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

    /** One after which nothing was foretold. */
    public Basket(long asOf, boolean begins, List<Item> recent, List<Item> first, List<Item> again, List<Item> beside) {
        this(asOf, begins, recent, first, again, beside, NOT_FORETOLD, false);
    }

    /**
     * The same with what was foretold.
     *
     * @param chance of another order within a fortnight, 0 to 1
     * @param isSoon whether the order before it was not older than that
     */
    public Basket foretelling(double chance, boolean isSoon) {
        return new Basket(asOf, begins, recent, first, again, beside, (int) Math.round(chance * MILLIONTHS), isSoon);
    }
}
