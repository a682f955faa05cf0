package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.testing.Shop;
import io.ebbline.wire.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CustomerEventsTest {

    private static final Event VISIT = Shop.visit(Shop.day(1));
    private static final Purchase ORDER = Shop.order("o", Shop.day(1), 100);
    private static final Event BACK = Shop.wholeBack("o", Shop.day(1), 100);

    @Test
    void eventsStandInTheOrderInWhichTheEngineAppliesThem() {
        Event early = Shop.visit(Shop.day(0));

        List<CustomerEvents> customers = CustomerEvents.of(
                List.of(touch("b", VISIT), touch("a", VISIT), order("a", BACK), order("a", ORDER), touch("a", early)),
                "GBP");

        assertThat(customers)
                .containsExactly(
                        new CustomerEvents("b", List.of(VISIT)),
                        new CustomerEvents("a", List.of(early, ORDER, BACK, VISIT)));
        assertThat(customers.get(1).events()).containsExactly(early, ORDER, BACK, VISIT);
        assertThat(customers.get(1).withoutTouchpoints().events()).containsExactly(ORDER, BACK);
    }

    @Test
    void whatTheEngineRejectsIsLeftOut() {
        long day = Shop.day(1);
        FeedRecord future = new FeedRecord(Topic.PURCHASES, "a", 0, day - Shop.DAY - 1, ORDER, null);
        FeedRecord nearly = new FeedRecord(Topic.PURCHASES, "b", 0, day - Shop.DAY, ORDER, null);
        FeedRecord broken = new FeedRecord(Topic.PURCHASES, "a", day, day, null, new byte[] {1});

        assertThat(CustomerEvents.of(List.of(order(null, ORDER), future, nearly, broken), "GBP"))
                .containsExactly(new CustomerEvents("b", List.of(ORDER)));
        assertThat(CustomerEvents.of(List.of(order("a", ORDER), order("a", BACK), touch("a", VISIT)), "EUR"))
                .containsExactly(new CustomerEvents("a", List.of(VISIT)));
    }

    private static FeedRecord order(@Nullable String customer, Event event) {
        return FeedRecord.of(Topic.PURCHASES, customer, event);
    }

    private static FeedRecord touch(String customer, Event event) {
        return FeedRecord.of(Topic.TOUCHPOINTS, customer, event);
    }
}
