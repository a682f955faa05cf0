package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.offer.OfferEffect.Decision;
import io.ebbline.offer.OfferEffect.Outcome;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.testing.RandomOffers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OfferTallyTest {

    private static List<OfferEffect> effects(long seed, int size) {
        RandomOffers offers = new RandomOffers(seed);
        List<OfferEffect> effects = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            effects.add(
                    switch (i % 4) {
                        case 0 -> offers.decision();
                        case 1 -> offers.withdrawn();
                        default -> offers.outcome();
                    });
        }
        return effects;
    }

    private static boolean isOf(String id, String offerId) {
        return id.equals(OfferTally.ALL) || id.equals(offerId);
    }

    private static long outcomes(List<OfferEffect> effects, String id, Predicate<Outcome> which) {
        return effects.stream()
                .filter(Outcome.class::isInstance)
                .map(Outcome.class::cast)
                .filter(outcome -> isOf(id, outcome.offerId()))
                .filter(which)
                .count();
    }

    /** Every number counted anew from the effects themselves. */
    private static void assertCounted(OfferRow row, List<OfferEffect> effects) {
        String id = row.offerId();
        Predicate<Outcome> made = outcome -> !outcome.heldOut();
        assertThat(row.made())
                .isEqualTo(effects.stream()
                        .filter(Decision.class::isInstance)
                        .flatMap(effect -> ((Decision) effect).offers().stream())
                        .filter(offer -> isOf(id, offer.offerId()))
                        .count());
        assertThat(row.withdrawn())
                .isEqualTo(effects.stream()
                        .filter(effect -> effect instanceof Withdrawn withdrawn && isOf(id, withdrawn.offerId()))
                        .count());
        assertThat(row.ended()).isEqualTo(outcomes(effects, id, made));
        assertThat(row.shown()).isEqualTo(outcomes(effects, id, made.and(Outcome::shown)));
        assertThat(row.accepted()).isEqualTo(outcomes(effects, id, made.and(Outcome::accepted)));
        assertThat(row.rejected()).isEqualTo(outcomes(effects, id, made.and(Outcome::rejected)));
        assertThat(row.bought()).isEqualTo(outcomes(effects, id, made.and(Outcome::bought)));
        Predicate<Outcome> nothing = outcome -> !outcome.accepted() && !outcome.rejected() && !outcome.bought();
        assertThat(row.expired()).isEqualTo(outcomes(effects, id, made.and(nothing)));
        assertThat(row.heldOut()).isEqualTo(outcomes(effects, id, Outcome::heldOut));
        assertThat(row.heldOutBought()).isEqualTo(outcomes(effects, id, made.negate().and(Outcome::bought)));
        assertThat(row.calibration()).extracting(OfferRow.PropensityClass::from).isSorted();
        assertThat(row.expected())
                .isCloseTo(
                        effects.stream()
                                .filter(effect -> effect instanceof Outcome outcome
                                        && !outcome.heldOut()
                                        && isOf(id, outcome.offerId()))
                                .mapToDouble(effect -> ((Outcome) effect).propensity())
                                .sum(),
                        within(1e-6 * effects.size()));
        for (int i = 0; i < row.calibration().size(); i++) {
            OfferRow.PropensityClass one = row.calibration().get(i);
            double to = i + 1 < row.calibration().size() ? row.calibration().get(i + 1).from() : 2;
            Predicate<Outcome> within = made.and(o -> o.propensity() >= one.from() && o.propensity() < to);
            assertThat(one.offers()).isPositive().isEqualTo(outcomes(effects, id, within));
            assertThat(one.taken())
                    .isEqualTo(outcomes(effects, id, within.and(o -> o.accepted() || o.bought())));
        }
    }

    @Property(tries = 200)
    void whatIsToldAtATickIsWhatWasCountedSoFarWhoeverCountedIt(
            @ForAll long seed, @ForAll @IntRange(max = 80) int size, @ForAll @IntRange(min = 1, max = 4) int subtasks) {
        List<OfferEffect> effects = effects(seed, size);
        OfferTally all = new OfferTally();
        Random random = new Random(seed);
        int told = 0;
        while (told < size) {
            int next = Math.min(size, told + 1 + random.nextInt(30));
            List<OfferTally> parts = new ArrayList<>();
            for (int i = 0; i < subtasks; i++) {
                parts.add(new OfferTally());
            }
            List<OfferEffect> ofTick = effects.subList(told, next);
            ofTick.forEach(effect -> parts.get(random.nextInt(subtasks)).add(effect));
            OfferTally tick = new OfferTally();
            parts.forEach(tick::merge);

            List<OfferRow> rows = all.apply(tick);

            told = next;
            List<OfferEffect> sofar = effects.subList(0, told);
            TreeSet<String> ids = new TreeSet<>();
            ofTick.forEach(effect -> {
                if (effect instanceof Decision decision) {
                    decision.offers().forEach(offer -> ids.add(offer.offerId()));
                } else {
                    ids.add(effect instanceof Outcome o ? o.offerId() : ((Withdrawn) effect).offerId());
                }
            });
            assertThat(rows).extracting(OfferRow::offerId).startsWith("*").endsWith(ids.toArray(String[]::new));
            assertThat(rows).hasSize(ids.size() + 1).allSatisfy(row -> assertCounted(row, sofar));
        }
    }

    private static Outcome outcome(boolean heldOut, boolean bought) {
        return new Outcome(0, "tea", Kind.CAMPAIGN, null, 1, heldOut, .02, false, false, false, bought);
    }

    @Test
    void upliftIsWhatMakingTheOfferMade() {
        OfferTally tick = new OfferTally();
        for (int i = 0; i < 200; i++) {
            tick.add(outcome(false, i < 30));
        }
        assertThat(new OfferTally().apply(tick).get(1).uplift()).isNaN();
        assertThat(new OfferTally().apply(tick).get(1).upliftError()).isNaN();
        for (int i = 0; i < 100; i++) {
            tick.add(outcome(true, i < 5));
        }

        OfferRow row = new OfferTally().apply(tick).get(1);

        assertThat(row.uplift()).isCloseTo(.15 - .05, within(1e-12));
        // 31 of 202 and 6 of 102: the root of .15347 x .84653 / 202 + .058824 x .941176 / 102.
        assertThat(row.upliftError()).isCloseTo(.034437, within(1e-5));
        assertThat(row.calibration()).containsExactly(new OfferRow.PropensityClass(.02, 200, 30, 4));
    }

    @Test
    void aTickThatBroughtNothingIsNotTold() {
        OfferTally all = new OfferTally();
        all.add(new OfferEffect.Passed(1, OfferEffect.Passed.Ground.CAPPED));

        assertThat(all.isEmpty()).isTrue();
        assertThat(all.apply(new OfferTally())).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.merge("tea", new long[3]))
                .withMessageContaining("not 3");
    }
}
