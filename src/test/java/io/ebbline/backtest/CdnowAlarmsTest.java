package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.backtest.AlarmBacktest.Row;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.RealData;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import org.junit.jupiter.api.Test;

/** The alarm test on the real CDNOW. Expected figures: ALGORITHMS.md b, the table of alarms, measured before this was written. */
class CdnowAlarmsTest {

    private static AlarmBacktest backtest() {
        History history = HistoryFormat.CDNOW.read(RealData.file("cdnow/cdnow_master.csv.gz"), null);
        return new AlarmBacktest(
                CustomerEvents.of(history.records(), history.currency()),
                history.end(),
                ScoringModel.shipped(),
                EngineRules.defaults(),
                AlarmProtocol.standard(),
                15);
    }

    @Test
    void theFixedHiatusAndTheChancesAreAsPublished() {
        AlarmBacktest backtest = backtest();

        assertThat(backtest.silences()).isEqualTo(13_120);
        Row ten = backtest.hiatus(10);
        Row fifteen = backtest.hiatus(15);
        assertThat(ten.figures().precision()).isEqualTo(.497, within(.0005));
        assertThat(ten.figures().medianDelayRightWeeks()).isEqualTo(10);
        assertThat(fifteen.figures().precision()).isEqualTo(.561, within(.0005));
        assertThat(fifteen.figures().recall()).isOne();
        assertThat(fifteen.figures().medianDelayRightWeeks()).isEqualTo(15);
        // Their parameters were not published: ours differ a little.
        Row gap = backtest.rule(AlarmRule.MEAN_GAP, ten.figures().alarms());
        assertThat(gap.figures().precision()).isEqualTo(.376, within(.0005));
        assertThat(gap.figures().medianDelayRightWeeks()).isEqualTo(9.0, within(.05));
        Row alive = backtest.rule(AlarmRule.P_ALIVE, ten.figures().alarms());
        assertThat(alive.figures().precision()).isEqualTo(.488, within(.002));
        assertThat(alive.figures().medianDelayRightWeeks()).isEqualTo(10.9, within(.2));
        Row buy = backtest.rule(AlarmRule.P_BUY, ten.figures().alarms());
        assertThat(buy.figures().precision()).isEqualTo(.508, within(.002));
        assertThat(buy.figures().medianDelayRightWeeks()).isEqualTo(6.5, within(.3));
        Row later = backtest.rule(AlarmRule.P_BUY, fifteen.figures().alarms());
        assertThat(later.figures().precision()).isEqualTo(.563, within(.003));
        assertThat(later.figures().recall()).isEqualTo(.98, within(.005));
    }

    @Test
    void theEnginesSignalsMeetTheBar() {
        AlarmBacktest backtest = backtest();
        int alarms = backtest.hiatus(10).figures().alarms();

        Row engine = backtest.engine(alarms);
        Row shipped = backtest.engine(false);

        assertThat(engine.figures().alarms()).isBetween(alarms, alarms + 10);
        assertThat(engine.figures().precision()).isGreaterThanOrEqualTo(.505);
        assertThat(engine.figures().medianDelayWeeks()).isLessThanOrEqualTo(6.5);
        assertThat(shipped.figures().precision()).isGreaterThanOrEqualTo(.505);
        assertThat(shipped.figures().medianDelayWeeks()).isLessThanOrEqualTo(6.5);
        assertThat(shipped.figures().alarms()).isCloseTo(alarms, within(60));
    }
}
