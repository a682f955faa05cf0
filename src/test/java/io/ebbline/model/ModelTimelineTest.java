package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ModelTimelineTest {

    private static final Cuts CUTS = new Cuts(7, 7, 7, 7);

    private record Version(String id, int version, long effectiveAt) {
        String ref() {
            return id + "/" + version;
        }
    }

    private static ScoringModel model(String id, int version) {
        ScoringModel shipped = ScoringModel.shipped();
        return new ScoringModel(
                id,
                version,
                0,
                false,
                shipped.recency(),
                shipped.frequency(),
                shipped.monetary(),
                shipped.segments(),
                shipped.stages(),
                BuyingModel.shipped(),
                ChurnRules.shipped(),
                DecayRules.shipped(),
                ValueModel.shipped(),
                MatrixRules.shipped(),
                RankingModel.shipped(),
                0,
                "");
    }

    private static ModelTimeline timeline(List<Version> versions) {
        ModelTimeline timeline = new ModelTimeline();
        versions.forEach(v -> timeline.add(model(v.id, v.version), v.effectiveAt));
        return timeline;
    }

    /** Each reference once; instants few enough for ties. */
    @Provide
    Arbitrary<List<Version>> versions() {
        Arbitrary<Version> one = Combinators.combine(
                        Arbitraries.of("a", "b", "ab"),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.longs().between(0, 6))
                .as(Version::new);
        return one.list().ofMinSize(1).ofMaxSize(12).uniqueElements(Version::ref);
    }

    /** By the words of the class: the latest at or before t; ties: higher version, then greater id; else the first. */
    private static String naive(List<Version> versions, long time) {
        Map<String, String> before = new TreeMap<>();
        Map<String, String> all = new TreeMap<>();
        for (Version v : versions) {
            String rank = String.format("%05d|%05d|%s", v.effectiveAt, v.version, v.id);
            all.put(rank, v.ref());
            if (v.effectiveAt <= time) {
                before.put(rank, v.ref());
            }
        }
        return before.isEmpty()
                ? all.values().iterator().next()
                : new ArrayList<>(before.values()).get(before.size() - 1);
    }

    @Property
    void atEveryInstantItNamesTheVersionThatANaiveSearchFinds(@ForAll("versions") List<Version> versions) {
        ModelTimeline timeline = timeline(versions);
        for (long time = -1; time <= 7; time++) {
            assertThat(timeline.at(time).ref()).isEqualTo(naive(versions, time));
        }
    }

    @Property
    void theOrderOfInsertionDoesNotMatter(@ForAll("versions") List<Version> versions, @ForAll Random random) {
        List<Version> shuffled = new ArrayList<>(versions);
        Collections.shuffle(shuffled, random);
        assertThat(timeline(shuffled).entries()).isEqualTo(timeline(versions).entries());
    }

    private static CutPoints cuts(String id, int version) {
        return new CutPoints(id, version, 0, new Cuts(1, 2, 3, version), CUTS, CUTS, 1, "");
    }

    /** Models and cut points over them, versions of ids that begin with p. */
    @Provide
    Arbitrary<List<Version>> both() {
        Arbitrary<Version> one = Combinators.combine(
                        Arbitraries.of("a", "b", "p", "pq"),
                        Arbitraries.integers().between(3, 14),
                        Arbitraries.longs().between(0, 6))
                .as(Version::new);
        return one.list()
                .ofMaxSize(14)
                .uniqueElements(Version::ref)
                .filter(versions -> versions.stream().anyMatch(v -> !v.id.startsWith("p")));
    }

    private static ModelTimeline timelineOfBoth(List<Version> versions) {
        ModelTimeline timeline = new ModelTimeline();
        versions.forEach(v ->
                timeline.add(v.id.startsWith("p") ? cuts(v.id, v.version) : model(v.id, v.version), v.effectiveAt));
        return timeline;
    }

    @Property
    void cutPointsLieOverTheModelInForceUnlessItTookEffectAfterThem(@ForAll("both") List<Version> versions) {
        ModelTimeline timeline = timelineOfBoth(versions);
        List<Version> models =
                versions.stream().filter(v -> !v.id.startsWith("p")).toList();
        for (long time = -1; time <= 7; time++) {
            String model = naive(models, time);
            long since = models.stream()
                    .filter(v -> v.ref().equals(model))
                    .findFirst()
                    .orElseThrow()
                    .effectiveAt;
            long now = time;
            List<Version> over = versions.stream()
                    .filter(v -> v.id.startsWith("p") && v.effectiveAt <= now)
                    .toList();
            String latest = over.isEmpty() ? null : naive(over, time);
            boolean counts = over.stream().anyMatch(v -> v.ref().equals(latest) && v.effectiveAt >= since);
            ModelTimeline.Entry entry = timeline.at(time);
            assertThat(entry.ref()).isEqualTo(counts ? model + "+" + latest : model);
            assertThat(ModelTimeline.parts(entry.ref())).hasSize(counts ? 2 : 1);
            assertThat(entry.model().ref()).isEqualTo(model);
            long fourth = counts ? Long.parseLong(latest.substring(latest.indexOf('/') + 1)) : -1;
            assertThat(entry.model().recency().fourth() == fourth).isEqualTo(counts);
            assertThat(entry.model().frequency().equals(CUTS)).isEqualTo(counts);
            assertThat(timeline.named(entry.ref())).isEqualTo(entry);
        }
    }

    @Property
    void theOrderOfInsertionDoesNotMatterForCutPointsEither(
            @ForAll("both") List<Version> versions, @ForAll Random random) {
        List<Version> shuffled = new ArrayList<>(versions);
        Collections.shuffle(shuffled, random);
        ModelTimeline one = timelineOfBoth(versions);
        ModelTimeline other = timelineOfBoth(shuffled);
        for (long time = -1; time <= 7; time++) {
            assertThat(other.at(time)).isEqualTo(one.at(time));
        }
    }

    @Test
    void whatWasInForceOnceIsFoundByItsReferenceForEver() {
        ModelTimeline timeline = new ModelTimeline();
        timeline.add(model("m", 1), 0);
        timeline.add(cuts("population", 20), 10);
        String said = timeline.at(12).ref();
        timeline.add(model("m", 2), 11);
        assertThat(timeline.at(12).ref()).isEqualTo("m/2");
        assertThat(timeline.named(said).model().recency()).isEqualTo(new Cuts(1, 2, 3, 20));
        assertThat(timeline.named(said).model().stages())
                .isEqualTo(model("m", 1).stages());
        ModelTimeline restored = new ModelTimeline();
        restored.add(cuts("population", 20), 10);
        assertThat(restored.isEmpty()).isTrue();
        restored.add(model("m", 2), 11);
        restored.add(model("m", 1), 0);
        assertThat(restored.named(said)).isEqualTo(timeline.named(said));
        assertThat(restored.named("m/1+population/21")).isNull();
        assertThat(restored.named("m/3+population/20")).isNull();
    }

    @Test
    void aVersionIsNeverChanged() {
        ModelTimeline timeline = new ModelTimeline();
        assertThat(timeline.add(model("m", 1), 10)).isTrue();
        assertThat(timeline.add(model("m", 1), 5)).isFalse();
        assertThat(timeline.entries()).hasSize(1);
        assertThat(timeline.at(7).effectiveAt()).isEqualTo(10);
    }

    @Test
    void aVersionIsFoundByItsReference() {
        ModelTimeline timeline = timeline(List.of(new Version("m", 1, 0), new Version("m", 2, 9)));
        assertThat(timeline.named("m/2").effectiveAt()).isEqualTo(9);
        assertThat(timeline.named("m/3")).isNull();
    }

    @Test
    void withoutAnyVersionThereIsNoAnswer() {
        ModelTimeline timeline = new ModelTimeline();
        assertThat(timeline.isEmpty()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> timeline.at(0))
                .withMessage("No model is known: publish one before events are applied.");
    }
}
