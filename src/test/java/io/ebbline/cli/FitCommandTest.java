package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.Cuts;
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
        List<String> line = new ArrayList<>(List.of("fit", history.toString(), "--format", "csv"));
        for (String column :
                List.of("customer=who", "time=when", "amount=paid", "currency=GBP", "time-pattern=uuuu-MM-dd")) {
            line.addAll(List.of("--csv", column));
        }
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
    void whatMakesNoSenseIsToldWithItsFix() throws Exception {
        assertThat(fit()).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("--cuts-only is missing");
        assertThat(fit("--cuts-only", "--model-id", "a+b")).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("without a slash or a plus");
        assertThat(fit("--cuts-only", "--at", "2023-12-31")).isEqualTo(ExitCode.NO);
        assertThat(told).contains("Nobody has a kept order at the end of 2023-12-31");
        Path broken = Files.writeString(dir.resolve("broken.json"), "{}");
        assertThat(fit("--cuts-only", "--base", broken.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(told).contains("holds no model");
    }
}
