package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.platform.Platform;
import io.ebbline.platform.PlatformSettings;
import io.ebbline.wire.ConfluentRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.util.FileUtils;

/** Broker, registry and Flink session of a benchmark, in a directory that goes with it. */
final class BenchPlatform implements AutoCloseable {

    /** How often progress is looked at: every 50 ms it took a fifth of the processor. */
    static final Duration GLANCE = Duration.ofMillis(250);

    private final Path dir;
    private final Configuration flink;
    private final Platform platform;
    private final Console console;

    private BenchPlatform(Path dir, Configuration flink, Platform platform, Console console) {
        this.dir = dir;
        this.flink = flink;
        this.platform = platform;
        this.console = console;
    }

    /** Starts it; parallelism and checkpoint interval are those wanted. */
    static BenchPlatform start(Settings wanted, Console console) {
        Path dir;
        try {
            dir = Files.createTempDirectory("ebbline-bench-");
        } catch (IOException e) {
            throw new CommandException(
                    "The temporary directory can't be used (" + e + "): point java.io.tmpdir to one with room.", e);
        }
        LogFile.to(dir.resolveSibling(dir.getFileName() + ".log"));
        Configuration flink = FlinkConf.watched(wanted.checkpointInterval());
        flink.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, GLANCE);
        Platform platform = Platform.start(
                new PlatformSettings(
                        dir, Installation.registryHome(), "BACKWARD", 0, 0, 0, 1, wanted.parallelism(), flink),
                console::line);
        return new BenchPlatform(dir, flink, platform, console);
    }

    String bootstrap() {
        return platform.broker().bootstrap();
    }

    String registryUrl() {
        return platform.registry().url();
    }

    Path savepoints() {
        return platform.savepoints();
    }

    /** Makes the topics and registers the schemas. */
    ConfluentRegistry prepare(Settings settings) {
        ConfluentRegistry registry =
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry());
        new Setup(settings, registry).run(Optional.of((short) 1), console::line);
        return registry;
    }

    RunningJob submit(JobDefinition job, Settings settings) {
        return RunningJob.submit(platform.cluster(), flink, job, settings, Optional.empty());
    }

    @Override
    public void close() {
        platform.close();
        try {
            FileUtils.deleteDirectory(dir.toFile());
        } catch (IOException e) {
            console.line("The directory " + dir + " could not be deleted (" + e + "): delete it by hand.");
        }
    }
}
