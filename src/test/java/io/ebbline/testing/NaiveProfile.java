package io.ebbline.testing;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list of applied events amounts to, by the definitions of the design and by nothing but plain lists: the oracle of
 * profile and ledger.
 *
 * @param keptOrders orders not wholly returned
 * @param lastOrder time of the latest of them; null when there is none
 * @param firstOrder time of the first order ever, returned or not; null when there is none
 * @param lastVisit time of the latest visit; null when there is none
 * @param pieces what a look-back window may hold
 */
public record NaiveProfile(
        long orders,
        long keptOrders,
        @Nullable Long lastOrder,
        @Nullable Long firstOrder,
        @Nullable Long lastVisit,
        BigDecimal gross,
        BigDecimal returned,
        long touchpoints,
        List<Piece> pieces) {

    /** An order that can still be returned, or a return that belongs to none. */
    public record Piece(long time, boolean kept, BigDecimal net) {

        boolean counts() {
            return kept || net.signum() != 0;
        }
    }

    /** What R, F and M are drawn from; {@code lastOrder} is null when no kept order is in the window. */
    public record Window(long keptOrders, @Nullable Long lastOrder, long monetaryMinor) {}

    private static final long RETURNABLE_MILLIS = 400L * 24 * 60 * 60 * 1000;
    private static final int RETURNABLE_ORDERS = 1_000;

    private static final class Order {
        final String id;
        final long time;
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal returned = BigDecimal.ZERO;
        boolean whole;
        boolean closed;

        Order(String id, long time) {
            this.id = id;
            this.time = time;
        }

        boolean kept() {
            boolean byAmount = returned.signum() != 0 && returned.compareTo(gross) >= 0;
            return !whole && !byAmount;
        }
    }

    /** Monetary: what was bought less what came back. */
    public long monetaryMinor() {
        return gross.subtract(returned).longValueExact();
    }

    /** What the window (asOf - millis, asOf] holds; all there is when millis is 0. */
    public Window within(long millis, long asOf) {
        if (millis == 0) {
            return new Window(keptOrders, lastOrder, monetaryMinor());
        }
        List<Piece> held = piecesWithin(millis, asOf);
        List<Long> kept = held.stream().filter(Piece::kept).map(Piece::time).toList();
        BigDecimal net = held.stream().map(Piece::net).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Window(kept.size(), kept.stream().max(Long::compare).orElse(null), net.longValueExact());
    }

    /** The pieces that make a difference to what that window holds. */
    public List<Piece> piecesWithin(long millis, long asOf) {
        return pieces.stream()
                .filter(piece -> piece.time > asOf - millis && piece.counts())
                .toList();
    }

    /** The facts of events in the order in which they were applied. */
    public static NaiveProfile of(List<Event> applied) {
        List<Order> orders = new ArrayList<>();
        List<Piece> pieces = new ArrayList<>();
        BigDecimal gross = BigDecimal.ZERO;
        BigDecimal returned = BigDecimal.ZERO;
        Long lastVisit = null;
        long touchpoints = 0;
        for (Event event : applied) {
            if (event instanceof Purchase purchase) {
                BigDecimal amount = BigDecimal.valueOf(purchase.totalMinor());
                gross = gross.add(amount);
                Order order = open(orders, purchase.orderId(), purchase.time());
                if (order == null) {
                    order = new Order(purchase.orderId(), purchase.time());
                    orders.add(order);
                }
                order.gross = order.gross.add(amount);
                order.whole = false;
                closeBeyondCapacity(orders);
            } else if (event instanceof Return goods) {
                BigDecimal amount = BigDecimal.valueOf(goods.totalMinor());
                Order order = goods.orderId() == null ? null : open(orders, goods.orderId(), goods.time());
                if (order != null) {
                    if (goods.whole() && goods.lines().isEmpty()) {
                        amount = order.gross.subtract(order.returned).max(BigDecimal.ZERO);
                    }
                    order.returned = order.returned.add(amount);
                    order.whole |= goods.whole();
                } else {
                    pieces.add(new Piece(goods.time(), false, amount.negate()));
                }
                returned = returned.add(amount);
            } else if (event instanceof Touchpoint touchpoint) {
                touchpoints++;
                if (touchpoint.type().isVisit()) {
                    lastVisit = lastVisit == null ? touchpoint.time() : Math.max(lastVisit, touchpoint.time());
                }
            }
        }
        List<Order> kept = orders.stream().filter(Order::kept).toList();
        orders.stream()
                .filter(order -> !order.closed)
                .forEach(
                        order -> pieces.add(new Piece(order.time, order.kept(), order.gross.subtract(order.returned))));
        return new NaiveProfile(
                orders.size(),
                kept.size(),
                kept.isEmpty()
                        ? null
                        : kept.stream().mapToLong(o -> o.time).max().getAsLong(),
                orders.isEmpty()
                        ? null
                        : orders.stream().mapToLong(o -> o.time).min().getAsLong(),
                lastVisit,
                gross,
                returned,
                touchpoints,
                List.copyOf(pieces));
    }

    /** The order of that id that more lines or a return can still be booked to; null when there is none. */
    private static @Nullable Order open(List<Order> orders, String id, long now) {
        Order found = null;
        for (Order order : orders) {
            order.closed |= order.time < now - RETURNABLE_MILLIS;
            if (!order.closed && order.id.equals(id)) {
                found = order;
            }
        }
        return found;
    }

    private static void closeBeyondCapacity(List<Order> orders) {
        List<Order> open = orders.stream().filter(order -> !order.closed).toList();
        for (int i = 0; i < open.size() - RETURNABLE_ORDERS; i++) {
            open.get(i).closed = true;
        }
    }
}
