package io.ebbline.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ebbline.event.Event;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.Evidence;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.ShopClock;
import io.ebbline.testing.Shop;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The alarm test against its protocol as one would do it by hand, day by day. */
class AlarmTrialTest {

    private static final AlarmProtocol PROTOCOL = new AlarmProtocol(20, 30, 40);
    private static final int DAYS = 200;
    private static final ScoringModel MODEL = ScoringModel.shipped();
    private static final ShopClock CLOCK = new ShopClock(ZoneOffset.UTC);
    private static final long FIRST_DAY = CLOCK.day(Shop.day(0));

    /** Days of orders, some of them twice. */
    private static List<Integer> orders(Random random) {
        List<Integer> days = new ArrayList<>();
        int day = random.nextInt(30);
        while (day < DAYS) {
            days.add(day);
            day += random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(12);
        }
        return days;
    }

    private static CustomerEvents customer(List<Integer> days) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            events.add(Shop.order("o" + i, Shop.day(days.get(i)), 100));
        }
        return new CustomerEvents("c", events);
    }

    private static List<Silence> silences(List<List<Integer>> customers) {
        return customers.stream()
                .flatMap(days ->
                        PROTOCOL.silences(customer(days), MODEL, CLOCK, FIRST_DAY, FIRST_DAY + DAYS - 1).stream())
                .toList();
    }

    private static AlarmTrial test(List<List<Integer>> customers) {
        return new AlarmTrial(silences(customers), PROTOCOL.window(), PROTOCOL.horizon(), 50 * Shop.DAY);
    }

    private static List<List<Integer>> customers(long seed) {
        Random random = new Random(seed);
        List<List<Integer>> customers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            customers.add(orders(random));
        }
        return customers;
    }

    @Property(tries = 200)
    void aHiatusIsJudgedAsByHand(@ForAll long seed, @ForAll @IntRange(min = 0, max = 35) int hiatus) {
        List<List<Integer>> customers = customers(seed);
        int alarms = 0;
        int right = 0;
        int lost = 0;
        int found = 0;
        for (List<Integer> days : customers) {
            TreeSet<Integer> occasions = new TreeSet<>(days);
            for (int day = 20; day + 30 + 40 <= DAYS; day++) {
                if (!occasions.contains(day) || occasions.first() == day) {
                    continue;
                }
                int quiet = 1;
                while (quiet <= DAYS && !occasions.contains(day + quiet)) {
                    quiet++;
                }
                boolean alarm = quiet >= hiatus && hiatus <= 30;
                alarms += alarm ? 1 : 0;
                right += alarm && quiet >= hiatus + 40 ? 1 : 0;
                lost += quiet >= 50 ? 1 : 0;
                found += alarm && quiet >= 50 ? 1 : 0;
            }
        }

        AlarmFigures figures = test(customers).judge(AlarmRule.HIATUS, MODEL.buying(), hiatus);

        assertThat(figures)
                .isEqualTo(new AlarmFigures(
                        alarms,
                        right,
                        lost == 0 ? Double.NaN : (double) found / lost,
                        alarms == 0 ? Double.NaN : hiatus / 7.0,
                        right == 0 ? Double.NaN : hiatus / 7.0));
    }

    @Property(tries = 100)
    void aChanceRaisesItsAlarmAtTheVeryMillisecond(@ForAll long seed) {
        BuyingModel buying = MODEL.buying();
        double threshold = 0.1 + 0.8 * new Random(seed).nextDouble();
        for (Silence silence : silences(customers(seed))) {
            long delay = AlarmRule.P_BUY.delay(silence, buying, threshold);

            assertThat(buying.pBuy(silence.evidence(), delay)).isLessThan(threshold);
            if (delay > 0) {
                assertThat(buying.pBuy(silence.evidence(), delay - 1)).isGreaterThanOrEqualTo(threshold);
            }
        }
    }

    @Property(tries = 50)
    void theThresholdGivesAsManyAlarmsAndNotMoreThanItMust(@ForAll long seed) {
        List<List<Integer>> customers = customers(seed);
        AlarmTrial test = test(customers);
        int most = test.judge(AlarmRule.HIATUS, MODEL.buying(), 0).alarms();
        int wanted = 1 + new Random(seed).nextInt(most);
        for (AlarmRule rule : List.of(AlarmRule.HIATUS, AlarmRule.P_BUY, AlarmRule.P_ALIVE)) {
            double threshold = test.threshold(rule, MODEL.buying(), wanted);
            double fewer = threshold + (rule == AlarmRule.HIATUS ? 1e-4 : -1e-6);

            assertThat(test.judge(rule, MODEL.buying(), threshold).alarms()).isGreaterThanOrEqualTo(wanted);
            assertThat(test.judge(rule, MODEL.buying(), fewer).alarms()).isLessThan(wanted);
        }
    }

    @Test
    void delaysAreHalvedByTheirMedian() {
        List<Silence> silences =
                Collections.nCopies(5, new Silence(0, Silence.ENDLESS, new Evidence(1, Shop.DAY, 1, 1, 0, 1)));
        AlarmTrial test = new AlarmTrial(silences, 30 * Shop.DAY, 40 * Shop.DAY, 50 * Shop.DAY);

        AlarmFigures figures =
                test.judge(new long[] {28 * Shop.DAY, 7 * Shop.DAY, AlarmRule.NEVER, 14 * Shop.DAY, 21 * Shop.DAY});

        assertThat(figures.alarms()).isEqualTo(4);
        assertThat(figures.medianDelayWeeks()).isEqualTo(2.5);
        assertThat(figures.recall()).isEqualTo(0.8);
    }

    @Test
    void anOrderOnTheSameDayIsTheSameOccasion() {
        CustomerEvents customer = new CustomerEvents(
                "c",
                List.of(
                        Shop.order("a", Shop.day(0), 100),
                        Shop.order("b", Shop.day(10), 100),
                        Shop.order("c", Shop.day(10.5), 100),
                        Shop.order("d", Shop.day(12), 100),
                        Shop.wholeBack("d", Shop.day(13))));

        assertThat(Silence.of(customer, MODEL, CLOCK))
                .extracting(Silence::start, Silence::gap, Silence::repeats)
                .containsExactly(
                        tuple(Shop.day(0), 10 * Shop.DAY, 0L),
                        tuple(Shop.day(10.5), 3 * Shop.DAY / 2, 1L),
                        tuple(Shop.day(12), Silence.ENDLESS, 2L));
    }
}
