package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.platform.Checkpoints;
import io.ebbline.platform.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.jspecify.annotations.Nullable;

/** The job in this process, against brokers elsewhere. */
final class LocalRun {
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Settings settings;
    private final Path dir;
    private final int webPort;
    private final Console console;
    private final Interrupts interrupts;

    LocalRun(Settings settings, Path dir, int webPort, Console console, Interrupts interrupts) {
        this.settings = settings;
        this.dir = dir.toAbsolutePath().normalize();
        this.webPort = webPort;
        this.console = console;
        this.interrupts = interrupts;
    }

    /**
     * Runs until it is interrupted, then stops with a savepoint, so that every answer given is committed.
     *
     * @param savepoint a directory with one to go on from, unless the job's own checkpoints are newer; null: none
     */
    void run(JobDefinition job, @Nullable Path savepoint) {
        Path checkpoints = dir.resolve("checkpoints");
        Path tmp = dir.resolve("tmp");
        try {
            Files.createDirectories(checkpoints);
            Files.createDirectories(tmp);
        } catch (IOException e) {
            throw new CommandException(
                    "--dir: " + dir + " can't be used (" + e + "): choose a directory that this user may"
                            + " write to.",
                    e);
        }
        Configuration conf = FlinkConf.local(settings.checkpointInterval());
        conf.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        conf.set(CoreOptions.TMP_DIRS, tmp.toString());
        try (Cluster cluster = Cluster.start(conf, 1, settings.parallelism(), webPort)) {
            Optional<Path> restore = Checkpoints.newest(
                    savepoint == null ? List.of(checkpoints) : List.of(checkpoints, savepoint.toAbsolutePath()));
            RunningJob running = RunningJob.submit(cluster, conf, job, settings, restore);
            console.line(settings.jobName() + " runs"
                    + restore.map(path -> ", going on from " + path).orElse("") + ". Flink: " + cluster.webUrl()
                    + "; log: " + LogFile.name() + "; Ctrl-C stops it.");
            while (!interrupts.await(GLANCE)) {
                running.requireAlive();
            }
            console.line("Stopping with a savepoint ...");
            console.line("Stopped: " + running.stop(checkpoints, false));
        }
    }
}
