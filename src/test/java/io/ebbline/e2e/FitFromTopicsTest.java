package io.ebbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.cli.ExitCode;
import io.ebbline.cli.Main;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.event.Tick;
import io.ebbline.fit.Folded;
import io.ebbline.fit.Folding;
import io.ebbline.fit.ModelFit;
import io.ebbline.model.Provenance;
import io.ebbline.model.ScoringModel;
import io.ebbline.wire.AvroModels;
import io.ebbline.wire.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model fitted to what is on the topics, and published beside the one before. */
class FitFromTopicsTest {

    private static final History SHOP = new SimulatedShop(5, 200, 150, Instant.parse("2025-01-01T00:00:00Z")).history();

    private static Arena arena;

    @TempDir
    private Path dir;

    private String told = "";

    @BeforeAll
    static void start(@TempDir Path dir) {
        arena = Arena.start(dir);
    }

    @AfterAll
    static void stop() {
        arena.close();
        arena = null;
    }

    private int fit(String... options) {
        List<String> line = new ArrayList<>(List.of(
                "fit",
                "--from-topics",
                "--currency=" + SHOP.currency(),
                "--horizon=6w",
                "--bootstrap-servers=" + arena.bootstrap(),
                "--registry=" + arena.registryUrl()));
        line.addAll(List.of(options));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int code = Main.commandLine().setOut(writer).setErr(writer).execute(line.toArray(String[]::new));
        told = out.toString();
        return code;
    }

    private static List<ScoringModel> published() throws Exception {
        List<ScoringModel> models = new ArrayList<>();
        for (var record : arena.read(Topic.SCORING_MODELS)) {
            ScoringModel model = (ScoringModel) AvroModels.read(arena.registry(), record.value());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(model.ref());
            models.add(model);
        }
        return models;
    }

    @Test
    void whatIsOnTheTopicsIsFittedAndPublished() throws Exception {
        arena.reset();
        assertThat(fit()).as(told).isEqualTo(ExitCode.NO);
        assertThat(told).contains("The topic purchases holds nothing");
        arena.feed(SHOP.records(), SHOP.end());

        Path file = dir.resolve("model.json");
        assertThat(fit("--publish", "--output=" + file)).as(told).isEqualTo(ExitCode.DONE);
        ScoringModel model = AvroModels.fromJson(Files.readString(file));
        assertThat(published()).containsExactly(ScoringModel.shipped(), model);
        assertThat(told).contains("Published the model default/2.").contains("churn.declineBelow");
        Provenance provenance = model.provenance();
        assertThat(provenance).isNotNull();
        int tick = Tick.of(model.effectiveFrom()) - 1;
        Folded folded = Folding.of(SHOP);
        assertThat(tick).isEqualTo(folded.census().lastDay());
        ModelFit.Wish wish = new ModelFit.Wish(
                false, Duration.ofDays(42).toMillis(), Duration.ofDays(364).toMillis(), .1);
        ModelFit.Result byHand = ModelFit.of(folded, tick, ScoringModel.shipped(), wish, part -> {});
        assertThat(provenance).isEqualTo(byHand.provenance(provenance.fittedAt(), provenance.tool()));
        assertThat(model.buying()).isEqualTo(byHand.model().buying());
        assertThat(model.note()).contains("the topic purchases");

        // The next free version; what is fitted again is no news.
        assertThat(fit("--publish")).as(told).isEqualTo(ExitCode.DONE);
        assertThat(told).contains("Nothing differs from default/2.").contains("Published the model default/3.");

        assertThat(fit("--publish", "--cuts-only", "--walk-forward=1mo", "--at=2025-04-30"))
                .as(told)
                .isEqualTo(ExitCode.DONE);
        List<ScoringModel> all = published();
        assertThat(all).extracting(ScoringModel::version).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(all.subList(3, 7))
                .extracting(m -> Instant.ofEpochMilli(m.effectiveFrom()).toString())
                .containsExactly(
                        "2025-02-01T00:00:00Z", "2025-03-01T00:00:00Z", "2025-04-01T00:00:00Z", "2025-05-01T00:00:00Z");
        assertThat(all.subList(3, 7)).allMatch(m -> m.buying().equals(model.buying()));

        assertThat(fit("--publish", "--model-version=3")).isEqualTo(ExitCode.NO);
        assertThat(told).contains("default/3 is on scoring-models already").doesNotContain("Reading");
    }
}
