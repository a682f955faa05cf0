package io.ebbline.connector.feed;

import static io.ebbline.connector.feed.Plan.DAY;
import static io.ebbline.connector.feed.Plan.HOUR;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.Catalogue.Product;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one simulated customer does once they have decided to, as events: their ids are the customer's and an ordinal. Nothing
 * is sent for an instant at which the shop is closed for good.
 */
final class Shopper {

    /** What customers come by; the first two and the last are also where orders are made. */
    static final List<String> CHANNELS = List.of("web", "app", "email", "sms", "store");

    /** An order's first touchpoint is at most this long before it, milliseconds. */
    static final long LEAD = 6 * HOUR;

    private static final int EMAIL = 2;
    private static final int SMS = 3;
    private static final int STORE = 4;

    /** What leaves no trace where there is no screen. */
    private static final Set<TouchpointType> ON_SCREEN = EnumSet.of(
            TouchpointType.IMPRESSION,
            TouchpointType.CLICK,
            TouchpointType.SEARCH,
            TouchpointType.VIEW,
            TouchpointType.CART_ADD,
            TouchpointType.WISH_LIST);

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final double BEST_CHANNEL = 0.7;
    /** Cents to the ten-thousandths of {@link Line}. */
    private static final int CENT = 100;

    private static final int UNIT = 10_000;

    private final Plan plan;
    private final Affinities affinities;
    private final Cupboard cupboard = new Cupboard();
    private final SplittableRandom random;
    private final long until;
    private final ShopRates rates;
    private final Consumer<FeedRecord> out;
    private int ordinal;
    private int orders;

    /**
     * A customer.
     *
     * @param until first instant after the shop's last day
     * @param out takes each event; they do not come in order of time, but none is before the instant asked for, or
     *     {@link #LEAD} before an order
     */
    Shopper(
            Plan plan,
            Affinities affinities,
            SplittableRandom random,
            long until,
            ShopRates rates,
            Consumer<FeedRecord> out) {
        this.plan = plan;
        this.affinities = affinities;
        this.random = random;
        this.until = until;
        this.rates = rates;
        this.out = out;
    }

    /** A visit that leads nowhere. */
    void browse(long time) {
        browse(time, session(), null);
    }

    private void browse(long time, int channel, @Nullable String campaign) {
        touch(time, TouchpointType.VISIT, channel, null, campaign, null);
        if (happens(0.2)) {
            touch(time + MINUTE / 2, TouchpointType.SEARCH, channel, null, null, null);
        }
        int views = 1 + random.nextInt(3);
        for (int i = 1; i <= views; i++) {
            Product product = plan.taste().draw(random);
            touch(time + i * MINUTE, TouchpointType.VIEW, channel, product, null, null);
            if (happens(0.05)) {
                touch(time + i * MINUTE + 20_000, TouchpointType.CART_ADD, channel, product, null, null);
            } else if (happens(0.05)) {
                touch(time + i * MINUTE + 20_000, TouchpointType.WISH_LIST, channel, product, null, null);
            }
        }
    }

    /**
     * A mail, or a text message to those who like them better, and what comes of it.
     *
     * @return whether it was opened
     */
    boolean mail(long time) {
        int channel = plan.channel() == SMS ? SMS : EMAIL;
        String campaign = campaign(time);
        touch(time, TouchpointType.IMPRESSION, channel, null, campaign, null);
        boolean liked = plan.channel() == channel;
        if (!happens((liked ? 0.6 : 0.35) * plan.engagement(time))) {
            return false;
        }
        long opened = Math.max(time + MINUTE, plan.moment(time, random));
        touch(opened, TouchpointType.OPEN, channel, null, campaign, null);
        if (happens(liked ? 0.5 : 0.15)) {
            touch(opened + MINUTE, TouchpointType.CLICK, channel, null, campaign, null);
            browse(opened + MINUTE + 5_000, channel, campaign);
        }
        return true;
    }

    /** An order, what led to it and what follows. */
    void buy(long time) {
        boolean small = plan.isFading(time) && happens(0.6);
        List<Product> basket = cupboard.fill(time, small, random, plan.taste(), affinities);
        int channel = session();
        // Each product takes two minutes: looked at and put into the cart.
        long visit = time - (5 + 2L * basket.size() + random.nextInt(20)) * MINUTE;
        lead(visit, channel);
        touch(visit, TouchpointType.VISIT, channel, null, null, null);
        int coupon = plan.segment() == ShopSegment.BARGAIN && happens(0.7) ? 10 + 5 * random.nextInt(5) : 0;
        List<Line> lines = new ArrayList<>(basket.size());
        long discount = 0;
        for (int i = 0; i < basket.size(); i++) {
            Product product = basket.get(i);
            long at = visit + (1 + 2L * i) * MINUTE;
            touch(at, TouchpointType.VIEW, channel, product, null, null);
            touch(at + MINUTE, TouchpointType.CART_ADD, channel, product, null, null);
            int quantity = happens(0.8) ? 1 : 2 + random.nextInt(2);
            lines.add(new Line(
                    product.sku(),
                    product.category(),
                    (long) quantity * UNIT,
                    product.price() * (100 - coupon) * CENT / 100,
                    product.cost() * CENT));
            discount += quantity * product.price() * coupon * CENT / 100;
        }
        if (coupon > 0) {
            touch(time - MINUTE, TouchpointType.COUPON_CLAIMED, channel, null, null, null);
        }
        orders++;
        String order = plan.id() + "/order/" + orders;
        long total = Line.sumMinor(lines, SimulatedShop.MINOR_DIGITS);
        String place = CHANNELS.get(channel == EMAIL || channel == SMS ? 0 : channel);
        send(Topic.PURCHASES, new Purchase(id(), time, order, SimulatedShop.CURRENCY, place, discount, lines, total));
        follow(time, channel, basket.get(0));
        if (happens(rates.returns())) {
            giveBack(time + (3 + random.nextInt(18)) * DAY + random.nextLong(4 * HOUR), order, lines, channel);
        }
    }

    /** What made them come. */
    private void lead(long visit, int channel) {
        if (channel == EMAIL || channel == SMS) {
            String campaign = campaign(visit);
            touch(visit - 3 * MINUTE, TouchpointType.OPEN, channel, null, campaign, null);
            touch(visit - MINUTE, TouchpointType.CLICK, channel, null, campaign, null);
        } else if (happens(0.25)) {
            touch(visit - MINUTE - random.nextLong(2 * HOUR), TouchpointType.IMPRESSION, channel, null, "ads", null);
            touch(visit - MINUTE / 2, TouchpointType.CLICK, channel, null, "ads", null);
        }
    }

    private void follow(long time, int channel, Product product) {
        boolean content = !plan.isFading(time) && !plan.isBroken(time);
        if (happens(0.06)) {
            long at = plan.moment(time + (3 + random.nextInt(8)) * DAY, random);
            touch(at, TouchpointType.REVIEW, channel, product, null, grade(content));
        }
        if (happens(0.05)) {
            touch(time + DAY, TouchpointType.SURVEY, channel, null, null, grade(content));
        }
        if (content && happens(0.015)) {
            touch(time + 2 * DAY, TouchpointType.REFERRAL, channel, null, null, null);
        }
        if (happens(0.02)) {
            touch(time + 30 * HOUR, TouchpointType.SERVICE_CONTACT, channel, null, null, null);
        }
        if (happens(0.005)) {
            touch(time + 3 * DAY, TouchpointType.COMPLAINT, channel, product, null, null);
        }
    }

    /** From 1 to 5. */
    private Double grade(boolean content) {
        return content ? 3.0 + random.nextInt(3) : 1.0 + random.nextInt(3);
    }

    private void giveBack(long time, String order, List<Line> bought, int channel) {
        boolean named = happens(rates.named());
        boolean whole = named && happens(rates.whole());
        List<Line> lines = whole ? bought : bought.subList(0, 1);
        long total = Line.sumMinor(lines, SimulatedShop.MINOR_DIGITS);
        send(
                Topic.PURCHASES,
                new Return(id(), time, named ? order : null, whole, SimulatedShop.CURRENCY, lines, total));
        if (happens(0.1)) {
            touch(time + HOUR, TouchpointType.COMPLAINT, channel, null, null, null);
        }
    }

    /** Shows that the shop has lost them, or is about to. */
    void grieve(long time) {
        switch (plan.grievance()) {
            case COMPLAINT -> touch(time, TouchpointType.COMPLAINT, session(), null, null, null);
            case SURVEY -> touch(time, TouchpointType.SURVEY, session(), null, null, 1.0 + random.nextInt(2));
            case UNSUBSCRIBE ->
                touch(
                        time,
                        TouchpointType.UNSUBSCRIBE,
                        plan.channel() == SMS ? SMS : EMAIL,
                        null,
                        campaign(time),
                        null);
            case NONE -> throw new IllegalStateException("Nothing to complain of.");
        }
    }

    private int session() {
        return happens(BEST_CHANNEL) ? plan.channel() : random.nextInt(CHANNELS.size());
    }

    private static String campaign(long time) {
        return "letter-" + Math.floorDiv(time, 14 * DAY);
    }

    private boolean happens(double chance) {
        return random.nextDouble() < chance;
    }

    private void touch(
            long time,
            TouchpointType type,
            int channel,
            @Nullable Product product,
            @Nullable String campaign,
            @Nullable Double value) {
        if (channel == STORE && ON_SCREEN.contains(type)) {
            return;
        }
        String sku = product == null ? null : product.sku();
        String category = product == null ? null : product.category();
        send(
                Topic.TOUCHPOINTS,
                new Touchpoint(id(), time, type, CHANNELS.get(channel), sku, category, campaign, null, value));
    }

    private String id() {
        ordinal++;
        return plan.id() + "/" + ordinal;
    }

    private void send(Topic topic, Event event) {
        if (event.time() < until) {
            out.accept(FeedRecord.of(topic, plan.id(), event));
        }
    }
}
