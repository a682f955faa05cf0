package io.ebbline.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Tick;
import io.ebbline.model.MigrationModel;
import io.ebbline.population.PopulationRow.Dimension;
import io.ebbline.population.PopulationRow.OutcomeClass;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    private static final long DAY = Tick.MILLIS;
    private static final long HORIZON = 182 * DAY;

    private static Prediction prediction(double chance, long silence, long boughtAt) {
        return new Prediction(0, HORIZON, chance, silence, boughtAt);
    }

    private static List<Prediction> random(long seed, int size) {
        Random random = new Random(seed);
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double chance = random.nextInt(4) == 0 ? random.nextInt(11) / 10.0 : random.nextDouble();
            long horizon = (60 + random.nextInt(100)) * DAY;
            long silence = (long) (random.nextDouble() * 1_000) * DAY;
            long bought = random.nextBoolean() ? Profile.NEVER : 1 + (long) (random.nextDouble() * horizon);
            all.add(new Prediction(0, horizon, chance, silence, bought));
        }
        return all;
    }

    private static Outcomes of(List<Prediction> all) {
        Outcomes outcomes = new Outcomes();
        all.forEach(outcomes::add);
        return outcomes;
    }

    @Property(tries = 200)
    void numbersAreThoseOfACountByHandWhoeverCountedThem(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        List<Prediction> all = random(seed, size);
        int cut = new Random(seed).nextInt(size);
        Outcomes outcomes = of(all.subList(cut, size));
        outcomes.merge(of(all.subList(0, cut)));

        assertThat(outcomes.numbers()).isEqualTo(of(all).numbers());
        assertThat(new Outcomes(outcomes.numbers()).numbers()).isEqualTo(outcomes.numbers());
        assertThat(outcomes.predictions()).isEqualTo(size);
        assertThat(outcomes.bought())
                .isEqualTo(all.stream().filter(p -> p.boughtAt() > 0).count());
        double expected = all.stream().mapToDouble(Prediction::chance).sum();
        // Chances are summed up to the nearest millionth each; less than half of one is no expectation at all.
        if (all.stream().allMatch(p -> p.chance() < 0.5e-6)) {
            assertThat(outcomes.ratio()).isNaN();
        } else {
            assertThat(outcomes.ratio() * expected)
                    .isCloseTo(outcomes.bought(), within(outcomes.ratio() * size * 0.5e-6 + 1e-9));
        }
        assertThat(outcomes.brier())
                .isCloseTo(
                        all.stream()
                                .mapToDouble(p -> Math.pow(p.chance() - (p.boughtAt() > 0 ? 1 : 0), 2))
                                .average()
                                .orElseThrow(),
                        within(1e-6));
        for (int bin = 0; bin < 10; bin++) {
            double from = bin / 10.0;
            double to = bin == 9 ? 2 : (bin + 1) / 10.0;
            List<Prediction> own = all.stream()
                    .filter(p -> p.chance() >= from && p.chance() < to)
                    .toList();
            assertThat(outcomes.predictions(bin)).isEqualTo(own.size());
            assertThat(outcomes.bought(bin))
                    .isEqualTo(own.stream().filter(p -> p.boughtAt() > 0).count());
            assertThat(outcomes.expected(bin))
                    .isCloseTo(own.stream().mapToDouble(Prediction::chance).sum(), within(1e-4));
        }
        for (int quarter = 0; quarter < 9; quarter++) {
            long from = quarter * 91 * DAY;
            long to = quarter == 8 ? Long.MAX_VALUE : from + 91 * DAY;
            List<Prediction> own = all.stream()
                    .filter(p -> p.end() >= 91 * DAY && p.silence() >= from && p.silence() < to)
                    .toList();
            assertThat(outcomes.silent(quarter)).isEqualTo(own.size());
            assertThat(outcomes.returned(quarter))
                    .isEqualTo(own.stream()
                            .filter(p -> p.boughtAt() > 0 && p.boughtAt() <= 91 * DAY)
                            .count());
        }
    }

    @Test
    void withoutPredictionsNothingIsSaid() {
        Outcomes none = new Outcomes();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.ratio()).isNaN();
        assertThat(none.brier()).isNaN();
        assertThat(new Population().rows(1))
                .extracting(PopulationRow::dimension)
                .containsExactly(Dimension.RECENCY, Dimension.FREQUENCY, Dimension.MONETARY);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> none.migration(1, 0, 0.1));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Outcomes(new long[3]));
    }

    @Test
    void ordersThatNobodyExpectedHaveNoRatio() {
        assertThat(of(List.of(prediction(0, 0, DAY))).ratio()).isNaN();
        assertThat(of(List.of(prediction(0, 0, DAY), prediction(0.5, 0, Profile.NEVER)))
                        .ratio())
                .isEqualTo(2);
        assertThat(of(List.of(prediction(0.5, 0, Profile.NEVER))).ratio()).isZero();
    }

    @Test
    void theirShareIsTheChanceOfTheMigrationModelAsLongAsMostAreSeen() {
        Outcomes outcomes = of(List.of(
                prediction(0.5, 0, DAY),
                prediction(0.5, 90 * DAY, 91 * DAY),
                prediction(0.5, 5, 92 * DAY), // Not within the quarter.
                prediction(0.5, 7, Profile.NEVER),
                prediction(0.5, 91 * DAY, DAY),
                prediction(0.5, 100 * DAY, Profile.NEVER),
                prediction(0.5, 100 * DAY, Profile.NEVER),
                prediction(0.5, 181 * DAY, Profile.NEVER),
                prediction(0.5, 3 * 91 * DAY, DAY)));
        assertThat(outcomes.migration(40, 1, 0.2)).isEqualTo(new MigrationModel(List.of(2 / 4.0, 1 / 4.0), 40, 1, 0.2));

        outcomes.add(prediction(0.5, 2 * 91 * DAY, DAY)); // The second quarter left three.
        assertThat(outcomes.migration(40, 1, 0.2).chances()).hasSize(2);
        outcomes.add(prediction(0.5, 2 * 91 * DAY, Profile.NEVER));
        assertThat(outcomes.migration(40, 1, 0.2).chances()).containsExactly(0.5, 0.25, 0.5, 1.0);
    }

    @Test
    void theyAreTwoRowsOfThePopulation() {
        TickTally tally = new TickTally();
        tally.add(prediction(0.25, 0, DAY));
        tally.add(prediction(1, 900 * DAY, 100 * DAY));
        tally.add(prediction(1, 900 * DAY, Profile.NEVER));
        assertThat(tally.isEmpty()).isFalse();
        Population population = new Population();
        population.apply(tally);
        List<PopulationRow> rows = population.rows(30).subList(3, 5);

        assertThat(rows)
                .extracting(PopulationRow::dimension)
                .containsExactly(Dimension.CALIBRATION, Dimension.REPURCHASE);
        assertThat(rows).extracting(PopulationRow::customers).containsExactly(3L, 3L);
        assertThat(rows).extracting(PopulationRow::total).containsExactly(2L, 1L);
        assertThat(rows.get(0).outcomes())
                .hasSize(10)
                .contains(new OutcomeClass(2, 1, 1, 0.25), new OutcomeClass(9, 2, 1, 2));
        assertThat(rows.get(1).outcomes())
                .hasSize(9)
                .contains(new OutcomeClass(0, 1, 1, Double.NaN), new OutcomeClass(8, 2, 0, Double.NaN));
    }
}
