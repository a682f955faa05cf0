package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.Delivery;
import io.ebbline.config.Durations;
import io.ebbline.config.JobOptions;
import io.ebbline.config.KafkaOptions;
import io.ebbline.config.ScoringOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.config.TopicOptions;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.platform.Checkpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The job against brokers and a registry of one's own. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "run",
        description = {
            "Run the job against your own brokers and registry.",
            "Under `flink run` on that cluster; else in this process, until Ctrl-C."
        },
        sortOptions = false,
        showDefaultValues = true)
final class RunCommand implements Callable<Integer> {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private ScoringOptions scoring = new ScoringOptions();

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "In this process: keep checkpoints here, and go on from the newest. On a cluster, Flink's own"
                    + " options say where they are.")
    private @Nullable Path dir;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "In this process: the port of Flink's web interface. 0: any free one.")
    private int webPort;

    @Option(
            names = "--from-savepoint",
            paramLabel = "DIR",
            description =
                    "In this process: go on from the savepoint in this directory, as from one that `ebbline replay`"
                            + " left, unless --dir has a newer checkpoint. On a cluster: `flink run -s`.")
    private @Nullable Path fromSavepoint;

    @Option(
            names = "--output-prefix",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "Write to topics of this prefix: those of a replay's --shadow.")
    private String outputPrefix = "";

    @Override
    public Integer call() throws Exception {
        SettingsBuilder builder = Settings.builder();
        kafka.apply(builder);
        topics.apply(builder);
        scoring.apply(builder);
        job.apply(builder, Instant.now());
        builder.outputPrefix(outputPrefix);
        Settings settings = builder.build();
        if (FlinkClient.isCaller()) {
            if (fromSavepoint != null) {
                throw new ConfigException("--from-savepoint is for a job in this process: on a cluster, give the"
                        + " savepoint to Flink with `flink run -s`.");
            }
            check(settings);
            checkShadows(settings);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            Jobs.SCORING.define(env, asCreated(builder));
            env.executeAsync(settings.jobName());
            return ExitCode.DONE;
        }
        Path home = dir;
        if (home == null) {
            throw new ConfigException("--dir is missing: name the directory that keeps the job's checkpoints in this"
                    + " process, or submit the job jar with `flink run`.");
        }
        if (fromSavepoint != null && Checkpoints.newest(fromSavepoint).isEmpty()) {
            throw new ConfigException("--from-savepoint: there is no whole savepoint in " + fromSavepoint + ".");
        }
        LogFile.to(home.resolve("ebbline.log"));
        check(settings);
        checkShadows(settings);
        try (Interrupts interrupts = Interrupts.listen(STOP_LIMIT)) {
            new LocalRun(asCreated(builder), home, webPort, Console.standard(), interrupts)
                    .run(Jobs.SCORING, fromSavepoint);
        }
        return ExitCode.DONE;
    }

    /** The settings with as many partitions as there really are. */
    private static Settings asCreated(SettingsBuilder builder) {
        try (TopicAdmin admin = TopicAdmin.connect(Setup.client(builder.build()))) {
            return builder.partitions(admin.inputPartitions()).build();
        }
    }

    private static void checkShadows(Settings settings) {
        if (settings.outputPrefix().isEmpty()) {
            return;
        }
        try (TopicAdmin admin = TopicAdmin.connect(Setup.client(settings))) {
            List<String> missing = admin.missingOutputs(settings.outputPrefix());
            if (!missing.isEmpty()) {
                throw new ConfigException("--output-prefix: there is no topic " + String.join(", ", missing)
                        + ". Name the prefix of a replay's shadow topics, or none.");
            }
        }
    }

    /** What only the brokers know. */
    static void check(Settings settings) {
        try (TopicAdmin admin = TopicAdmin.connect(Setup.client(settings))) {
            List<String> problems = admin.problems();
            if (!problems.isEmpty()) {
                throw new CommandException(String.join("\n", problems), null);
            }
            if (settings.delivery() == Delivery.EXACTLY_ONCE) {
                admin.transactionLimit()
                        .filter(limit -> limit.compareTo(settings.transactionTimeout()) < 0)
                        .ifPresent(limit -> {
                            throw new ConfigException("--transaction-timeout is "
                                    + Durations.format(settings.transactionTimeout()) + ", but the brokers allow "
                                    + Durations.format(limit) + ": choose that or less, or raise the brokers'"
                                    + " transaction.max.timeout.ms.");
                        });
            }
        }
    }
}
