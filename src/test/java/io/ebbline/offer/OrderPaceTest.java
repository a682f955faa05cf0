package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Tick;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Outlook;
import io.ebbline.profile.Outlook.Habit;
import io.ebbline.testing.Outlooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class OrderPaceTest {

    private static final long DAY = 86_400_000;
    private static final long FORTNIGHT = 14 * DAY;

    private record Order(long time, Outlook told) {}

    private static Outlook random(long since, Random random) {
        // In whole millionths, which is what is counted.
        List<Double> hazards = IntStream.range(0, Outlook.AGES)
                .mapToObj(age -> random.nextInt(1_000_000) / 1e6)
                .toList();
        return Outlook.of(since, random.nextInt(3), random.nextInt(100) * DAY, hazards);
    }

    private static Basket basket(Outlook before, Outlook now) {
        Basket.Item tea = new Basket.Item("tea", null, 1);
        return new Basket(now.since(), true, 0, List.of(), List.of(tea), List.of(), List.of()).foretelling(before, now);
    }

    /** Each customer's days one by one: what was foretold for each of them, and the day on which the next order came. */
    private static double[][] naive(List<List<Order>> customers, int until) {
        double[][] sums = {new double[Arrivals.CELLS], new double[Arrivals.CELLS], new double[2]};
        for (List<Order> orders : customers) {
            for (int i = 0; i < orders.size(); i++) {
                Outlook told = orders.get(i).told;
                int since = Tick.of(orders.get(i).time);
                boolean ends = i + 1 < orders.size();
                int end = ends ? Tick.of(orders.get(i + 1).time) : until;
                for (int day = 0; day < 448 && since + day <= end; day++) {
                    int age = age(day);
                    double each = told.hazards().get(age) / new int[] {1, 6, 7, 14, 28, 56, 112, 224}[age];
                    add(sums, 0, cell(told, age), each, until - since - day);
                }
                if (ends) {
                    add(sums, 1, cell(told, age(end - since)), 1, until - end);
                }
            }
        }
        return sums;
    }

    private static void add(double[][] sums, int row, int cell, double more, int ago) {
        sums[row][cell] += more * Math.pow(.5, ago / 56.0);
        sums[2][row] += more * Math.pow(.5, ago / 7.0);
    }

    private static int cell(Outlook told, int age) {
        return told.habit().ordinal() * Outlook.AGES + age;
    }

    private static int age(int day) {
        return day < 1
                ? 0
                : day < 7 ? 1 : day < 14 ? 2 : day < 28 ? 3 : day < 56 ? 4 : day < 112 ? 5 : day < 224 ? 6 : 7;
    }

    @Property(tries = 100)
    void whatIsExpectedAndWhatCameIsThatOfEachCustomersDaysHoweverItIsCounted(@ForAll Random random) {
        List<List<Order>> customers = new ArrayList<>();
        TreeMap<Integer, List<Basket>> ticks = new TreeMap<>();
        int until = 1_000;
        for (int c = 0; c < 8; c++) {
            List<Order> orders = new ArrayList<>();
            double longest = Math.pow(500, random.nextDouble());
            Outlook before = null;
            for (long time = random.nextInt(500) * DAY;
                    time < until * DAY;
                    time += 1 + (long) (random.nextDouble() * longest * DAY)) {
                Outlook now = random(time, random);
                orders.add(new Order(time, now));
                ticks.computeIfAbsent(Tick.of(time), t -> new ArrayList<>()).add(basket(before, now));
                before = now;
            }
            customers.add(orders);
        }
        ticks.computeIfAbsent(until, tick -> new ArrayList<>());
        OrderPace pace = new OrderPace();
        ticks.forEach((tick, baskets) -> {
            MarketDelta all = new MarketDelta();
            BasketCounts counts = new BasketCounts();
            for (Basket basket : baskets) {
                counts.add(basket);
                if (random.nextInt(3) == 0) {
                    counts.drain(row -> {}, all::merge);
                }
            }
            counts.drain(row -> {}, all::merge);
            pace.fold(tick, all.arrivals());
        });
        double[][] naive = naive(customers, until);
        assertThat(pace.faded().get(0)).containsExactly(naive[0], within(1e-9));
        assertThat(pace.faded().get(1)).containsExactly(naive[1], within(1e-9));
        assertThat(pace.faded().get(2)).containsExactly(naive[2], within(1e-9));
    }

    @Example
    void factorsAreDrawnToThoseOfTheHabitAndOfTheAgeAndToOne() {
        OrderPace pace = new OrderPace();
        assertThat(pace.factors()).containsOnly(1.0);
        pace.faded().get(0)[0] = 90;
        pace.faded().get(1)[0] = 190;
        // The shop's: (190 + 10) / (90 + 10) = 2. Drawn to it, the habit's and the age's: (190 + 10 x 2) / (90 + 10) =
        // 2.1.
        List<Double> factors = pace.factors();
        assertThat(factors.get(0)).isCloseTo((190 + 10 * 2.1 * 2.1 / 2) / 100, within(1e-12));
        assertThat(factors.get(1)).isCloseTo(2.1, within(1e-12));
        assertThat(factors.get(Outlook.AGES)).isCloseTo(2.1, within(1e-12));
        assertThat(factors.get(Arrivals.CELLS - 1)).isCloseTo(2, within(1e-12));
        // Of late half as many come: (15 + 10 x 2) / (25 + 10) = 1.
        pace.faded().get(2)[0] = 25;
        pace.faded().get(2)[1] = 15;
        assertThat(pace.factors().get(1)).isCloseTo(1.05, within(1e-12));
        pace.faded().get(1)[0] = 1e6;
        assertThat(pace.factors().get(0)).isEqualTo(10);
        pace.faded().get(0)[0] = 1e6;
        pace.faded().get(1)[0] = 0;
        assertThat(pace.factors().get(0)).isEqualTo(.1);
    }

    /** Orders of a fortnight, drawn: the first at the rate of the silence, the others at that of a fortnight after an order. */
    @Property(tries = 6)
    void asManyOrdersAreExpectedAsComeWhenTheyAreDrawn(@ForAll Random random) {
        Outlook told = random(0, random);
        List<Double> factors = IntStream.range(0, Arrivals.CELLS)
                .mapToObj(cell -> .3 + random.nextDouble())
                .toList();
        int age = 3 + random.nextInt(5);
        int days = Outlook.fromDays(age) + random.nextInt(Outlook.fromDays(age + 1) - Outlook.fromDays(age) - 13);
        double silent = factors.get(cell(told, age)) * told.hazards().get(age) / Outlook.millis(age) * FORTNIGHT;
        double anew = 0;
        for (int fresh = 0; fresh < 3; fresh++) {
            anew += factors.get(cell(told, fresh)) * told.hazards().get(fresh);
        }
        int draws = 200_000;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            double first = -Math.log(1 - random.nextDouble()) / silent;
            sum += first < 1 ? 1 + anew * (1 - first) : 0;
        }
        double expected = OrderPace.orders(told, factors, days * DAY, days * DAY + FORTNIGHT);
        assertThat(expected).isCloseTo(sum / draws, within(5 * (1 + anew) / Math.sqrt(draws)));
    }

    @Example
    void aSilenceIsOfOneAgeAfterTheOther() {
        Outlook told = Outlook.of(0, 1, 30 * DAY, List.of(.1, .2, .3, .4, .5, .6, .7, .8));
        // From the twelfth day to the twenty-sixth; a fortnight after an order is that of the first three.
        double silent = .3 * 3 / 7 + .4 * 11 / 14;
        double comes = 1 - Math.exp(-silent);
        assertThat(OrderPace.orders(told, List.of(), 11 * DAY, 25 * DAY))
                .isCloseTo(comes + .6 * (1 - comes / silent), within(1e-12));
    }

    @Example
    void ordersThatComeAtOneRateAreThatManyHoweverOldTheSilence() {
        double rate = -Math.log(.7);
        for (long days : new long[] {0, 3, 13, 100, 440, 2_000}) {
            Outlook told = Outlooks.steady(0, .3);
            assertThat(OrderPace.orders(told, List.of(), days * DAY, days * DAY + FORTNIGHT))
                    .isCloseTo(rate, within(1e-9));
            assertThat(OrderPace.orders(told, List.of(), days * DAY, days * DAY + DAY))
                    .isCloseTo(rate / 14, within(1e-9));
        }
        assertThat(OrderPace.orders(Outlooks.steady(0, 0), List.of(), 0, FORTNIGHT))
                .isZero();
    }

    @Example
    void aHabitIsTheMeanGapBetweenDaysWithAnOrder() {
        assertThat(habit(0, 0)).isEqualTo(Habit.FIRST);
        assertThat(habit(3, 12)).isEqualTo(Habit.DAYS);
        assertThat(habit(3, 15)).isEqualTo(Habit.WEEK);
        assertThat(habit(3, 59)).isEqualTo(Habit.FORTNIGHT);
        assertThat(habit(1, 39)).isEqualTo(Habit.MONTH);
        assertThat(habit(1, 40)).isEqualTo(Habit.TWO_MONTHS);
        assertThat(habit(2, 160)).isEqualTo(Habit.LONGER);
    }

    private static Habit habit(long repeats, long spanDays) {
        return Outlook.of(0, repeats, spanDays * DAY, Outlooks.steady(0, .4).hazards())
                .habit();
    }
}
