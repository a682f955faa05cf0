package io.ebbline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ReplayOptionsTest {
    private static final Instant STARTED = Instant.parse("2024-05-06T07:08:09Z");
    private static final Instant END = Instant.parse("2024-05-01T00:00:00Z");

    @Command
    private static final class Options {
        @Mixin
        private ReplayOptions replay = new ReplayOptions();

        @Mixin
        private JobOptions job = new JobOptions();
    }

    /** Settings before the end is known, then with it. */
    private static Settings settings(String... args) {
        Options options = new Options();
        new CommandLine(options).parseArgs(args);
        SettingsBuilder builder = Settings.builder();
        options.job.apply(builder, STARTED);
        options.replay.apply(builder, options.job, STARTED);
        Settings unused = builder.build();
        options.replay.applyEnd(builder, END, 3);
        return builder.build();
    }

    private static StartPoint from(String text) {
        Options options = new Options();
        new CommandLine(options).parseArgs("--from", text);
        return options.replay.from();
    }

    @Test
    void intoShadowTopicsNothingIsHeldBack() {
        Settings settings = settings();
        assertThat(settings.runId()).isEqualTo("20240506T070809");
        assertThat(settings.jobName()).isEqualTo("ebbline-replay-20240506T070809");
        assertThat(settings.outputPrefix()).isEqualTo("replay-20240506T070809-");
        assertThat(settings.until()).isEqualTo(END);
        assertThat(settings.partitions()).isEqualTo(3);
        assertThat(settings.publishCuts()).isFalse();
        assertThat(settings.previews()).isFalse();
        assertThat(settings.quietMode()).isEqualTo(QuietMode.CLOCKED);
        assertThat(settings.replay()).isEqualTo(new Replay(Duration.ofDays(30), null, null, false));
    }

    @Test
    void previewsAreForLiveEvents() {
        assertThatThrownBy(() -> settings("--previews", "on"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--previews on");
        assertThat(settings("--previews", "off").previews()).isFalse();
    }

    @Test
    void intoTheRealOnesAllOfTheReplayIs() {
        Settings settings = settings("--into-real", "--held-back=aside", "--run-id=again", "--job-name=shop");
        assertThat(settings.outputPrefix()).isEmpty();
        assertThat(settings.jobName()).isEqualTo("shop-replay-again");
        assertThat(settings.replay()).isEqualTo(new Replay(Duration.ofDays(30), END.plusMillis(1), "aside", false));
    }

    @Test
    void movesAreRecordedIntoShadowTopicsAlone() {
        assertThat(settings("--record-moves").replay()).isEqualTo(new Replay(Duration.ofDays(30), null, null, true));
        assertThatThrownBy(() -> settings("--record-moves", "--into-real"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--record-moves and --into-real");
    }

    @Test
    void theCutOverMayBeNamed() {
        Instant cutOver = Instant.parse("2024-03-01T00:00:00Z");
        assertThat(settings("--cut-over=2024-03-01T00:00:00Z", "--shadow=s.", "--max-drift=2d")
                        .replay())
                .isEqualTo(new Replay(Duration.ofDays(2), cutOver, null, false));
        assertThat(settings("--cut-over=2024-03-01T00:00:00Z", "--into-real").replay())
                .isEqualTo(new Replay(Duration.ofDays(30), cutOver, null, false));
    }

    @Test
    void whatContradictsItselfIsRefusedTogether() {
        assertThatThrownBy(() -> settings(
                        "--into-real", "--shadow=s-", "--until=2030-01-01T00:00:00Z", "--from=2031-01-01T00:00:00Z"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--shadow and --into-real")
                .hasMessageContaining("--until is 2030-01-01T00:00:00Z, which is not over yet")
                .hasMessageContaining("--from is 2031-01-01T00:00:00Z");
        assertThatThrownBy(() -> settings("--held-back=aside"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--cut-over");
        assertThatThrownBy(() -> settings("--shadow=a b"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"a b\"");
        assertThatThrownBy(() -> settings("--max-drift=10s"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--max-drift is 10s");
        assertThatThrownBy(() -> settings("--report-dir=r"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--report-dir");
        assertThatThrownBy(() -> settings("--publish-cuts"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--publish-cuts");
    }

    @Test
    void itStartsAtTheBeginningAtATimeOrAtOffsets() {
        assertThat(from("earliest")).isEqualTo(StartPoint.EARLIEST);
        assertThat(from("2024-01-01T00:00:00Z"))
                .isEqualTo(new StartPoint(Instant.parse("2024-01-01T00:00:00Z"), Map.of()));
        assertThat(from("purchases:0=1200,touchpoints:3=88"))
                .isEqualTo(new StartPoint(null, Map.of("purchases:0", 1200L, "touchpoints:3", 88L)));
    }

    @Test
    void elsewhereItCantStart() {
        for (String text : new String[] {
            "latest",
            "2024-01-01",
            "purchases=3",
            "purchases:0=-1",
            "purchases:0=1,",
            "purchases:0=1=2",
            "purchases:0=99999999999999999999",
            "a:0=1,a:0=2",
            ""
        }) {
            assertThatThrownBy(() -> from(text)).as(text).isInstanceOf(ParameterException.class);
        }
    }
}
