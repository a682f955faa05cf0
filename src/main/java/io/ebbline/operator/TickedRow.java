package io.ebbline.operator;

import io.ebbline.offer.RowDelta;

/** What one subtask counted of a product in a part of a tick. */
public record TickedRow(int tick, RowDelta counts) implements ForProduct {

    @Override
    public String sku() {
        return counts.sku();
    }
}
