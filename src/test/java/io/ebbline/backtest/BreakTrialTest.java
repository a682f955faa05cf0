package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.feed.BreakKind;
import io.ebbline.connector.feed.CustomerTruth;
import io.ebbline.connector.feed.ShopSegment;
import io.ebbline.model.Evidence;
import io.ebbline.testing.Shop;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rhythms break on day 100; alarms count from 56 days before to 84 days after; the history has 400 days. */
class BreakTrialTest {

    private static final long END = Shop.day(400);

    private static Subject subject(@Nullable Double broke, @Nullable Double returned, List<Silence> silences) {
        CustomerTruth truth = new CustomerTruth(
                "c",
                ShopSegment.REGULAR,
                instant(0.0),
                20.0,
                instant(broke),
                broke == null ? BreakKind.NONE : BreakKind.STOPPED,
                instant(returned),
                "web",
                9);
        return new Subject(new CustomerEvents("c", List.of()), truth, silences);
    }

    private static @Nullable Instant instant(@Nullable Double day) {
        return day == null ? null : Instant.ofEpochMilli(Shop.day(day));
    }

    private static Alarm alarm(double raised, double ended) {
        return new Alarm(Shop.day(raised), ended == 0 ? Alarm.OPEN : Shop.day(ended), Alarm.Cause.LOW_REPURCHASE, 1);
    }

    private static BreakFigures judge(Subject subject, Alarm... alarms) {
        BreakTrial test = new BreakTrial(List.of(subject), END, 56 * Shop.DAY, 84 * Shop.DAY);
        return test.judge(List.of(List.of(alarms)), who -> true, which -> true);
    }

    @ParameterizedTest
    @CsvSource({
        // raised, ended (0: open), right, early, found, weeks of delay
        "100,   0, 1, 0, 1, 0",
        "121,   0, 1, 0, 1, 3",
        "121, 122, 1, 0, 1, 3",
        "99.5,  0, 0, 1, 1, 0",
        "44,    0, 0, 1, 1, 0",
        "43.9,  0, 0, 0, 0, NaN",
        "90,   95, 0, 1, 0, NaN",
        "184,   0, 1, 0, 1, 12",
        "184.1, 0, 1, 0, 0, NaN"
    })
    void anAlarmMeetsABreak(double raised, double ended, int right, int early, int found, double delay) {
        BreakFigures figures = judge(subject(100.0, null, List.of()), alarm(raised, ended));

        assertThat(figures).isEqualTo(new BreakFigures(1, right, early, 1, found, delay));
    }

    @Test
    void whoIsBackIsNotBroken() {
        Subject subject = subject(100.0, 150.0, List.of());

        assertThat(judge(subject, alarm(149, 0)).right()).isOne();
        assertThat(judge(subject, alarm(150, 0))).isEqualTo(new BreakFigures(1, 0, 0, 1, 0, Double.NaN));
    }

    @Test
    void theFirstAlarmInTimeTells() {
        BreakFigures figures = judge(subject(100.0, null, List.of()), alarm(20, 30), alarm(107, 110), alarm(128, 0));

        assertThat(figures).isEqualTo(new BreakFigures(3, 2, 0, 1, 1, 1));
        assertThat(figures.precision()).isEqualTo(2.0 / 3);
    }

    @Test
    void aBreakTooLateToBeFoundIsNotAskedFor() {
        assertThat(judge(subject(316.0, null, List.of())).breaks()).isOne();
        assertThat(judge(subject(316.1, null, List.of())).breaks()).isZero();
        assertThat(judge(subject(null, null, List.of()), alarm(50, 0)))
                .isEqualTo(new BreakFigures(1, 0, 0, 0, 0, Double.NaN));
    }

    @Test
    void theHiatusRaisesAsManyAlarms() {
        List<Silence> silences = List.of(
                new Silence(Shop.day(0), 10 * Shop.DAY, new Evidence(0, 0, 0, 0, 0, 1)),
                new Silence(Shop.day(10), 30 * Shop.DAY, new Evidence(1, 10 * Shop.DAY, 1, 1, 0, 1)),
                new Silence(Shop.day(40), 20 * Shop.DAY, new Evidence(2, 40 * Shop.DAY, 2, 2, 0, 1)),
                new Silence(Shop.day(60), Silence.ENDLESS, new Evidence(3, 60 * Shop.DAY, 3, 3, 0, 1)));
        BreakTrial test = new BreakTrial(List.of(subject(null, null, silences)), END, 56 * Shop.DAY, 84 * Shop.DAY);

        long hiatus = test.hiatus(2, alarm -> alarm.repeats() > 0);

        assertThat(hiatus / (double) Shop.DAY).isBetween(29.999, 30.0);
        assertThat(test.hiatus(hiatus).get(0))
                .containsExactly(
                        new Alarm(Shop.day(10) + hiatus, Shop.day(40), Alarm.Cause.HIATUS, 1),
                        new Alarm(Shop.day(60) + hiatus, Alarm.OPEN, Alarm.Cause.HIATUS, 3));
    }
}
