package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.Defaults;
import io.ebbline.config.JobOptions;
import io.ebbline.config.KafkaOptions;
import io.ebbline.config.ReplayOptions;
import io.ebbline.config.ScoringOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.ReplayArchives;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.wire.ConfluentRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** History through the same job. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "replay",
        description = {
            "Repeat the history of the input topics, and of archives, through the same job, up to an end, into shadow topics or the real"
                    + " ones, and leave a savepoint from which `ebbline run` goes on.",
            "Recorded models take effect as they did; none is published. docs/backfill.md shows the whole of a backfill."
        },
        sortOptions = false,
        showDefaultValues = true,
        defaultValueProvider = ReplayCommand.ReplayDefaults.class)
final class ReplayCommand implements Callable<Integer> {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** Where a replay wants another value than the live job. */
    static final class ReplayDefaults implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec arg) {
            boolean interval =
                    arg instanceof OptionSpec option && option.longestName().equals("--checkpoint-interval");
            return interval ? Defaults.REPLAY_CHECKPOINT_INTERVAL : null;
        }
    }

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Mixin
    private ScoringOptions scoring = new ScoringOptions();

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            required = true,
            description = "Keep checkpoints and the log here while it runs.")
    private Path dir = Path.of("");

    @Option(
            names = "--savepoint",
            paramLabel = "DIR",
            description = "Leave the savepoint here, for `ebbline run --from-savepoint`. Default: savepoints in --dir.")
    private @Nullable Path savepoint;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port of Flink's web interface. 0: any free one.")
    private int webPort;

    @Override
    public Integer call() {
        if (FlinkClient.isCaller()) {
            throw new ConfigException("replay runs in this process, not under `flink run`: call it with ./ebbline.");
        }
        Instant started = Instant.now();
        SettingsBuilder builder = Settings.builder();
        kafka.apply(builder);
        scoring.apply(builder);
        job.apply(builder, started);
        replay.apply(builder, job, started);
        Settings asked = builder.build();
        LogFile.to(dir.resolve("ebbline.log"));
        Console console = Console.standard();
        ReplaySpan span = ReplaySpan.find(
                Setup.client(asked),
                replay.from().time(),
                replay.from().offsets(),
                asked.until(),
                asked.lateness(),
                archives(asked, console));
        replay.applyEnd(builder, Instant.ofEpochMilli(span.end()), span.leastPartitions());
        Settings settings = builder.build();
        RunCommand.check(settings);
        prepare(settings);
        try (Interrupts interrupts = Interrupts.listen(STOP_LIMIT)) {
            Path kept = savepoint == null ? dir.resolve("savepoints") : savepoint;
            boolean whole = new ReplayRun(settings, span, dir, webPort, console, interrupts).run(kept);
            return whole ? ExitCode.DONE : ExitCode.NO;
        }
    }

    private ReplayArchives archives(Settings asked, Console console) {
        ReplayArchives archives = ReplayArchives.open(replay.archives());
        if (!archives.isEmpty()) {
            console.line("Checking "
                    + String.join(
                            ", ", replay.archives().stream().map(Path::toString).toList()) + ".");
            archives.requireSchemas(
                    new ConfluentRegistry(asked.registryUrl(), asked.client().forRegistry()));
        }
        return archives;
    }

    private void prepare(Settings settings) {
        try (TopicAdmin admin = TopicAdmin.connect(Setup.client(settings))) {
            if (!replay.isIntoReal()) {
                admin.createShadows(settings.outputPrefix());
            }
            String aside = replay.heldBackTopic();
            if (aside != null) {
                admin.createAside(aside);
            }
        }
    }
}
