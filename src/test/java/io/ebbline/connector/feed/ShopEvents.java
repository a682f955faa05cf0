package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a simulated shop sent, by customer and in the order in which it happened. */
final class ShopEvents {

    static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    static final double DAY = Duration.ofDays(1).toMillis();

    private final Map<String, List<Event>> events = new HashMap<>();

    ShopEvents(Iterable<FeedRecord> records) {
        for (FeedRecord record : records) {
            Event event = record.event();
            if (event != null && record.customer() != null) {
                events.computeIfAbsent(record.customer(), c -> new ArrayList<>())
                        .add(event);
            }
        }
        events.values().forEach(own -> own.sort((a, b) -> Long.compare(a.time(), b.time())));
    }

    List<Event> of(String customer) {
        return events.getOrDefault(customer, List.of());
    }

    List<Purchase> orders(String customer) {
        return of(customer).stream()
                .filter(Purchase.class::isInstance)
                .map(Purchase.class::cast)
                .toList();
    }

    /** Arrays are not equal to their likes, so records are compared by what they show. */
    static List<String> text(Collection<FeedRecord> records) {
        return records.stream()
                .map(r -> r.topic() + " " + r.customer() + " " + r.arrival() + " " + r.recordTime() + " " + r.event()
                        + " " + Arrays.toString(r.raw()))
                .toList();
    }
}
