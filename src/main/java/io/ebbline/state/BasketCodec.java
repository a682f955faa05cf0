package io.ebbline.state;

import io.ebbline.profile.Basket;
import io.ebbline.profile.Outlook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Baskets as bytes, for the way between operators where they are not in one task. */
public final class BasketCodec {

    private static final Outlook.Habit[] HABITS = Outlook.Habit.values();

    private BasketCodec() {}

    /** Writes a basket. */
    public static void write(Basket basket, PackedWriter out) {
        out.writeInstant(basket.asOf()).writeByte(basket.begins() ? 1 : 0).writeUnsigned(basket.known());
        write(basket.before(), out);
        write(basket.after(), out);
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
        long known = in.readUnsigned();
        Outlook before = readOutlook(in);
        Outlook now = readOutlook(in);
        return new Basket(asOf, begins, known, readItems(in), readItems(in), readItems(in), readItems(in), before, now);
    }

    static void write(@Nullable Outlook outlook, PackedWriter out) {
        out.writeByte(outlook == null ? 0 : 1 + outlook.habit().ordinal());
        if (outlook != null) {
            out.writeInstant(outlook.since());
            outlook.hazards().forEach(out::writeDouble);
        }
    }

    static @Nullable Outlook readOutlook(PackedReader in) {
        int habit = in.readByte() - 1;
        if (habit < 0) {
            return null;
        }
        if (habit >= HABITS.length) {
            throw new PackedReader.MalformedException("There is no habit number " + habit + ".");
        }
        long since = in.readInstant();
        List<Double> hazards = new ArrayList<>(Outlook.AGES);
        for (int age = 0; age < Outlook.AGES; age++) {
            hazards.add(in.readDouble());
        }
        return new Outlook(since, HABITS[habit], hazards);
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
