package io.ebbline.state;

import io.ebbline.profile.Basket;
import java.util.ArrayList;
import java.util.List;

/** Baskets as bytes, for the way between operators where they are not in one task. */
public final class BasketCodec {

    private BasketCodec() {}

    /** Writes a basket. */
    public static void write(Basket basket, PackedWriter out) {
        out.writeInstant(basket.asOf()).writeByte(basket.begins() ? 1 : 0);
        out.writeSigned(basket.foretold()).writeByte(basket.soon() ? 1 : 0);
        for (List<Basket.Item> items : List.of(basket.recent(), basket.first(), basket.again(), basket.beside())) {
            out.writeUnsigned(items.size());
            for (Basket.Item item : items) {
                out.writeString(item.sku()).writeNullableString(item.category()).writeSigned(item.unitPrice());
            }
        }
    }

    /**
     * Reads a basket.
     *
     * @throws PackedReader.MalformedException when the bytes are not a basket's
     */
    public static Basket read(PackedReader in) {
        long asOf = in.readInstant();
        boolean begins = in.readByte() != 0;
        int foretold = (int) in.readSigned();
        boolean soon = in.readByte() != 0;
        return new Basket(asOf, begins, readItems(in), readItems(in), readItems(in), readItems(in), foretold, soon);
    }

    private static List<Basket.Item> readItems(PackedReader in) {
        int count = in.readCount(3);
        List<Basket.Item> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(new Basket.Item(in.readName(), in.readNullableName(), in.readSigned()));
        }
        return items;
    }
}
