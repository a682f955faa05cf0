package io.ebbline.state;

import io.ebbline.offer.CategoryCounts;
import io.ebbline.offer.MarketDelta;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.offer.MarketUpdate.Category;
import io.ebbline.offer.MarketUpdate.Feedback;
import io.ebbline.offer.MarketUpdate.Item;
import io.ebbline.offer.MarketUpdate.Shop;
import io.ebbline.offer.Novelty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The stored form of what is known of products, categories and offers. The whole state is an update that says everything, so the
 * same bytes serve a tick's news, an operator's state and, part by part, a broadcast state that replaces them one by one.
 */
public final class MarketCodec {

    private MarketCodec() {}

    // ---- what some orders of a tick say

    /** Writes a part of a tick. */
    public static void write(MarketDelta delta, PackedWriter out) {
        out.writeUnsigned(delta.orders())
                .writeUnsigned(delta.repeatOrders())
                .writeUnsigned(delta.chances())
                .writeUnsigned(delta.repeats())
                .writeUnsigned(delta.items().size());
        delta.items()
                .forEach((sku, item) -> out.writeString(sku)
                        .writeNullableString(item.category())
                        .writeUnsigned(item.first())
                        .writeUnsigned(item.orders())
                        .writeSigned(item.prices()));
        Map<String, CategoryCounts.Row> rows = delta.categories().rows();
        out.writeUnsigned(rows.size());
        rows.forEach((name, row) -> {
            out.writeString(name).writeUnsigned(row.chances()).writeUnsigned(row.first());
            out.writeUnsigned(row.to().size());
            row.to().forEach((to, count) -> out.writeString(to).writeUnsigned(count));
        });
        PaceCodec.write(delta.arrivals(), out);
        for (int known = 0; known < Novelty.CLASSES; known++) {
            out.writeUnsigned(delta.novelty().orders()[known])
                    .writeUnsigned(delta.novelty().first()[known]);
        }
        AcceptanceCodec.write(delta.responses(), out);
    }

    /**
     * Reads a part of a tick.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static MarketDelta readDelta(PackedReader in) {
        MarketDelta delta = new MarketDelta();
        delta.orders(in.readUnsigned(), in.readUnsigned());
        delta.chances(in.readUnsigned(), in.readUnsigned());
        for (int left = in.readCount(5); left > 0; left--) {
            delta.item(in.readName(), in.readNullableName(), in.readUnsigned(), in.readUnsigned(), in.readSigned());
        }
        for (int left = in.readCount(4); left > 0; left--) {
            String name = in.readName();
            delta.categories().add(name, in.readUnsigned(), in.readUnsigned());
            for (int pairs = in.readCount(2); pairs > 0; pairs--) {
                delta.categories().addPair(name, in.readName(), in.readUnsigned());
            }
        }
        PaceCodec.readInto(delta.arrivals(), in);
        for (int known = 0; known < Novelty.CLASSES; known++) {
            delta.novelty().add(Novelty.from(known), in.readUnsigned(), in.readUnsigned());
        }
        AcceptanceCodec.readInto(delta.responses(), in);
        return delta;
    }

    // ---- news and state

    /** Writes a tick's news, or everything. */
    public static void write(MarketUpdate update, PackedWriter out) {
        out.writeSigned(update.tick());
        Shop shop = update.shop();
        if (shop == null) {
            out.writeSigned(0);
        } else {
            write(shop, out.writeSigned(1));
        }
        writeAll(update.items(), MarketCodec::write, out);
        writeAll(update.categories(), MarketCodec::write, out);
        writeAll(update.feedback(), MarketCodec::write, out);
    }

    /**
     * Reads a tick's news, or everything.
     *
     * @throws PackedReader.MalformedException when the bytes are damaged
     */
    public static MarketUpdate readUpdate(PackedReader in) {
        return new MarketUpdate(
                AffinityCodec.readTick(in),
                in.readPresent() ? readShop(in) : null,
                readAll(35, MarketCodec::readItem, in),
                readAll(19, MarketCodec::readCategory, in),
                readAll(4, MarketCodec::readFeedback, in));
    }

    /** Writes the shop's counts. */
    public static void write(Shop shop, PackedWriter out) {
        out.writeSigned(shop.tick())
                .writeDouble(shop.orders())
                .writeDouble(shop.fastOrders())
                .writeDouble(shop.slowOrders())
                .writeDouble(shop.repeatOrders())
                .writeDouble(shop.chances())
                .writeDouble(shop.repeats())
                .writeDouble(shop.first());
        out.writeUnsigned(shop.ordersBy().size());
        shop.ordersBy().forEach(out::writeDouble);
        shop.firstBy().forEach(out::writeDouble);
        PaceCodec.write(shop.paces(), out);
    }

    /** Reads the shop's counts. */
    public static Shop readShop(PackedReader in) {
        int tick = AffinityCodec.readTick(in);
        double[] counts = new double[7];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readDouble();
        }
        int classes = in.readCount(16);
        if (classes != 0 && classes != Novelty.CLASSES) {
            throw new PackedReader.MalformedException("There can't be " + classes + " classes of orders known.");
        }
        return new Shop(
                tick,
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[4],
                counts[5],
                counts[6],
                readDoubles(classes, in),
                readDoubles(classes, in),
                PaceCodec.readPaces(in));
    }

    private static List<Double> readDoubles(int count, PackedReader in) {
        List<Double> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(in.readDouble());
        }
        return numbers;
    }

    /** Writes a product. */
    public static void write(Item item, PackedWriter out) {
        out.writeString(item.sku())
                .writeNullableString(item.category())
                .writeSigned(item.tick())
                .writeDouble(item.first())
                .writeDouble(item.fastFirst())
                .writeDouble(item.orders())
                .writeDouble(item.prices());
    }

    /** Reads a product. */
    public static Item readItem(PackedReader in) {
        return new Item(
                in.readName(),
                in.readNullableName(),
                AffinityCodec.readTick(in),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    /** Writes a category. */
    public static void write(Category category, PackedWriter out) {
        out.writeString(category.name())
                .writeSigned(category.tick())
                .writeDouble(category.chances())
                .writeDouble(category.first());
        AffinityCodec.writeNames(category.to(), out);
        AffinityCodec.writeCounts(category.counts(), out);
    }

    /** Reads a category. */
    public static Category readCategory(PackedReader in) {
        String name = in.readName();
        int tick = AffinityCodec.readTick(in);
        double chances = in.readDouble();
        double first = in.readDouble();
        String[] to = readSorted(in);
        return new Category(name, tick, chances, first, to, AffinityCodec.readCounts(to.length, in));
    }

    /** Writes how likely an offer is accepted. */
    public static void write(Feedback feedback, PackedWriter out) {
        out.writeString(feedback.offerId()).writeSigned(feedback.tick()).writeUnsigned(feedback.accepted());
        out.writeUnsigned(feedback.alpha().length);
        for (int pace = 0; pace < feedback.alpha().length; pace++) {
            out.writeDouble(feedback.alpha()[pace]).writeDouble(feedback.beta()[pace]);
        }
    }

    /** Reads how likely an offer is accepted. */
    public static Feedback readFeedback(PackedReader in) {
        String offerId = in.readName();
        int tick = AffinityCodec.readTick(in);
        long accepted = in.readUnsigned();
        double[] alpha = new double[in.readCount(16)];
        double[] beta = new double[alpha.length];
        for (int pace = 0; pace < alpha.length; pace++) {
            alpha[pace] = in.readDouble();
            beta[pace] = in.readDouble();
        }
        return new Feedback(offerId, tick, accepted, alpha, beta);
    }

    private static <T> void writeAll(List<T> parts, BiConsumer<T, PackedWriter> write, PackedWriter out) {
        out.writeUnsigned(parts.size());
        parts.forEach(part -> write.accept(part, out));
    }

    private static <T> List<T> readAll(int least, Function<PackedReader, T> read, PackedReader in) {
        List<T> parts = new ArrayList<>();
        for (int left = in.readCount(least); left > 0; left--) {
            parts.add(read.apply(in));
        }
        return parts;
    }

    /** Names that are looked up by halving: out of order they would not be found. */
    private static String[] readSorted(PackedReader in) {
        String[] names = AffinityCodec.readNames(in);
        for (int i = 1; i < names.length; i++) {
            if (names[i - 1].compareTo(names[i]) >= 0) {
                throw new PackedReader.MalformedException("Names are out of order: " + names[i] + ".");
            }
        }
        return names;
    }
}
