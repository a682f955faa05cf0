package io.ebbline.operator;

/** What the subtask that keeps a product's row is told of that product alone. */
public sealed interface ForProduct permits TickedRow, ListAsk {

    /** The product. */
    String sku();
}
