package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.event.Tick;
import io.ebbline.fit.Folding;
import io.ebbline.fit.ModelFit;
import io.ebbline.model.Cuts;
import io.ebbline.model.Provenance;
import io.ebbline.model.ScoringModel;
import io.ebbline.wire.AvroModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FitCommandTest {

    @TempDir
    private Path dir;

    private Path history;
    private String told = "";
    private final Instant started = Instant.now().minusSeconds(1);

    @BeforeEach
    void writeHistory() throws IOException {
        history = Files.writeString(dir.resolve("orders.csv"), """
                who,when,paid
                ann,2024-01-01,10.00
                ann,2024-01-05,20.00
                bob,2024-01-03,1.00
                cid,2024-01-02,0.50
                dan,2024-01-04,0.70
                eve,2024-01-05,0.90
                """);
    }

    private int fit(String... options) {
        List<String> line = new ArrayList<>(List.of(history.toString(), "--format", "csv"));
        for (String column :
                List.of("customer=who", "time=when", "amount=paid", "currency=GBP", "time-pattern=uuuu-MM-dd")) {
            line.addAll(List.of("--csv", column));
        }
        line.addAll(Arrays.asList(options));
        return ebbline("fit", line.toArray(String[]::new));
    }

    private int ebbline(String name, String... options) {
        List<String> line = new ArrayList<>(List.of(name));
        line.addAll(Arrays.asList(options));
        StringWriter out = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        int code = command.execute(line.toArray(String[]::new));
        told = out.toString();
        return code;
    }

    @Test
    void theFileHoldsTheShippedModelWithTheHistorysOwnCuts() throws Exception {
        Path file = dir.resolve("model.json");
        assertThat(fit("--cuts-only", "--output", file.toString())).as(told).isEqualTo(ExitCode.DONE);
        ScoringModel model = AvroModels.fromJson(Files.readString(file));
        assertThat(model.ref()).isEqualTo("default/2");
        assertThat(model.effectiveFrom())
                .isEqualTo(Instant.parse("2024-01-06T00:00:00Z").toEpochMilli());
        assertThat(model.backdated()).isTrue();
        // Ages of 1, 1, 2, 3 and 4 days; 1, 1, 1, 1 and 2 orders; 50, 70, 90, 100 and 3,000 pence.
        long day = Duration.ofDays(1).toMillis();
        assertThat(model.recency()).isEqualTo(new Cuts(day, day, 2 * day, 3 * day));
        assertThat(model.frequency()).isEqualTo(new Cuts(1, 1, 1, 1));
        assertThat(model.monetary()).isEqualTo(new Cuts(50, 70, 90, 100));
        assertThat(model.segments()).isEqualTo(ScoringModel.shipped().segments());
        assertThat(model.stages()).isEqualTo(ScoringModel.shipped().stages());
        assertThat(told).contains("6 events of 5 customers").contains("Wrote default/2");
    }

    @Test
    void anEarlierDayAndAnotherBaseAreTaken() throws Exception {
        Path base = dir.resolve("base.json");
        assertThat(fit("--cuts-only", "--model-id", "own", "--model-version", "7", "--output", base.toString()))
                .isEqualTo(ExitCode.DONE);
        Path file = dir.resolve("model.json");
        assertThat(fit("--cuts-only", "--at", "2024-01-03", "--base", base.toString(), "--output", file.toString()))
                .as(told)
                .isEqualTo(ExitCode.DONE);
        ScoringModel model = AvroModels.fromJson(Files.readString(file));
        assertThat(model.effectiveFrom())
                .isEqualTo(Instant.parse("2024-01-04T00:00:00Z").toEpochMilli());
        assertThat(model.monetary()).isEqualTo(new Cuts(50, 100, 100, 1_007));
        assertThat(told).contains("3 events of 3 customers");
    }

    @Test
    void whatTheHistoryDoesNotTellIsTakenOverFromTheBase() throws Exception {
        Path file = dir.resolve("model.json");
        assertThat(fit("--output", file.toString())).as(told).isEqualTo(ExitCode.DONE);
        ScoringModel model = AvroModels.fromJson(Files.readString(file));
        assertThat(model.buying()).isEqualTo(ScoringModel.shipped().buying());
        assertThat(model.value()).isEqualTo(ScoringModel.shipped().value());
        assertThat(model.monetary()).isEqualTo(new Cuts(50, 70, 90, 100));
        assertThat(told)
                .contains("buying: taken over from default/1.")
                .contains("value: taken over from default/1.")
                .contains("monetary")
                .contains("default/2");
        Provenance provenance = model.provenance();
        assertThat(provenance).isNotNull();
        assertThat(provenance.parts())
                .extracting(part -> (part.fitted() ? "" : "no ") + part.name())
                .containsExactly("cuts", "no buying", "no value", "matrix", "no ranking");
        assertThat(provenance.orders()).isEqualTo(6);
        assertThat(provenance.tool()).startsWith("Ebbline");
        assertThat(Instant.ofEpochMilli(provenance.fittedAt())).isBetween(started, Instant.now());
    }

    @Test
    void howeverManyTasksFoldItTheModelIsTheSame() throws Exception {
        assertThat(ebbline("generate", "--output", dir.toString(), "--shop-customers", "200", "--shop-days", "240"))
                .as(told)
                .isEqualTo(ExitCode.DONE);
        Path shop = dir.resolve("shop.jsonl.gz");
        List<ScoringModel> models = new ArrayList<>();
        for (String parallelism : List.of("1", "3")) {
            Path file = dir.resolve("model-" + parallelism + ".json");
            assertThat(ebbline(
                            "fit",
                            shop.toString(),
                            "--format=shop",
                            "--horizon=8w",
                            "--parallelism=" + parallelism,
                            "--output=" + file))
                    .as(told)
                    .isEqualTo(ExitCode.DONE);
            models.add(AvroModels.fromJson(Files.readString(file)));
        }
        History history = HistoryFormat.SHOP.read(shop, null);
        int tick = Tick.of(models.get(0).effectiveFrom()) - 1;
        ModelFit.Result byHand = ModelFit.of(
                Folding.of(history),
                tick,
                ScoringModel.shipped(),
                new ModelFit.Wish(
                        false,
                        Duration.ofDays(56).toMillis(),
                        Duration.ofDays(364).toMillis(),
                        .1),
                part -> {});
        for (ScoringModel model : models) {
            Provenance provenance = model.provenance();
            assertThat(provenance).isNotNull();
            assertThat(provenance).isEqualTo(byHand.provenance(provenance.fittedAt(), provenance.tool()));
            assertThat(model)
                    .isEqualTo(byHand.model()
                            .published("default", 2, model.effectiveFrom(), true, model.note())
                            .withProvenance(provenance));
        }
        assertThat(models.get(0).note())
                .contains("shop.jsonl.gz")
                .contains("cuts, buying, churn")
                .contains("ranking");
        assertThat(told)
                .contains("buying: log-likelihood -")
                .contains("churn.declineBelow")
                .contains("ranking: log-likelihood -")
                .contains("ranking.explore.popularity");
    }

    @Test
    void aSeriesIsADirectoryOfVersions() throws Exception {
        StringBuilder rows = new StringBuilder("who,when,paid\n");
        for (int i = 0; i < 130; i++) {
            rows.append("c%d,2024-0%d-11,%d.00%n".formatted(i, 1 + i / 50, 1 + i));
        }
        Files.writeString(history, rows);
        Path series = dir.resolve("series");
        assertThat(fit("--cuts-only", "--walk-forward", "1mo", "--at", "2024-04-30", "--output", series.toString()))
                .as(told)
                .isEqualTo(ExitCode.DONE);
        // A hundred customers by the end of February; then thirty more.
        assertThat(series)
                .isDirectoryContaining("glob:**default-2.json")
                .isDirectoryContaining("glob:**default-4.json");
        List<ScoringModel> models = new ArrayList<>();
        for (int version = 2; version <= 4; version++) {
            models.add(AvroModels.fromJson(Files.readString(series.resolve("default-" + version + ".json"))));
        }
        assertThat(models)
                .extracting(model -> Instant.ofEpochMilli(model.effectiveFrom()).toString())
                .containsExactly("2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z", "2024-05-01T00:00:00Z");
        assertThat(models).allMatch(ScoringModel::backdated);
        assertThat(models.get(0).monetary().first()).isBetween(2_000L, 2_020L);
        assertThat(models.get(1).monetary()).isEqualTo(models.get(2).monetary());
        assertThat(models.get(1).monetary().first()).isBetween(2_600L, 2_630L);
        assertThat(told).contains("Wrote 3 versions").contains("default/3 from 2024-04-01T00:00:00Z");
    }

    @Test
    void whatMakesNoSenseIsToldWithItsFix() throws Exception {
        assertThat(fit("--cuts-only", "--model-id", "a+b")).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("without a slash or a plus");
        assertThat(fit("--horizon", "1h", "--max-customers", "9")).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("--horizon").contains("--max-customers is 9");
        assertThat(fit("--walk-forward", "4w")).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("write 1mo");
        assertThat(fit("--from-topics")).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("one of the two");
        assertThat(ebbline("fit", "--from-topics", "--format", "csv")).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("--format and --csv describe a FILE");
        assertThat(ebbline("fit", history.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("--format is missing");
        assertThat(ebbline("fit", dir.resolve("none.csv").toString(), "--format", "cdnow"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("can't be read: name a file that is there");
        Path broken = Files.writeString(dir.resolve("broken.json"), "{}");
        assertThat(fit("--cuts-only", "--base", broken.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("holds no model");
    }

    @Test
    void aHistoryThatTellsNothingIsRefused() throws Exception {
        assertThat(fit("--cuts-only", "--at", "2023-12-31")).isEqualTo(ExitCode.NO);
        assertThat(told).contains("Nothing had happened by the end of the day");
        assertThat(fit("--walk-forward", "1mo")).isEqualTo(ExitCode.NO);
        assertThat(told).contains("fit once to all of it");
        Files.writeString(history, "who,when,paid\nann,yesterday,10.00\n");
        assertThat(fit("--cuts-only")).isEqualTo(ExitCode.NO);
        assertThat(told).contains("orders.csv, line 2");
    }
}
