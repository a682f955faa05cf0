package io.ebbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a shelf says, from a plain list that is searched through and a log of all that was counted. */
public final class NaiveShelf {

    private static final class Thing {
        final String sku;

        @Nullable
        String category;

        long price;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long kept;
        long returned = Profile.NEVER;
        /** Numbers of the orders that it counts in, and the id of the last. */
        final List<Long> counted = new ArrayList<>();

        String order = "";

        Thing(String sku) {
            this.sku = sku;
        }

        Basket.Item item() {
            return new Basket.Item(sku, category, price);
        }
    }

    private final int capacity;
    private final List<Thing> things = new ArrayList<>();
    private long orders;

    public NaiveShelf(int capacity) {
        this.capacity = capacity;
    }

    /** Purchases and returns: repeated order ids, late ones, repeated lines. */
    public static List<Event> events(Random random, int size, int skus) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long time = Shop.day(i) - (random.nextInt(6) == 0 ? random.nextInt(9) * Shop.DAY : 0);
            String order = "o" + (random.nextInt(4) == 0 ? random.nextInt(i + 1) : i);
            List<Line> lines = new ArrayList<>();
            for (int left = random.nextInt(random.nextInt(10) == 0 ? 70 : 4); left >= 0; left--) {
                String category = random.nextInt(3) == 0 ? null : "c" + random.nextInt(5);
                lines.add(new Line(
                        "s" + random.nextInt(skus),
                        category,
                        10_000 * (1 + random.nextInt(3)),
                        random.nextInt(9) * 1_000,
                        null));
            }
            if (random.nextInt(4) > 0) {
                events.add(new Purchase("e" + i, time, order, "GBP", null, null, lines, 1));
            } else {
                boolean whole = random.nextBoolean();
                events.add(new Return(
                        "e" + i,
                        time,
                        random.nextInt(5) == 0 ? null : order,
                        whole,
                        "GBP",
                        whole && random.nextBoolean() ? List.of() : lines,
                        1));
            }
        }
        return events;
    }

    private @Nullable Thing find(String sku) {
        return things.stream()
                .filter(thing -> thing.sku.equals(sku))
                .findFirst()
                .orElse(null);
    }

    /** What a purchase says. */
    public Basket purchase(Purchase purchase, boolean begins, long asOf) {
        orders += begins ? 1 : 0;
        List<Basket.Item> recent = new ArrayList<>();
        List<Basket.Item> beside = new ArrayList<>();
        for (int i = things.size() - 1; i >= 0; i--) {
            Thing thing = things.get(i);
            boolean same = thing.order.equals(purchase.orderId());
            if (!same && recent.size() == 50) {
                break;
            }
            (same ? beside : recent).add(thing.item());
        }
        List<Basket.Item> first = new ArrayList<>();
        List<Basket.Item> again = new ArrayList<>();
        for (Line line : purchase.lines()) {
            Thing known = find(line.sku());
            Thing thing = known == null ? new Thing(line.sku()) : known;
            things.remove(thing);
            things.add(thing);
            if (purchase.time() >= thing.last) {
                thing.price = line.unitPrice();
            }
            if (line.category() != null && (purchase.time() >= thing.last || thing.category == null)) {
                thing.category = line.category();
            }
            thing.first = Math.min(thing.first, purchase.time());
            thing.last = Math.max(thing.last, purchase.time());
            thing.kept += line.quantity();
            thing.returned = Profile.NEVER;
            if (!thing.order.equals(purchase.orderId())) {
                thing.order = purchase.orderId();
                thing.counted.add(orders);
                (known == null ? first : again).add(thing.item());
            }
        }
        while (things.size() > capacity) {
            things.remove(0);
        }
        return new Basket(asOf, begins, Math.max(0, orders - 1), recent, first, again, beside);
    }

    /** What came back. */
    public void giveBack(Return goods) {
        for (Thing thing : things) {
            if (goods.whole() && goods.lines().isEmpty() && thing.order.equals(goods.orderId())) {
                thing.kept = 0;
                thing.returned = goods.time();
            }
            for (Line line : goods.lines()) {
                if (line.sku().equals(thing.sku)) {
                    thing.kept = Math.max(0, thing.kept - line.quantity());
                    thing.returned = thing.kept == 0 ? goods.time() : Profile.NEVER;
                }
            }
        }
    }

    /** Asserts that a shelf holds the same. */
    public void assertSame(Shelf shelf) {
        assertThat(shelf.orders()).isEqualTo(orders);
        assertThat(shelf.hasBoughtAgain()).isEqualTo(things.stream().anyMatch(thing -> thing.counted.size() > 1));
        assertThat(shelf.items().stream().map(Shelf.Owned::sku))
                .containsExactlyElementsOf(
                        things.stream().map(thing -> thing.sku).toList());
        for (Thing thing : things) {
            Shelf.Owned owned = Objects.requireNonNull(shelf.get(thing.sku));
            assertThat(owned.category()).isEqualTo(thing.category);
            assertThat(owned.unitPrice()).isEqualTo(thing.price);
            assertThat(owned.first()).isEqualTo(thing.first);
            assertThat(owned.last()).isEqualTo(thing.last);
            assertThat(owned.orders()).isEqualTo(thing.counted.size());
            assertThat(owned.kept()).isEqualTo(thing.kept);
            assertThat(owned.returned()).isEqualTo(thing.returned);
            double faded = 0;
            for (long at : thing.counted) {
                faded += Math.pow(.9, orders - at);
            }
            assertThat(shelf.faded(owned)).isCloseTo(faded, org.assertj.core.api.Assertions.within(1e-9));
        }
    }
}
