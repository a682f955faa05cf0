package io.ebbline.score;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.profile;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.model.BuyingLayer;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.Cuts;
import io.ebbline.model.DecayRules;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.RankingModel;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.ValueModel;
import io.ebbline.profile.Profile;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresTest {

    /** R at 30, 60, 90, 180 days; F above 1, 2, 4, 9 orders; M above 50, 200, 500, 2,000 of the major unit. */
    private static final ScoringModel MODEL = ScoringModel.shipped();

    /** The scores of which docs/scores.md says that they change all the time. */
    private static final Set<String> DRIFTING = drifting();

    private static Set<String> drifting() {
        try (Stream<String> lines = Files.lines(Path.of("docs", "scores.md"))) {
            return lines.filter(line -> line.contains("all the time"))
                    .map(line -> line.split("`", 3)[1])
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Profile orders(int count, long eachMinor) {
        return profile(IntStream.range(0, count)
                .mapToObj(i -> order("o" + i, day(0), eachMinor))
                .toArray(Event[]::new));
    }

    private static double score(String name, Profile profile, long asOf) {
        return value(name, profile, asOf).value();
    }

    private static ScoreValue value(String name, Profile profile, long asOf) {
        return Scores.ALL.stream()
                .filter(score -> score.name().equals(name))
                .findFirst()
                .orElseThrow()
                .evaluate(profile, MODEL, asOf);
    }

    @Test
    void theRegistryIsSortedByNameAndEachNameIsThereOnce() {
        List<String> names = Scores.ALL.stream().map(Score::name).toList();
        assertThat(names).containsExactlyElementsOf(new TreeSet<>(names)).allMatch(name -> name.matches("[a-z-]+"));
    }

    @Test
    void ofNobodyNothingIsKnownAndEveryScoreSaysWhy() {
        for (Score score : Scores.ALL) {
            ScoreValue value = score.evaluate(new Profile(), MODEL, day(0));
            assertThat(value.name()).isEqualTo(score.name());
            assertThat(value.reasons()).isNotEmpty();
            assertThat(score.changesAt(new Profile(), MODEL, day(0))).isEqualTo(Profile.NO_DEADLINE);
            if (!(score instanceof FrequencyValueQuadrant)) {
                assertThat(value.value()).isNaN();
                assertThat(value.label()).isNull();
                assertThat(value.reasons()).hasSize(1);
                assertThat(value.reasons().get(0).code().name()).startsWith("NO_");
            }
        }
    }

    @Test
    void withoutAKeptOrderEveryScoreOfOrdersIsUnknownAndSaysWhy() {
        for (Profile profile : List.of(
                new Profile(), profile(visit(day(0))), profile(order("a", day(0), 100), wholeBack("a", day(1))))) {
            for (Score score : List.of(new AverageOrderValue(), new Frequency(), new Monetary(), new Recency())) {
                ScoreValue value = score.evaluate(profile, MODEL, day(2));
                assertThat(value.name()).isEqualTo(score.name());
                assertThat(value.value()).isNaN();
                assertThat(value.reasons()).containsExactly(new Reason(ReasonCode.NO_ORDER, 0, Double.NaN));
                assertThat(score.changesAt(profile, MODEL, day(2))).isEqualTo(Profile.NO_DEADLINE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 5",
        "30, 0, 5",
        "30, 1, 4",
        "60, 0, 4",
        "60, 1, 3",
        "90, 0, 3",
        "90, 1, 2",
        "180, 0, 2",
        "180, 1, 1",
        "4000, 0, 1"
    })
    void recencyDropsOneMillisecondAfterEachCut(long days, long millis, double expected) {
        assertThat(score("rfm-recency", orders(1, 100), day(0) + days * DAY + millis))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "5, 4", "9, 4", "10, 5", "500, 5"})
    void frequencyRisesBeyondEachCut(int count, double expected) {
        assertThat(score("rfm-frequency", orders(count, 100), day(1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1",
        "0, 1",
        "5000, 1",
        "5001, 2",
        "20000, 2",
        "20001, 3",
        "50000, 3",
        "50001, 4",
        "200000, 4",
        "200001, 5"
    })
    void monetaryRisesBeyondEachCut(long minor, double expected) {
        assertThat(score("rfm-monetary", orders(1, minor), day(1))).isEqualTo(expected);
    }

    @Test
    void theAverageOrderIsNetSpendOverKeptOrders() {
        Profile profile = profile(
                order("a", day(0), 1_000), order("b", day(1), 501), order("c", day(2), 300), wholeBack("c", day(3)));
        assertThat(score("average-order-value", profile, day(4))).isEqualTo(750.5);
    }

    @Test
    void reasonsCarryTheCustomersNumberAndTheNextThreshold() {
        Profile profile = orders(3, 10_000);
        assertThat(value("rfm-recency", profile, day(45)).reasons())
                .containsExactly(new Reason(ReasonCode.DAYS_SINCE_ORDER, 45, 60));
        assertThat(value("rfm-frequency", profile, day(45)).reasons())
                .containsExactly(new Reason(ReasonCode.KEPT_ORDERS, 3, 4));
        assertThat(value("rfm-monetary", profile, day(45)).reasons())
                .containsExactly(new Reason(ReasonCode.NET_SPEND, 30_000, 50_000));
        assertThat(value("average-order-value", profile, day(45)).reasons())
                .containsExactly(
                        new Reason(ReasonCode.NET_SPEND, 30_000, Double.NaN),
                        new Reason(ReasonCode.KEPT_ORDERS, 3, Double.NaN));
    }

    @Test
    void atTheEndOfTheScaleThereIsNoNextThreshold() {
        Profile best = orders(10, 100_000);
        assertThat(value("rfm-frequency", best, day(181)).reasons())
                .containsExactly(new Reason(ReasonCode.KEPT_ORDERS, 10, Double.NaN));
        assertThat(value("rfm-monetary", best, day(181)).reasons())
                .containsExactly(new Reason(ReasonCode.NET_SPEND, 1_000_000, Double.NaN));
        assertThat(value("rfm-recency", best, day(181)).reasons())
                .containsExactly(new Reason(ReasonCode.DAYS_SINCE_ORDER, 181, Double.NaN));
    }

    @Property(tries = 500)
    void aScoreHoldsUntilTheInstantThatItNamesAndChangesThere(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 15) int size,
            @ForAll @LongRange(max = 100 * 86_400_000L) long silence) {
        RandomHistory history = RandomHistory.of(seed, size);
        ScoringModel model = history.models().get(0).model();
        Profile profile = profile(history.events().toArray(Event[]::new));
        long asOf = history.events().get(history.events().size() - 1).time() + silence;
        for (Score score : Scores.ALL) {
            if (DRIFTING.contains(score.name())) {
                continue;
            }
            long change = score.changesAt(profile, model, asOf);
            Double now = score.evaluate(profile, model, asOf).value();
            long horizon = change == Profile.NO_DEADLINE ? asOf + 5_000 * DAY : change;
            assertThat(horizon).isGreaterThan(asOf);
            for (long step = 1; asOf + step < horizon; step *= 3) {
                assertThat(score.evaluate(profile, model, asOf + step).value()).isEqualTo(now);
                assertThat(score.evaluate(profile, model, horizon - step).value())
                        .isEqualTo(now);
            }
            if (change != Profile.NO_DEADLINE) {
                boolean leaves =
                        !profile.rfm(model.lookBackMillis(), change).equals(profile.rfm(model.lookBackMillis(), asOf));
                assertThat(leaves || score.evaluate(profile, model, change).value() != now)
                        .isTrue();
            }
        }
    }

    /** P(alive) drifts; it is its level that changes: how many of .25, .5 and .75 it has reached. */
    @Property(tries = 500)
    void theLevelOfBeingAliveHoldsUntilTheInstantThatItNamesAndFallsThere(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 15) int size,
            @ForAll @LongRange(max = 100 * 86_400_000L) long silence) {
        RandomHistory history = RandomHistory.of(seed, size);
        ScoringModel model = history.models().get(0).model();
        Profile profile = profile(history.events().toArray(Event[]::new));
        long asOf = history.events().get(history.events().size() - 1).time() + silence;
        PAlive score = new PAlive();
        double now = score.evaluate(profile, model, asOf).value();
        int level = Double.isNaN(now) ? 0 : 1 + (int) Math.min(3, 4 * now);
        assertThat(PAlive.level(profile, model, asOf)).isEqualTo(level);

        long change = score.changesAt(profile, model, asOf);
        if (level < 2) {
            assertThat(change).isEqualTo(Profile.NO_DEADLINE);
        } else {
            double falls = (level - 1) / 4.0;
            long last = Math.min(change, asOf + 36_525 * DAY);
            assertThat(score.evaluate(profile, model, last - 1).value()).isGreaterThanOrEqualTo(falls);
            assertThat(score.evaluate(profile, model, last).value() < falls).isEqualTo(change == last);
            long early = asOf + (last - asOf) / 2;
            assertThat(score.changesAt(profile, model, asOf, last)).isEqualTo(change);
            assertThat(score.changesAt(profile, model, asOf, early)).isGreaterThanOrEqualTo(change);
        }
    }

    @Test
    void aLayerThatKnowsSpendSaysHowMuch() {
        Profile profile = profile(order("a", day(0), 1_000));
        ScoringModel shipped = ScoringModel.shipped();
        BuyingModel buying = new BuyingModel(
                shipped.buying().repeat(),
                shipped.buying().decayed(),
                shipped.buying().horizonMillis(),
                new BuyingLayer(0, .4, .3, -.3, .7, .2, .15, 364 * DAY, 91 * DAY, 3_500));
        ScoreValue said = new PBuy().evaluate(profile, Shop.buyingBy(buying), day(91));
        assertThat(said.value()).isEqualTo(buying.pBuy(profile.rhythm().evidence(), 91 * DAY));
        assertThat(said.reasons().stream().map(Reason::code))
                .containsExactly(
                        ReasonCode.DAYS_SINCE_ORDER, ReasonCode.REPEATS, ReasonCode.RECENT_SPEND, ReasonCode.HORIZON);
        Reason spend = said.reasons().get(2);
        assertThat(spend.value()).isCloseTo(500, within(1e-9)); // half of it is left after a half-life
        assertThat(spend.reference()).isEqualTo(3_500);
    }

    @Test
    void aCutBeyondTheEndOfTimeIsNeverReached() {
        Cuts never = new Cuts(DAY, Long.MAX_VALUE - 2, Long.MAX_VALUE - 1, Long.MAX_VALUE);
        ScoringModel model = new ScoringModel(
                "m",
                1,
                0,
                false,
                never,
                MODEL.frequency(),
                MODEL.monetary(),
                MODEL.segments(),
                MODEL.stages(),
                BuyingModel.shipped(),
                ChurnRules.shipped(),
                DecayRules.shipped(),
                ValueModel.shipped(),
                MatrixRules.shipped(),
                RankingModel.shipped(),
                0,
                "");
        Profile profile = orders(1, 100);
        assertThat(new Recency().changesAt(profile, model, day(0))).isEqualTo(day(1) + 1);
        assertThat(new Recency().changesAt(profile, model, day(2))).isEqualTo(Profile.NO_DEADLINE);
    }
}
