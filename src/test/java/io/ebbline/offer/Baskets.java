package io.ebbline.offer;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Shelf;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What the orders of a small shop say, as shelves tell it. */
public final class Baskets {

    /** One of a tick. */
    public record Told(int tick, Basket basket) {}

    private Baskets() {}

    /** In order of time: gaps of fewer than {@code gap} days, orders in several parts, popular products and rare ones. */
    public static List<Told> of(Random random, int orders, int skus, int gap) {
        List<Shelf> shelves = new ArrayList<>();
        List<Set<String>> begun = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            shelves.add(new Shelf());
            begun.add(new HashSet<>());
        }
        List<Told> told = new ArrayList<>();
        int tick = 18_262;
        for (int i = 0; i < orders; i++) {
            tick += random.nextInt(5) == 0 ? random.nextInt(gap) : random.nextInt(2);
            int customer = random.nextInt(shelves.size());
            String order = "o" + (random.nextInt(6) == 0 ? i - 1 : i);
            List<Line> lines = new ArrayList<>();
            for (int left = random.nextInt(5); left >= 0; left--) {
                int sku = random.nextInt(1 + random.nextInt(skus));
                String category = sku % 7 == 0 ? null : "c" + sku % 3;
                lines.add(new Line("s" + sku, category, 10_000, 10_000L * (1 + sku), null));
            }
            long time = tick * Shop.DAY + i;
            Purchase purchase = new Purchase("e" + i, time, order, "GBP", null, null, lines, 1);
            boolean begins = begun.get(customer).add(order);
            told.add(new Told(tick, shelves.get(customer).purchase(purchase, begins, time)));
        }
        return told;
    }
}
