package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.config.ConfigException;
import io.ebbline.config.DemoOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class DemoDirectoryTest {
    @TempDir
    private Path dir;

    @Test
    void aDirectoryKeepsItsRunId() {
        String first = DemoDirectory.open(options("--seed", "3"), 1_000).runId();
        String second = DemoDirectory.open(options("--seed", "3"), 2_000).runId();

        assertThat(first).isEqualTo("demo-1000").isEqualTo(second);
    }

    @Test
    void anotherFeedDoesNotGoOnInIt() {
        DemoDirectory.open(options("--seed", "3"), 1_000).close();

        assertThatThrownBy(() -> DemoDirectory.open(options("--seed", "4"), 2_000))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("seed=3")
                .hasMessageContaining("choose another directory");
        assertThatThrownBy(() -> DemoDirectory.open(options("--seed", "3", "--shuffle", "1"), 2_000))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void whatDoesNotChangeTheFeedMayChange() {
        DemoDirectory.open(options("--speed", "1d/s", "--parallelism", "2"), 1_000)
                .close();

        assertThat(DemoDirectory.open(options("--speed", "max", "--parallelism", "4", "--once"), 2_000)
                        .runId())
                .isEqualTo("demo-1000");
    }

    @Test
    void aDemoThatHasEndedIsNotBegunAgain() {
        DemoDirectory.open(options(), 1_000).finish();

        assertThatThrownBy(() -> DemoDirectory.open(options(), 2_000))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void theReportIsEmptiedAndTheDirectoryKept() throws IOException {
        DemoDirectory opened = DemoDirectory.open(options(), 1_000);
        Files.writeString(opened.emptyReport().resolve("part-0"), "old");

        assertThat(opened.emptyReport()).isEmptyDirectory();
        opened.close();
        assertThat(dir).isDirectory();
    }

    @Test
    void aTemporaryDirectoryIsDeletedButNotItsLog() throws IOException {
        DemoOptions options = parsed(List.of());
        DemoDirectory opened = DemoDirectory.open(options, 1_000);
        Files.writeString(opened.emptyReport().resolve("part-0"), "x");
        Path log = opened.logFile();

        opened.close();

        assertThat(opened.path()).doesNotExist();
        assertThat(log.startsWith(opened.path())).isFalse();
    }

    private DemoOptions options(String... args) {
        List<String> all = new ArrayList<>(List.of("--dir", dir.toString()));
        all.addAll(List.of(args));
        return parsed(all);
    }

    private static DemoOptions parsed(List<String> args) {
        DemoOptions options = new DemoOptions();
        CommandSpec spec = CommandSpec.create().addMixin("demo", CommandSpec.forAnnotatedObject(options));
        new CommandLine(spec).parseArgs(args.toArray(String[]::new));
        return options;
    }
}
