package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.fit.OrderHistory.Order;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;

class OrderHistoryTest {

    private static final long DAY = 86_400_000;

    private static Purchase purchase(String id, String order, long time, String sku) {
        Line line = new Line(sku, null, 10_000, 10_000, null);
        return new Purchase(id, time, order, "GBP", null, null, List.of(line), 100);
    }

    @Example
    void whatIsBoughtWithinAMinuteIsOneOrder() {
        OrderHistory history = new OrderHistory.Builder()
                .add(
                        "a",
                        List.of(
                                purchase("1", "1", 0, "A"),
                                purchase("2", "2", 59_999, "B"),
                                purchase("3", "3", 60_000, "C"),
                                purchase("4", "1", 2 * DAY, "D"),
                                purchase("3", "3", 3 * DAY, "C")))
                .add("b", List.of(purchase("1", "1", 0, "A")))
                .build();
        assertThat(history.orders()).extracting(Order::customer).containsExactly("a", "b", "a", "a");
        assertThat(history.orders().get(0).skus()).containsExactly("A", "B");
        assertThat(history.orders().get(0).purchase().totalMinor()).isEqualTo(200);
        assertThat(history.orders()).extracting(Order::begins).containsExactly(true, true, true, false);
    }

    @Example
    void anOrderMeetsWhatTheTicksBeforeItHold() {
        OrderHistory history = new OrderHistory.Builder()
                .add(
                        "a",
                        List.of(
                                purchase("1", "1", 5 * DAY, "A"),
                                purchase("2", "2", 7 * DAY - 1, "B"),
                                purchase("3", "3", 7 * DAY, "C"),
                                purchase("4", "4", 11 * DAY, "D")))
                .build();
        List<String> met = new ArrayList<>();
        history.walk(
                2,
                2,
                (order, shelf, market) ->
                        met.add(shelf.items().size() + " owned, " + market.size() + " known as of " + market.tick()));
        assertThat(met)
                .containsExactly(
                        "0 owned, 0 known as of " + Integer.MIN_VALUE,
                        "1 owned, 0 known as of " + Integer.MIN_VALUE,
                        "2 owned, 2 known as of 6",
                        "3 owned, 3 known as of 10");
    }
}
