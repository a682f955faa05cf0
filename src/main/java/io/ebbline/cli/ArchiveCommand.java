package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.Defaults;
import io.ebbline.config.DurationConverter;
import io.ebbline.config.HistoryOptions;
import io.ebbline.config.KafkaOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.archive.ArchiveChecks;
import io.ebbline.connector.archive.HistoryArchiver;
import io.ebbline.connector.archive.TopicArchiver;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.History;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Input topics, or a history, as files that a replay reads. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "archive",
        description = {
            "Append to an archive what the input topics hold beyond it: called regularly, it lets them have a retention."
                    + " With --input: write a history file, which never was on Kafka, as an archive.",
            "`replay --archive DIR` reads the archive first and goes on with the topics. docs/backfill.md says how."
        },
        sortOptions = false,
        showDefaultValues = true)
final class ArchiveCommand implements Callable<Integer> {
    private static final long NOTE_NANOS = Duration.ofSeconds(2).toNanos();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            required = true,
            description = "The archive's directory, made if need be.")
    private Path dir = Path.of("");

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description =
                    "Stop before the first record of this Kafka time, as in 2024-01-01T00:00:00Z. Default: all that"
                            + " is there now.")
    private @Nullable Instant until;

    @Mixin
    private HistoryOptions source = new HistoryOptions();

    @Option(
            names = "--lateness",
            paramLabel = "TIME",
            defaultValue = Defaults.LATENESS,
            converter = DurationConverter.class,
            description = "With --input: the lateness bound of the replay that will read it.")
    private Duration lateness = Duration.ZERO;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    private long noted = System.nanoTime();

    @Override
    public Integer call() {
        check();
        SettingsBuilder builder = Settings.builder();
        kafka.apply(builder);
        Settings settings = builder.build();
        SchemaRegistry registry =
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry());
        Map<TopicPartition, Long> written = source.input()
                .map(file -> history(file, settings, registry))
                .orElseGet(
                        () -> new TopicArchiver(Setup.client(settings), registry, this::progress).archive(dir, until));
        written.forEach((partition, records) -> {
            if (records > 0) {
                say("%s: %,d records".formatted(ArchiveChecks.name(partition), records));
            }
        });
        say("Archived %,d records in %s."
                .formatted(written.values().stream().mapToLong(Long::longValue).sum(), dir));
        return ExitCode.DONE;
    }

    private Map<TopicPartition, Long> history(Path file, Settings settings, SchemaRegistry registry) {
        Map<Topic, Integer> partitions = HistoryArchiver.partitions(Setup.client(settings));
        History history = Histories.read(file, source);
        if (until != null) {
            history = history.until(until.toEpochMilli());
        }
        say("%,d events up to %s".formatted(history.records().size(), Instant.ofEpochMilli(history.end())));
        return HistoryArchiver.archive(
                dir,
                history.records(),
                history.end(),
                partitions,
                FeedOptions.defaults().late(lateness.toMillis()),
                registry);
    }

    private void check() {
        List<String> problems = new ArrayList<>();
        source.input()
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> problems.add(file + " can't be read: name a file that is there."));
        problems.addAll(Histories.problems(source));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private void progress(TopicPartition partition, long records, long offset, long end) {
        if (System.nanoTime() - noted > NOTE_NANOS) {
            noted = System.nanoTime();
            say(String.format(
                    Locale.ROOT,
                    "%s: %,d records, offset %,d of %,d",
                    ArchiveChecks.name(partition),
                    records,
                    offset,
                    end));
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
