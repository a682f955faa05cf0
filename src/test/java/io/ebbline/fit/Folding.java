package io.ebbline.fit;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.History;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.EventCodec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Folds a history without the job: each customer's events in the order of time. */
public final class Folding {

    private static final ShopClock UTC = new ShopClock(ZoneOffset.UTC);
    private static final long MONTH = Duration.ofDays(30).toMillis();

    private final Map<String, List<Event>> customers = new TreeMap<>();

    /** A history of everybody. */
    public static Folded of(History history) {
        return of(history, event -> true);
    }

    /** A history of everybody, of some events alone. */
    public static Folded of(History history, Predicate<Event> which) {
        return added(history, which).folded(Long.MAX_VALUE);
    }

    /** A history of everybody under a look-back window. */
    static Folded within(long lookBackMillis, History history) {
        return added(history, event -> true).folded(Long.MAX_VALUE, lookBackMillis);
    }

    private static Folding added(History history, Predicate<Event> which) {
        Folding folding = new Folding();
        for (FeedRecord record : history.records()) {
            Event event = record.event();
            boolean accepted =
                    record.isAcceptedIn(history.currency(), Duration.ofDays(1).toMillis());
            if (accepted && !(event instanceof Touchpoint) && which.test(event)) {
                folding.add(record.customer(), event);
            }
        }
        return folding;
    }

    void add(String customer, Event event) {
        customers.computeIfAbsent(customer, c -> new ArrayList<>()).add(event);
    }

    Folded folded(long most) {
        return folded(most, 0);
    }

    Folded folded(long most, long lookBackMillis) {
        Folded.Builder folded = new Folded.Builder(most);
        CustomerFold fold = new CustomerFold(UTC, MONTH, lookBackMillis);
        customers.forEach((customer, events) -> {
            EventCodec codec = new EventCodec();
            events.sort((a, b) -> EventCodec.compare(a.time(), codec.encode(a), b.time(), codec.encode(b)));
            Buyer buyer = fold.fold(events);
            if (buyer != null) {
                folded.buyer(Hash64.of(customer), buyer);
                folded.orders(
                        customer,
                        events.stream().filter(Purchase.class::isInstance).toList());
            }
        });
        fold.census().days().forEach(folded::day);
        return folded.build();
    }

    /** A buyer who ordered once. */
    static Buyer buyer() {
        return Buyer.of(List.of(new Buyer.Booking(0, 100, 1, true)), List.of(), UTC);
    }
}
