package io.ebbline.cli;

import io.ebbline.config.AffinityLists;
import io.ebbline.config.Defaults;
import io.ebbline.config.Durations;
import io.ebbline.config.QuietMode;
import io.ebbline.config.Replay;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.feed.History;
import io.ebbline.job.ScoringJob;
import io.ebbline.model.ModelVersion;
import io.ebbline.platform.Platform;
import io.ebbline.platform.PlatformSettings;
import io.ebbline.wire.ConfluentRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.util.FileUtils;

/** A broker, a registry and a Flink session on which a history is played case by case, each time on empty topics. */
final class CasePlayer implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration METRICS = Duration.ofMillis(100);
    private static final MemorySize NETWORK = MemorySize.ofMebiBytes(128);

    /** Far beyond any lateness bound in use, and far within the horizon of duplicates. */
    private static final Duration SPREAD = Duration.ofDays(3);

    private final Platform platform;
    private final Configuration conf;
    private final SettingsBuilder builder;
    private final AffinityLists lists;
    private final Path dir;
    private final Console console;
    private final Interrupts interrupts;

    private CasePlayer(
            Platform platform,
            Configuration conf,
            SettingsBuilder builder,
            Path dir,
            Console console,
            Interrupts interrupts) {
        this.platform = platform;
        this.conf = conf;
        this.builder = builder;
        this.lists = builder.build().affinityLists();
        this.dir = dir;
        this.console = console;
        this.interrupts = interrupts;
    }

    /**
     * Starts what it takes, on a temporary directory.
     *
     * @param wanted what every case has in common
     */
    static CasePlayer start(SettingsBuilder wanted, Console console, Interrupts interrupts) {
        Path dir;
        try {
            dir = Files.createTempDirectory("ebbline-verify-");
        } catch (IOException e) {
            throw new CommandException(
                    "The temporary directory can't be used (" + e + "): point java.io.tmpdir to one with room.", e);
        }
        LogFile.to(dir.resolveSibling(dir.getFileName() + ".log"));
        console.line("Log: " + LogFile.name());
        Configuration conf = FlinkConf.watched(INTERVAL);
        conf.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, METRICS);
        conf.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
        conf.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
        Platform platform = Platform.start(
                new PlatformSettings(
                        dir, Installation.registryHome(), "BACKWARD", 0, 0, 0, 1, ReplayCase.mostParallel(), conf),
                line -> {});
        wanted.bootstrapServers(platform.broker().bootstrap())
                .registryUrl(platform.registry().url())
                .quietMode(QuietMode.CLOCKED)
                .checkpointInterval(INTERVAL);
        return new CasePlayer(platform, conf, wanted, dir, console, interrupts);
    }

    /** The schema registry of what the cases tell. */
    ConfluentRegistry registry() {
        Settings settings = builder.build();
        return new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry());
    }

    /**
     * Plays a history as a case says and reads what the job told.
     *
     * @param versions what is published before anything is fed
     */
    Told play(ReplayCase played, History history, List<ModelVersion> versions) {
        Path report = dir.resolve("report-" + played.run());
        builder.jobName("verify-" + played.run())
                .runId("verify-" + played.run())
                .currency(Currency.getInstance(history.currency()))
                .until(Instant.ofEpochMilli(history.end()))
                .affinityLists(played.has(ReplayCase.Way.OTHER_LISTS) ? otherLists() : lists)
                .previews(played.has(ReplayCase.Way.PREVIEWS))
                .reportDir(report);
        boolean merges = CaseFeed.hasMerges(history);
        builder.replay(
                played.has(ReplayCase.Way.REPLAYED)
                        ? new Replay(Durations.parse(Defaults.MAX_DRIFT), null, null, merges)
                        : null);
        if (merges) {
            // Fed at full speed, what customers hand over comes as late as the history is long.
            Duration length = CaseFeed.length(history);
            builder.correctionHorizon(length).dedupHorizon(length);
        }
        Settings settings = builder.parallelism(played.parallelism()).build();
        empty(settings, versions);
        CaseFeed feed = CaseFeed.of(
                played,
                history,
                settings.lateness().toMillis(),
                Math.max(1, Math.min(SPREAD.toMillis(), settings.dedupHorizon().toMillis() / 2)),
                settings.futureTolerance().toMillis());
        IntFunction<Settings> at =
                parallelism -> builder.parallelism(parallelism).build();
        JobDefinition job =
                played.has(ReplayCase.Way.REPLAYED) ? replay(played, settings, feed, history) : Jobs.SCORING;
        new CaseRun(platform, conf, job, at, played, feed, history.end(), console, interrupts).run();
        Told told = Told.read(Setup.client(settings), Report.read(report), feed.duplicates(), merges, registry());
        delete(report);
        return told;
    }

    /** The job that repeats a feed, which is all on the topics when it begins. */
    private static JobDefinition replay(ReplayCase played, Settings settings, CaseFeed feed, History history) {
        CaseRun.send(played, settings, feed.records(), history.end());
        ReplaySpan span = ReplaySpan.find(
                Setup.client(settings), null, Map.of(), Instant.ofEpochMilli(history.end()), settings.lateness());
        return (env, at) -> ScoringJob.replay(env, at, span);
    }

    private AffinityLists otherLists() {
        return lists == AffinityLists.KEYED ? AffinityLists.BROADCAST : AffinityLists.KEYED;
    }

    private void empty(Settings settings, List<ModelVersion> versions) {
        try (TopicAdmin topics = TopicAdmin.connect(Setup.client(settings))) {
            topics.deleteAll();
        }
        Setup setup = new Setup(settings, registry());
        setup.run(Optional.of((short) 1), line -> {});
        setup.publishMissing(versions, line -> {});
    }

    @Override
    public void close() {
        platform.close();
        delete(dir);
    }

    private void delete(Path directory) {
        try {
            FileUtils.deleteDirectory(directory.toFile());
        } catch (IOException e) {
            console.line("The directory " + directory + " could not be deleted (" + e + "): delete it by hand.");
        }
    }
}
