package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.model.BuyingLayer;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import io.ebbline.model.DecayRules;
import io.ebbline.model.DecayedBuying;
import io.ebbline.model.GammaGamma;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ParetoNbd;
import io.ebbline.model.Provenance;
import io.ebbline.model.RankingModel;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.SegmentGrid;
import io.ebbline.model.SpendLayer;
import io.ebbline.model.StageRules;
import io.ebbline.model.ValueModel;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.StoredBytes;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class ModelCodecTest {

    private static final String STORED = "model-v3.hex";
    private static final String STORED_CUTS = "cuts-v1.hex";

    private static final ChurnRules CHURN =
            new ChurnRules(0.5, 0.875, 0.75, 0.625, 0.25, 0.125, 11, 0.375, 7.5, 0.0625, 12, 13, 14, -1.5);

    private static final Provenance PROVENANCE = new Provenance(
            -86_400_000L,
            1_577_836_800_000L,
            1_000_000,
            70_000,
            400_000,
            List.of(
                    new Provenance.Part("cuts", true, null, 70_000, "fifths"),
                    new Provenance.Part("buying", false, -12_345.5, 0, "too few")),
            1_600_000_000_000L,
            "Ebbline 1.0");

    private static final BuyingLayer LAYER =
            new BuyingLayer(-0.5, 0.375, 0.25, -0.125, 0.75, 0.0625, -0.25, 31_449_600_000L, 7_862_400_000L, 3_512.5);
    private static final ValueModel VALUE = new ValueModel(
            new ParetoNbd(0.5, 70.25, 0.625, 81.5),
            new GammaGamma(6.25, 3.75, 1_544.5),
            31_449_600_000L,
            0.125,
            new SpendLayer(1_000.5, -0.25, 0.5, 0.375, 0.0625, -0.125));
    private static final MatrixRules MATRIX = new MatrixRules(5, 6, 7, -8, 10, 9, 11.5, 0.25, 0.75, 12);

    private static final RankingModel RANKING =
            new RankingModel(numbered(RankingModel.Explore.class, 0.25), numbered(RankingModel.Own.class, -0.5));

    /** Weights of which no two are equal, however many there are. */
    private static <R extends Record> R numbered(Class<R> type, double first) {
        return Records.make(
                type,
                IntStream.range(0, Records.fields(type).size())
                        .mapToObj(i -> first + i)
                        .toArray());
    }

    private static ScoringModel sample() {
        return new ScoringModel(
                "spring",
                300,
                1_577_836_800_000L,
                true,
                new Cuts(86_400_000L, 172_800_000L, 259_200_000L, 345_600_000L),
                new Cuts(1, 1, 2, 4),
                new Cuts(-100, 0, 5_000, 1_000_000_000_000L),
                new SegmentGrid(IntStream.range(0, 25)
                        .mapToObj(i -> "s\u00e9gment " + i)
                        .toList()),
                new StageRules(4, 5_184_000_000L),
                new BuyingModel(
                        new RepeatBuying(RepeatBuying.Family.BG, 3, 0.25, 30.5, 0.75, 2.5),
                        new DecayedBuying(0.5, 60.25, 0.0625),
                        7_862_400_000L,
                        LAYER),
                CHURN,
                new DecayRules(1, 1L << 40, 3, 4),
                VALUE,
                MATRIX,
                RANKING,
                34_560_000_000L,
                "by hand",
                PROVENANCE);
    }

    @Test
    @EnabledIfSystemProperty(named = "ebbline.regenerate", matches = ".*", disabledReason = "writes the stored bytes")
    void regenerate() throws IOException {
        StoredBytes.write(STORED, ModelCodec.write(sample()));
    }

    @Test
    void theStoredBytesOfVersionThreeSayWhatTheyAlwaysSaid() throws IOException {
        ScoringModel model = ModelCodec.read(StoredBytes.read(STORED));
        assertThat(model.modelId()).isEqualTo("spring");
        assertThat(model.version()).isEqualTo(300);
        assertThat(model.effectiveFrom()).isEqualTo(1_577_836_800_000L);
        assertThat(model.backdated()).isTrue();
        assertThat(model.recency().toList()).containsExactly(86_400_000L, 172_800_000L, 259_200_000L, 345_600_000L);
        assertThat(model.frequency().toList()).containsExactly(1L, 1L, 2L, 4L);
        assertThat(model.monetary().toList()).containsExactly(-100L, 0L, 5_000L, 1_000_000_000_000L);
        assertThat(model.segments().segment(5, 5, 5)).isEqualTo("s\u00e9gment 0");
        assertThat(model.segments().segment(1, 1, 1)).isEqualTo("s\u00e9gment 24");
        assertThat(model.stages()).isEqualTo(new StageRules(4, 5_184_000_000L));
        assertThat(model.buying().repeat())
                .isEqualTo(new RepeatBuying(RepeatBuying.Family.BG, 3, 0.25, 30.5, 0.75, 2.5));
        assertThat(model.buying().decayed()).isEqualTo(new DecayedBuying(0.5, 60.25, 0.0625));
        assertThat(model.buying().horizonMillis()).isEqualTo(7_862_400_000L);
        assertThat(model.buying().layer()).isEqualTo(LAYER);
        assertThat(model.churn()).isEqualTo(CHURN);
        assertThat(model.value()).isEqualTo(VALUE);
        assertThat(model.decay()).isEqualTo(new DecayRules(1, 1L << 40, 3, 4));
        assertThat(model.matrix()).isEqualTo(MATRIX);
        assertThat(model.ranking()).isEqualTo(RANKING);
        assertThat(model.lookBackMillis()).isEqualTo(34_560_000_000L);
        assertThat(model.note()).isEqualTo("by hand");
        assertThat(model.provenance()).isEqualTo(PROVENANCE);
    }

    @Test
    void versionThreeIsWrittenAsItAlwaysWas() throws IOException {
        assertThat(ModelCodec.write(sample())).isEqualTo(StoredBytes.read(STORED));
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(@ForAll long seed) {
        for (ModelTimeline.Entry entry : RandomHistory.of(seed, 1).models()) {
            assertThat(ModelCodec.read(ModelCodec.write(entry.model()))).isEqualTo(entry.model());
        }
    }

    private static CutPoints cuts() {
        return new CutPoints(
                "population",
                20_190,
                1_744_502_400_000L,
                new Cuts(86_400_000L, 172_800_000L, 259_200_000L, 345_600_000L),
                new Cuts(1, 1, 2, 4),
                new Cuts(-100, 0, 5_000, 1_000_000_000_000L),
                23_570,
                "fifths");
    }

    @Test
    @EnabledIfSystemProperty(named = "ebbline.regenerate", matches = ".*", disabledReason = "writes the stored bytes")
    void regenerateCuts() throws IOException {
        StoredBytes.write(STORED_CUTS, ModelCodec.write(cuts()));
    }

    @Test
    void storedCutPointsSayWhatTheyAlwaysSaid() throws IOException {
        CutPoints read = (CutPoints) ModelCodec.readVersion(StoredBytes.read(STORED_CUTS));
        assertThat(read.ref()).isEqualTo("population/20190");
        assertThat(read.effectiveFrom()).isEqualTo(1_744_502_400_000L);
        assertThat(read.recency().toList()).containsExactly(86_400_000L, 172_800_000L, 259_200_000L, 345_600_000L);
        assertThat(read.frequency().toList()).containsExactly(1L, 1L, 2L, 4L);
        assertThat(read.monetary().toList()).containsExactly(-100L, 0L, 5_000L, 1_000_000_000_000L);
        assertThat(read.customers()).isEqualTo(23_570);
        assertThat(read.note()).isEqualTo("fifths");
        assertThat(ModelCodec.write(cuts())).isEqualTo(StoredBytes.read(STORED_CUTS));
    }

    @Test
    void aModelAndCutPointsAreToldApart() {
        assertThat(ModelCodec.readVersion(ModelCodec.write(sample()))).isEqualTo(sample());
        assertThat(ModelCodec.readVersion(ModelCodec.write(cuts()))).isEqualTo(cuts());
    }

    @Test
    void damagedCutPointsAreRefusedOrReadAsOthers() {
        Damage.oneByte(ModelCodec.write(cuts()), 1, bytes -> CutPoints.class.cast(ModelCodec.readVersion(bytes)));
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] bytes = ModelCodec.write(sample());
        assertThat(bytes[0]).isEqualTo((byte) 3);
        bytes[0] = 7;
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> ModelCodec.read(bytes))
                .withMessage("A model is stored in format 7, which this release does not know: run the release that"
                        + " wrote it, or a newer one.");
    }

    @Test
    void damagedBytesAreRefusedOrReadAsAnotherModel() {
        Damage.oneByte(ModelCodec.write(sample()), 0, ModelCodec::read);
    }
}
