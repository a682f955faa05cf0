package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Hash64;
import io.ebbline.offer.OfferEffect.Outcome;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.offer.OfferRow.PropensityClass;
import io.ebbline.state.OfferStatsCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OfferTallyTest {

    private static Outcome outcome(
            String offerId, Kind kind, boolean heldOut, double propensity, boolean accepted, boolean bought) {
        return new Outcome(0, offerId, kind, null, 1, heldOut, propensity, accepted, accepted, false, bought);
    }

    private static List<OfferEffect> random(Random random, int offers, int effects) {
        List<OfferEffect> all = new ArrayList<>();
        for (int i = 0; i < effects; i++) {
            int offer = random.nextInt(offers);
            String offerId = (offer % 2 == 0 ? "sku:" : "") + offer;
            Kind kind = Kind.values()[offer % 3];
            all.add(
                    random.nextInt(5) == 0
                            ? new Withdrawn("e", 0, "d", offerId, kind, Withdrawn.Why.BOUGHT)
                            : new Outcome(
                                    0,
                                    offerId,
                                    kind,
                                    null,
                                    1,
                                    random.nextInt(4) == 0,
                                    random.nextInt(1_001) / 1_000.0,
                                    random.nextBoolean(),
                                    random.nextInt(3) == 0,
                                    random.nextInt(3) == 0,
                                    random.nextInt(3) == 0));
        }
        return all;
    }

    private static OfferTally tally(List<OfferEffect> effects) {
        OfferTally tally = new OfferTally();
        effects.forEach(tally::add);
        return tally;
    }

    private static Map<String, OfferRow> rows(OfferTally tally) {
        return new OfferStats().fold(1, tally).stream().collect(Collectors.toMap(OfferRow::offerId, row -> row));
    }

    @Property(tries = 100)
    void countsWhatWasSaidOfEachOfferAndKind(@ForAll long seed) {
        List<OfferEffect> effects = random(new Random(seed), 12, 300);
        Map<String, OfferRow> rows = rows(tally(effects));

        for (OfferRow row : rows.values()) {
            List<Outcome> outcomes = effects.stream()
                    .filter(Outcome.class::isInstance)
                    .map(Outcome.class::cast)
                    .filter(one ->
                            row.offerId().equals(one.offerId()) || row.offerId().equals("kind:" + one.kind()))
                    .toList();
            List<Outcome> treated =
                    outcomes.stream().filter(one -> !one.heldOut()).toList();
            List<Outcome> heldOut = outcomes.stream().filter(Outcome::heldOut).toList();
            assertThat(row.ended()).isEqualTo(treated.size());
            assertThat(row.shown())
                    .isEqualTo(treated.stream().filter(Outcome::shown).count());
            assertThat(row.accepted())
                    .isEqualTo(treated.stream().filter(Outcome::accepted).count());
            assertThat(row.rejected())
                    .isEqualTo(treated.stream().filter(Outcome::rejected).count());
            assertThat(row.bought())
                    .isEqualTo(treated.stream().filter(Outcome::bought).count());
            assertThat(row.expired())
                    .isEqualTo(treated.stream()
                            .filter(one -> !one.accepted() && !one.rejected() && !one.bought())
                            .count());
            assertThat(row.heldOut()).isEqualTo(heldOut.size());
            assertThat(row.heldOutBought())
                    .isEqualTo(heldOut.stream().filter(Outcome::bought).count());
            List<Outcome> counted = treated.stream()
                    .filter(one -> one.offerId().startsWith("sku:") || one.shown() || one.accepted())
                    .toList();
            assertThat(row.expected())
                    .isCloseTo(counted.stream().mapToDouble(Outcome::propensity).sum(), within(1e-4));
            assertThat(row.calibration().stream()
                            .mapToLong(PropensityClass::offers)
                            .sum())
                    .isEqualTo(counted.size());
            assertThat(row.calibration().stream()
                            .mapToLong(PropensityClass::taken)
                            .sum())
                    .isEqualTo(counted.stream()
                            .filter(one -> one.accepted() || (one.offerId().startsWith("sku:") && one.bought()))
                            .count());
        }
        assertThat(rows.values().stream()
                        .filter(row -> row.offerId().startsWith("kind:"))
                        .mapToLong(row -> row.ended() + row.heldOut() + row.withdrawn())
                        .sum())
                .isEqualTo(effects.size());
    }

    @Test
    void upliftIsTheDifferenceBetweenThoseItWasMadeToAndTheOthers() {
        List<OfferEffect> effects = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            effects.add(outcome("a", Kind.CAMPAIGN, false, .25, i < 10, i < 30));
            effects.add(outcome("a", Kind.CAMPAIGN, true, .25, false, i < 20));
        }
        OfferRow row = rows(tally(effects)).get("a");

        assertThat(row.uplift()).isCloseTo(.1, within(1e-12));
        // By hand: shares 31/102 and 21/102.
        assertThat(row.upliftError()).isCloseTo(Math.sqrt((31 * 71 + 21 * 81) / Math.pow(102, 3)), within(1e-12));
        assertThat(row.calibration()).containsExactly(new PropensityClass(.2, 10, 10, 2.5));
    }

    @Test
    void whatIsBoughtOfAProductIsTakenUp() {
        OfferRow row = rows(tally(List.of(
                        outcome("sku:a", Kind.EXPLORE, false, .25, false, true),
                        outcome("sku:a", Kind.EXPLORE, false, .25, false, false))))
                .get("sku:a");

        assertThat(row.calibration()).containsExactly(new PropensityClass(.2, 2, 1, .5));
    }

    @Test
    void withoutAHoldoutGroupThereIsNoUplift() {
        OfferRow row = rows(tally(List.of(outcome("a", Kind.CAMPAIGN, false, 1, true, false))))
                .get("a");

        assertThat(row.uplift()).isNaN();
        assertThat(row.upliftError()).isNaN();
        assertThat(row.calibration()).containsExactly(new PropensityClass(.5, 1, 1, 1));
    }

    /** Beyond the capacity, too: products 0, 2, 4 ... are more than are held apart. */
    @Property(tries = 10)
    void partsAddUpHoweverTheyAreCutStoredAndMerged(@ForAll long seed) {
        Random random = new Random(seed);
        List<OfferEffect> effects = random(random, 3 * OfferTally.CAPACITY, 8_000);
        List<OfferTally> parts =
                IntStream.range(0, 5).mapToObj(i -> new OfferTally()).toList();
        effects.forEach(effect -> parts.get(random.nextInt(5)).add(effect));
        OfferStats stats = new OfferStats();
        int tick = 0;
        for (OfferTally part : parts) {
            PackedWriter out = new PackedWriter();
            OfferStatsCodec.write(part, out);
            stats.fold(++tick, OfferStatsCodec.readTally(new PackedReader(out.toBytes())));
            OfferStatsCodec.write(stats, out.reset());
            stats = OfferStatsCodec.read(new PackedReader(out.toBytes()));
        }
        assertThat(stats.tick()).isEqualTo(5);
        OfferTally whole = tally(effects);

        assertThat(rows(stats.all())).isEqualTo(rows(whole));
        List<String> products = effects.stream()
                .map(effect -> effect instanceof Outcome one ? one.offerId() : ((Withdrawn) effect).offerId())
                .filter(name -> name.startsWith("sku:"))
                .distinct()
                .sorted(Comparator.comparingLong(Hash64::of))
                .limit(OfferTally.CAPACITY)
                .toList();
        assertThat(rows(whole).keySet().stream().filter(name -> name.startsWith("sku:")))
                .containsExactlyInAnyOrderElementsOf(products);
    }

    @Test
    void onlyWhatChangedIsTold() {
        OfferStats stats = new OfferStats();
        stats.fold(1, tally(List.of(outcome("a", Kind.CAMPAIGN, false, .5, true, false))));
        List<OfferRow> rows = stats.fold(2, tally(List.of(outcome("b", Kind.RESCUE, false, .5, true, false))));

        assertThat(rows).extracting(OfferRow::offerId).containsExactly("b", "kind:RESCUE");
    }
}
