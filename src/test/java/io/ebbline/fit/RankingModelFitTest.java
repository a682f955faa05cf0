package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.event.Event;
import io.ebbline.model.RankingModel;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;

class RankingModelFitTest {

    private static final long DAY = 86_400_000;
    private static final int CUSTOMERS = 60;
    private static final int DAYS = 150;
    private static final RankingModel BASE = RankingModel.shipped();

    /** Customers who order every few days; from an instant on another shop's. */
    private static OrderHistory history(long change, long other) {
        return ChangingShop.history(CUSTOMERS, DAYS, 8, 0, change, other);
    }

    private static Fitted<RankingModel> fit(OrderHistory history, long until) {
        return RankingModelFit.of(history.until(until), until, BASE, (orders, all) -> {});
    }

    @Example
    void whatComesLaterDoesNotMatter() {
        long change = 110 * DAY;
        Fitted<RankingModel> known = fit(history(change, 1_000), change);
        assertThat(fit(history(change, 2_000), change)).isEqualTo(known);
        assertThat(fit(history(change - 30 * DAY, 2_000), change)).isNotEqualTo(known);
        assertThat(known.parameters().explore()).isNotEqualTo(BASE.explore());
        assertThat(known.parameters().own()).isNotEqualTo(BASE.own());
        assertThat(known.logLikelihood()).isNegative();
        assertThat(known.customers()).isEqualTo(CUSTOMERS);
    }

    @Example
    void whoWaitsHearsOfEachTenth() {
        OrderHistory history = history(DAYS * DAY, 0);
        List<Integer> heard = new ArrayList<>();
        RankingModelFit.of(history, DAYS * DAY, BASE, (orders, all) -> {
            assertThat(all).isEqualTo(history.orders().size());
            heard.add(orders);
        });
        assertThat(heard).hasSize(10).isSorted().endsWith(history.orders().size());
    }

    /** A hundred products bought by all in turn, none of them twice. */
    @Example
    void whatIsTooLittleKnownAloneIsTakenOver() {
        OrderHistory.Builder builder = new OrderHistory.Builder();
        for (int k = 0; k < 20; k++) {
            List<Event> events = new ArrayList<>();
            for (int day = 0; day < 80; day++) {
                events.add(ChangingShop.purchase(
                        "" + day, day * DAY + k * DAY / 20, "P" + day, "Q" + (day * 7 + k) % 400));
            }
            builder.add("c" + k, events);
        }
        Fitted<RankingModel> fitted = fit(builder.build(), 80 * DAY);
        assertThat(fitted.parameters().own()).isEqualTo(BASE.own());
        assertThat(fitted.parameters().explore()).isNotEqualTo(BASE.explore());
        assertThat(fitted.note())
                .contains("1,580 orders of 91 days")
                .contains("Repeated purchases not fitted: Only 0 repeated purchases");
    }

    @Example
    void tooLittleIsRefusedWithBothReasons() {
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> fit(history(DAYS * DAY, 0), 4 * DAY))
                .withMessageContaining("First purchases not fitted: Only ")
                .withMessageContaining("Repeated purchases not fitted: Only ")
                .withMessageContaining("keep the weights in use");
    }
}
