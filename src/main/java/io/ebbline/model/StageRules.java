package io.ebbline.model;

/**
 * When a customer changes lifecycle stage.
 *
 * @param matureOrders MATURE from this many kept orders, at least 3
 * @param hiatusMillis DEPARTED after this long without an order or a visit; a rhythm is settled when its mean gap is shorter
 * @throws IllegalArgumentException when a number is out of its range
 */
public record StageRules(int matureOrders, long hiatusMillis) {

    public StageRules {
        if (matureOrders < 3) {
            throw new IllegalArgumentException(
                    "matureOrders is " + matureOrders + ", but a rhythm takes at least 3 orders to show.");
        }
        if (hiatusMillis <= 0) {
            throw new IllegalArgumentException("hiatusMillis is " + hiatusMillis + ": it must be positive.");
        }
    }
}
