package io.ebbline.backtest;

import io.ebbline.connector.FeedRecord;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.fit.Buyer;
import io.ebbline.fit.BuyerFold;
import io.ebbline.profile.ShopClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer's events in their order, as the engine applies them when nothing comes late.
 *
 * @param events by time, then purchases before returns before touchpoints, then by id
 */
public record CustomerEvents(String customer, List<Event> events) {

    /** How far an event may be ahead of its record; {@code run} rejects it from there on too. */
    private static final long FUTURE_TOLERANCE = Duration.ofDays(1).toMillis();

    private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::time)
            .thenComparingInt(CustomerEvents::rank)
            .thenComparing(Event::id);

    public CustomerEvents {
        events = events.stream().sorted(ORDER).toList();
    }

    /**
     * The customers of a feed in the order in which they first come up. What the engine would reject is left out: events of
     * nobody, from the future, in another currency, and what is no event.
     *
     * @param currency ISO 4217 code of the shop's currency
     */
    public static List<CustomerEvents> of(Iterable<FeedRecord> records, String currency) {
        Map<String, List<Event>> byCustomer = new LinkedHashMap<>();
        for (FeedRecord record : records) {
            Event event = record.event();
            String customer = record.customer();
            if (event != null && customer != null && record.isAcceptedIn(currency, FUTURE_TOLERANCE)) {
                byCustomer.computeIfAbsent(customer, name -> new ArrayList<>()).add(event);
            }
        }
        List<CustomerEvents> customers = new ArrayList<>(byCustomer.size());
        byCustomer.forEach((customer, events) -> customers.add(new CustomerEvents(customer, events)));
        return customers;
    }

    /** The same customer as a shop knows them that records orders and returns alone. */
    public CustomerEvents withoutTouchpoints() {
        return new CustomerEvents(
                customer,
                events.stream().filter(event -> !(event instanceof Touchpoint)).toList());
    }

    /** The same customer as far as they are known at an instant, milliseconds since the epoch, its events included. */
    public CustomerEvents until(long instant) {
        return new CustomerEvents(
                customer,
                events.stream().filter(event -> event.time() <= instant).toList());
    }

    /** Their orders as a fit reads them; null for who never ordered. */
    public @Nullable Buyer buyer(EngineRules rules) {
        BuyerFold fold = new BuyerFold(new ShopClock(rules.timeZone()), rules.dedupHorizonMillis());
        events.forEach(fold::add);
        return fold.buyer();
    }

    private static int rank(Event event) {
        return event instanceof Purchase ? 0 : event instanceof Return ? 1 : 2;
    }
}
