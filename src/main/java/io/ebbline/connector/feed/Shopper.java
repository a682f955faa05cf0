package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.Catalogue.Product;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One simulated customer's life, the same for one seed and number whoever else shops. Ids are customer and ordinal. */
final class Shopper {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final double BROWSING = 0.5;
    /** Cents to the ten-thousandths of {@link Line}. */
    private static final long CENT = 100;

    private final SplittableRandom random;
    private final SimulatedCustomer customer;
    private final double pace;
    private final int tier;
    private final String channel;
    private final long start;
    private final long until;
    private final ShopRates rates;
    private final Consumer<FeedRecord> out;
    private int ordinal;
    private int orders;

    /**
     * A customer.
     *
     * @param start first instant of the shop, milliseconds since the epoch
     * @param until first instant after the shop's last day
     * @param out takes each event; they do not come in order of time
     */
    Shopper(long seed, int number, long start, long until, ShopRates rates, Consumer<FeedRecord> out) {
        this.random = new SplittableRandom(Hash64.of("shopper/" + seed, Integer.toString(number)));
        Rhythm rhythm = Rhythm.draw(random);
        this.customer = new SimulatedCustomer("c" + number, rhythm, Catalogue.drawFavourites(random));
        this.pace = rhythm.drawPace(random);
        this.tier = random.nextInt(Catalogue.TIERS);
        this.channel = random.nextBoolean() ? "web" : "app";
        this.start = start;
        this.until = until;
        this.rates = rates;
        this.out = out;
    }

    SimulatedCustomer customer() {
        return customer;
    }

    /** Sends all that this customer does until the shop's last day. */
    void live() {
        long first = start + random.nextLong(until - start);
        long time = daytime(first - Math.floorMod(first - start, DAY));
        long season = time;
        while (time < until) {
            buy(time);
            double gap = customer.rhythm().gap(random, orders, pace, time - season);
            if (gap == Rhythm.NEVER) {
                return;
            }
            long last = time;
            long next = last + Math.round(gap * DAY);
            time = daytime(next - Math.floorMod(next - start, DAY));
            while (time < last + 2 * HOUR) {
                time += DAY;
            }
            if (random.nextDouble() < BROWSING) {
                browse(last + HOUR + random.nextLong(time - last - HOUR));
            }
        }
    }

    private long daytime(long day) {
        return day + 8 * HOUR + random.nextLong(14 * HOUR);
    }

    /** A visit that leads nowhere. */
    private void browse(long time) {
        touch(time, TouchpointType.VISIT, null);
        int views = 1 + random.nextInt(3);
        for (int i = 1; i <= views; i++) {
            touch(time + i * MINUTE, TouchpointType.VIEW, draw());
        }
    }

    /** A visit that leads to a purchase. */
    private void buy(long time) {
        int products = 1 + random.nextInt(4);
        // Each product takes two minutes: looked at, opened, put into the cart.
        long visit = time - (5 + 2L * products + random.nextInt(20)) * MINUTE;
        touch(visit, TouchpointType.VISIT, null);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < products; i++) {
            Product product = draw();
            long at = visit + (1 + 2L * i) * MINUTE;
            touch(at, TouchpointType.VIEW, product);
            touch(at + MINUTE / 2, TouchpointType.CLICK, product);
            touch(at + MINUTE, TouchpointType.CART_ADD, product);
            lines.add(new Line(
                    product.sku(),
                    product.category(),
                    (1 + random.nextInt(3)) * 10_000L,
                    product.price() * CENT,
                    product.cost() * CENT));
        }
        orders++;
        String order = customer.id() + "/order/" + orders;
        long total = Line.sumMinor(lines, SimulatedShop.MINOR_DIGITS);
        send(Topic.PURCHASES, new Purchase(id(), time, order, SimulatedShop.CURRENCY, channel, null, lines, total));
        if (random.nextDouble() < rates.returns()) {
            giveBack(time + (3 + random.nextInt(18)) * DAY + random.nextLong(4 * HOUR), order, lines);
        }
    }

    private void giveBack(long time, String order, List<Line> bought) {
        boolean named = random.nextDouble() < rates.named();
        boolean whole = named && random.nextDouble() < rates.whole();
        List<Line> lines = whole ? bought : bought.subList(0, 1);
        long total = Line.sumMinor(lines, SimulatedShop.MINOR_DIGITS);
        send(
                Topic.PURCHASES,
                new Return(id(), time, named ? order : null, whole, SimulatedShop.CURRENCY, lines, total));
    }

    private Product draw() {
        return Catalogue.draw(random, customer.favourites(), tier);
    }

    private void touch(long time, TouchpointType type, @Nullable Product product) {
        String sku = product == null ? null : product.sku();
        String category = product == null ? null : product.category();
        send(Topic.TOUCHPOINTS, new Touchpoint(id(), time, type, channel, sku, category, null, null, null));
    }

    private String id() {
        ordinal++;
        return customer.id() + "/" + ordinal;
    }

    private void send(Topic topic, Event event) {
        if (event.time() < until) {
            out.accept(FeedRecord.of(topic, customer.id(), event));
        }
    }
}
