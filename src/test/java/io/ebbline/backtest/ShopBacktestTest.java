package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.feed.CustomerTruth;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.ShopSegment;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine in a shop of 400 customers and two years. */
class ShopBacktestTest {

    private static final ScoringModel MODEL = ScoringModel.shipped();
    private static final SimulatedShop SHOP = new SimulatedShop(11, 400, 730, Instant.parse("2025-01-01T00:00:00Z"));
    private static final ShopBacktest BACKTEST = backtest();
    private static final ShopBacktest.Run RUN = BACKTEST.run(MODEL.churn().declineBelow());

    private static ShopBacktest backtest() {
        History history = SHOP.history();
        Map<String, CustomerTruth> truths =
                SHOP.truth().customers().collect(Collectors.toMap(CustomerTruth::id, Function.identity()));
        return new ShopBacktest(
                CustomerEvents.of(history.records(), history.currency()),
                truths,
                history.end(),
                MODEL,
                EngineRules.defaults(),
                Duration.ofDays(84).toMillis());
    }

    @Test
    void causesAndSegmentsAddUpToAll() {
        ShopBacktest.Row all = BACKTEST.all(RUN);

        assertThat(Arrays.stream(Alarm.Cause.values())
                        .mapToInt(cause -> BACKTEST.of(RUN, cause).alarms())
                        .sum())
                .isEqualTo(all.engine().alarms())
                .isPositive();
        assertThat(Arrays.stream(ShopSegment.values())
                        .mapToInt(segment -> BACKTEST.of(RUN, segment).engine().right())
                        .sum())
                .isEqualTo(all.engine().right());
        assertThat(all.hiatus().alarms()).isEqualTo(all.engine().alarms());
    }

    @Test
    void signalsOfFewerCustomersAreRarerAndTruer() {
        ShopBacktest.Row few = BACKTEST.all(BACKTEST.run(0.2));
        ShopBacktest.Row many = BACKTEST.all(BACKTEST.run(0.6));

        assertThat(few.engine().alarms()).isLessThan(many.engine().alarms());
        assertThat(few.engine().precision()).isGreaterThan(many.engine().precision());
        assertThat(few.engine().recall()).isLessThan(many.engine().recall());
    }

    /** docs/quality.md has the figures of a bigger shop. The margins are wide, for there are about a hundred breaks here. */
    @Test
    void signalsTellOfMoreBreaksAndSoonerThanAHiatusWithAsManyAlarms() {
        ShopBacktest.Row all = BACKTEST.all(RUN);

        assertThat(all.engine().breaks()).isBetween(70, 160);
        assertThat(all.engine().precision()).isGreaterThan(all.hiatus().precision());
        assertThat(all.engine().medianDelayWeeks()).isLessThan(all.hiatus().medianDelayWeeks() - 1);
        assertThat(all.engine().recall()).isGreaterThan(0.7);
    }

    @Test
    void touchpointsTellOfMoreBreaks() {
        ShopBacktest.Row without = BACKTEST.all(BACKTEST.runWithoutTouchpoints());

        assertThat(without.engine().recall())
                .isLessThan(BACKTEST.all(RUN).engine().recall() - 0.1);
    }

    @Test
    void everyCustomerInDeclineWhoComesBackIsToldOf() {
        ShopBacktest.Returns returns = BACKTEST.returns(RUN);

        assertThat(returns.returned()).isEqualTo((int) SHOP.truth()
                .customers()
                .filter(customer -> customer.returnedAt() != null)
                .count());
        assertThat(returns.declined()).isBetween(1, returns.returned());
        assertThat(returns.wakeUps() + returns.winBacks()).isBetween(1, returns.declined());
    }

    @Test
    void mostOneTimeBuyersAreToldOf() {
        ShopBacktest.Once once = BACKTEST.once(RUN);

        assertThat(once.right()).isEqualTo(once.found());
        assertThat((double) once.found() / once.customers()).isGreaterThan(0.8);
        assertThat(once.alarms()).isGreaterThan(once.right());
    }
}
