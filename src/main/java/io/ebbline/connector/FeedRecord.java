package io.ebbline.connector;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.wire.Topic;
import org.jspecify.annotations.Nullable;

/**
 * One record of a feed before it is encoded.
 *
 * @param topic where it goes
 * @param customer the key; null for an event whose customer is not known
 * @param arrival its place in the feed: the instant at which it is sent, milliseconds since the epoch
 * @param recordTime the Kafka record's time, milliseconds since the epoch: the event's time but for a broken clock
 * @param event what happened; null when {@code raw} is set
 * @param raw the value as it is, for a record that no producer should have written
 */
public record FeedRecord(
        Topic topic,
        @Nullable String customer,
        long arrival,
        long recordTime,
        @Nullable Event event,
        byte @Nullable [] raw) {

    /** An event that is sent when it happens. */
    public static FeedRecord of(Topic topic, @Nullable String customer, Event event) {
        return new FeedRecord(topic, customer, event.time(), event.time(), event, null);
    }

    /**
     * Whether the engine would take it for an event of a customer: not of nobody, from the future, in another currency, or
     * none at all.
     *
     * @param currency ISO 4217 code of the shop's currency
     * @param futureToleranceMillis how far an event may be ahead of its record
     */
    public boolean isAcceptedIn(String currency, long futureToleranceMillis) {
        if (event == null || customer == null || event.time() > recordTime + futureToleranceMillis) {
            return false;
        }
        return event instanceof Purchase purchase
                ? purchase.currency().equals(currency)
                : !(event instanceof Return goods) || goods.currency().equals(currency);
    }
}
