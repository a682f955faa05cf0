package io.ebbline.state;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.profile.Shelf;
import io.ebbline.profile.Shelf.Owned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of what a customer has bought, as a part of {@link CustomerCodec}, whose version it goes by. Products bought in
 * one order share its id and instant, and a product bought once has nothing to fade: most take some twenty bytes.
 */
final class ShelfCodec {

    private static final int SAME_ORDER = 1;
    private static final int SAME_LAST = 2;
    private static final int ONCE = 4;
    private static final int RETURNED = 8;
    private static final int FLAGS = 16;

    private ShelfCodec() {}

    /** An empty shelf takes one byte. */
    static void write(Shelf shelf, PackedWriter out) {
        boolean empty = shelf.items().isEmpty();
        out.writeUnsigned(2 * shelf.orders() + (empty ? 0 : 1));
        if (empty) {
            return;
        }
        Map<String, Integer> categories = new LinkedHashMap<>();
        for (Owned owned : shelf.items()) {
            if (owned.category() != null) {
                categories.putIfAbsent(owned.category(), categories.size() + 1);
            }
        }
        out.writeUnsigned(categories.size());
        categories.keySet().forEach(out::writeString);
        out.writeUnsigned(shelf.items().size());
        long order = 0;
        long last = 0;
        for (Owned owned : shelf.items()) {
            boolean once = owned.orders() == 1 && owned.first() == owned.last() && owned.fadedThen() == 1;
            int flags = (owned.lastOrder() == order ? SAME_ORDER : 0)
                    | (owned.last() == last ? SAME_LAST : 0)
                    | (once ? ONCE : 0)
                    | (owned.returned() == NEVER ? 0 : RETURNED);
            out.writeByte(flags).writeString(owned.sku());
            out.writeUnsigned(owned.category() == null ? 0 : categories.getOrDefault(owned.category(), 0));
            out.writeSigned(owned.unitPrice()).writeSigned(owned.kept());
            out.writeUnsigned(shelf.orders() - owned.atOrder());
            if (owned.lastOrder() != order) {
                out.writeFixed(owned.lastOrder());
            }
            if (owned.last() != last) {
                out.writeSigned(owned.last() - last);
            }
            if (!once) {
                out.writeUnsigned(owned.orders())
                        .writeSigned(owned.last() - owned.first())
                        .writeDouble(owned.fadedThen());
            }
            if (owned.returned() != NEVER) {
                out.writeSigned(owned.returned() - owned.last());
            }
            order = owned.lastOrder();
            last = owned.last();
        }
    }

    /** Reads into a shelf that is empty. */
    static void read(Shelf shelf, PackedReader in) {
        long head = in.readUnsigned();
        long orders = head >>> 1;
        shelf.restore(orders);
        if ((head & 1) == 0) {
            return;
        }
        List<@Nullable String> categories = new ArrayList<>();
        categories.add(null);
        for (int left = in.readCount(1); left > 0; left--) {
            categories.add(in.readName());
        }
        long order = 0;
        long last = 0;
        for (int left = in.readCount(6); left > 0; left--) {
            int flags = in.readByte();
            if (flags >= FLAGS) {
                throw new PackedReader.MalformedException("A product has flags " + flags + ".");
            }
            String sku = in.readName();
            String category = category(categories, in.readUnsigned());
            long unitPrice = in.readSigned();
            long kept = in.readSigned();
            long atOrder = orders - in.readUnsigned();
            order = (flags & SAME_ORDER) == 0 ? in.readFixed() : order;
            last = (flags & SAME_LAST) == 0 ? last + in.readSigned() : last;
            boolean once = (flags & ONCE) != 0;
            long ordersOf = once ? 1 : in.readUnsigned();
            long first = once ? last : last - in.readSigned();
            double faded = once ? 1 : in.readDouble();
            long returned = (flags & RETURNED) == 0 ? NEVER : last + in.readSigned();
            if (!shelf.restore(
                    sku, category, unitPrice, first, last, ordersOf, order, atOrder, faded, kept, returned)) {
                throw new PackedReader.MalformedException("A product is there twice: " + sku + ".");
            }
        }
    }

    private static @Nullable String category(List<@Nullable String> categories, long number) {
        if (number < 0 || number >= categories.size()) {
            throw new PackedReader.MalformedException("There is no category number " + number + ".");
        }
        return categories.get((int) number);
    }
}
