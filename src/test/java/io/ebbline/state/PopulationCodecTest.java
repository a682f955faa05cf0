package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.event.Tick;
import io.ebbline.population.Lives;
import io.ebbline.population.Outcomes;
import io.ebbline.population.Population;
import io.ebbline.population.Switches;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.state.PopulationCodec.Told;
import io.ebbline.testing.StoredBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class PopulationCodecTest {

    private static final String STORED_TALLY = "tally-v2.hex";
    private static final String STORED_POPULATION = "population-v2.hex";
    private static final long DAY = Tick.MILLIS;

    private static TickTally sampleTally() {
        Figures growth = new Figures(Stage.GROWTH, 20_000 * DAY, 1, 12_345, 20_000 * DAY);
        Figures decline = new Figures(Stage.DECLINE, 20_030 * DAY, 1, 12_345, 20_000 * DAY);
        Figures prospect = new Figures(Stage.PROSPECT, 20_001 * DAY, 0, -500, Profile.NEVER);
        TickTally tally = new TickTally();
        tally.add(Figures.NONE, growth, 20_000 * DAY);
        tally.add(growth, decline, 20_030 * DAY);
        tally.add(Figures.NONE, prospect, 20_001 * DAY);
        tally.add(prospect, Figures.NONE, 20_401 * DAY);
        tally.add(new Prediction(20_010 * DAY, 20_192 * DAY, 0.25, 100 * DAY, 20_020 * DAY));
        tally.add(new Prediction(20_010 * DAY, 20_192 * DAY, 0.75, 0));
        tally.switches().order(Switches.NONE, "tea", 700, 20_000 * DAY);
        tally.switches().order("tea", "café", 900, 20_001 * DAY);
        return tally;
    }

    private static Told samplePopulation() {
        Population population = new Population();
        population.apply(sampleTally());
        return new Told(population, 20_402, population.cuts(20_401));
    }

    private static byte[] bytes(TickTally tally) {
        PackedWriter out = new PackedWriter();
        PopulationCodec.write(tally, out);
        return out.toBytes();
    }

    private static TickTally tally(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        TickTally tally = PopulationCodec.readTally(in);
        assertThat(in.remaining()).isZero();
        return tally;
    }

    @Test
    @EnabledIfSystemProperty(named = "ebbline.regenerate", matches = ".*", disabledReason = "writes the stored bytes")
    void regenerate() throws IOException {
        StoredBytes.write(STORED_TALLY, bytes(sampleTally()));
        StoredBytes.write(STORED_POPULATION, PopulationCodec.write(samplePopulation()));
    }

    @Test
    void aStoredTallySaysWhatItAlwaysSaid() throws IOException {
        TickTally tally = tally(StoredBytes.read(STORED_TALLY));
        assertThat(tally.moved(Stage.GROWTH, Stage.DECLINE)).isEqualTo(1);
        assertThat(tally.moved(Stage.PROSPECT, Stage.UNKNOWN)).isEqualTo(1);
        assertThat(tally.entries(Stage.GROWTH)).isEqualTo(1);
        assertThat(tally.dwell(Stage.GROWTH).sum()).isEqualTo(30 * DAY);
        assertThat(tally.dwell(Stage.PROSPECT).sum()).isEqualTo(400 * DAY);
        assertThat(tally.frequency().quantile(1, 5)).isEqualTo(1);
        assertThat(tally.monetary().sum()).isEqualTo(12_345);
        assertThat(tally.lastOrderDays().count(20_000)).isEqualTo(1);
        assertOutcomes(tally.outcomes());
        assertSwitches(tally.switches());
        assertThat(bytes(sampleTally())).isEqualTo(StoredBytes.read(STORED_TALLY));
    }

    private static void assertOutcomes(Outcomes outcomes) {
        assertThat(outcomes.predictions(2)).isEqualTo(1);
        assertThat(outcomes.bought(2)).isEqualTo(1);
        assertThat(outcomes.expected(2)).isEqualTo(0.25);
        assertThat(outcomes.predictions(7)).isEqualTo(1);
        assertThat(outcomes.bought(7)).isZero();
        assertThat(outcomes.brier()).isEqualTo(0.5625);
        assertThat(outcomes.silent(0)).isEqualTo(1);
        assertThat(outcomes.returned(1)).isEqualTo(1);
    }

    @Test
    void aStoredPopulationSaysWhatItAlwaysSaid() throws IOException {
        Told told = PopulationCodec.readPopulation(StoredBytes.read(STORED_POPULATION));
        assertThat(told.firstOpen()).isEqualTo(20_402);
        assertThat(told.published()).isEqualTo(samplePopulation().published());
        assertThat(told.population().size(Stage.DECLINE)).isEqualTo(1);
        assertThat(told.population().size(Stage.PROSPECT)).isZero();
        assertThat(told.population().buyers()).isEqualTo(1);
        assertThat(told.population().monetary().sum()).isEqualTo(12_345);
        assertThat(told.population().lastOrderDays().count(20_000)).isEqualTo(1);
        assertOutcomes(told.population().outcomes());
        assertSwitches(told.population().switches());
        assertThat(PopulationCodec.write(samplePopulation())).isEqualTo(StoredBytes.read(STORED_POPULATION));
    }

    private static void assertSwitches(Switches switches) {
        List<String> ways = new ArrayList<>();
        switches.forEach((from, to, count, minor) -> ways.add(from + ">" + to + " " + count + " " + minor));
        assertThat(ways).containsExactly(">tea 1 700", "tea>café 1 900");
        assertThat(switches.days().count(20_001)).isEqualTo(1);
        assertThat(switches.days().sum()).isEqualTo(1_600);
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(@ForAll long seed) {
        Population population = new Population();
        List<Lives.Change> changes = Lives.of(seed, 20, 10);
        TickTally tally = new TickTally();
        changes.forEach(change -> change.count(tally));
        byte[] stored = bytes(tally);
        TickTally read = tally(stored);
        assertThat(bytes(read)).isEqualTo(stored);
        assertThat(population.apply(read)).isEqualTo(new Population().apply(tally));

        Told told = PopulationCodec.readPopulation(PopulationCodec.write(new Told(population, seed, null)));
        assertThat(told.firstOpen()).isEqualTo(seed);
        assertThat(told.published()).isNull();
        int tick = Tick.of(changes.get(changes.size() - 1).asOf());
        assertThat(told.population().rows(tick)).isEqualTo(population.rows(tick));
        for (Stage stage : Stage.values()) {
            assertThat(told.population().size(stage)).isEqualTo(population.size(stage));
        }
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] tally = bytes(sampleTally());
        tally[0] = 9;
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> tally(tally))
                .withMessageContaining("stored in format 9");
        byte[] population = PopulationCodec.write(samplePopulation());
        population[0] = 9;
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> PopulationCodec.readPopulation(population))
                .withMessageContaining("stored in format 9");
    }

    @Test
    void damagedBytesAreRefusedOrReadAsOtherNumbers() {
        Damage.oneByte(PopulationCodec.write(samplePopulation()), 0, PopulationCodec::readPopulation);
    }
}
