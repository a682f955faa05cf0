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
