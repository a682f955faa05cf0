package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.DemoOptions;
import io.ebbline.config.ScoringOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.config.TopicOptions;
import io.ebbline.connector.feed.FeedException;
import io.ebbline.platform.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything in one go, on this machine. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "demo",
        description = "Start a broker, a schema registry and Flink, run the job, feed it, and show what comes out.",
        sortOptions = false,
        showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {
    private static final long HEAP = 1L << 30;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    @Mixin
    private DemoOptions demo = new DemoOptions();

    @Mixin
    private ScoringOptions scoring = new ScoringOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Override
    public Integer call() {
        demo.check();
        try {
            DemoFeed.check(demo);
        } catch (FeedException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        SettingsBuilder builder = Settings.builder();
        scoring.apply(builder);
        topics.apply(builder);
        demo.apply(builder);
        builder.build();
        demo.history().input().ifPresent(input -> requireReadable("--input", input));
        demo.publish().forEach(file -> requireReadable("--publish", file));
        demo.summary().ifPresent(file -> requireWritable("--summary", file));
        demo.customers().ifPresent(file -> requireWritable("--customers", file));
        Memory.require(HEAP);
        Path registryHome = Installation.registryHome();
        try (Interrupts interrupts = Interrupts.listen(STOP_LIMIT);
                DemoDirectory directory = DemoDirectory.open(demo, System.currentTimeMillis())) {
            LogFile.to(directory.logFile());
            Console console = Console.standard();
            console.line(
                    "Data: " + (directory.isTemporary() ? "temporary" : directory.path()) + "; log: " + LogFile.name());
            new Demo(demo, builder, directory, Jobs.SCORING, console, interrupts).run(registryHome);
        }
        return ExitCode.DONE;
    }

    private static void requireReadable(String option, Path input) {
        if (!Files.isReadable(input)) {
            throw new ConfigException(option + ": " + input + " can't be read: name a file that is there.");
        }
    }

    /** Found out now rather than at the end of a long run. */
    private static void requireWritable(String option, Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || parent == null || !Files.isWritable(parent)) {
            throw new ConfigException(
                    option + ": " + file + " can't be written: name a file in a directory that is there"
                            + " and that this user may write to.");
        }
    }
}
