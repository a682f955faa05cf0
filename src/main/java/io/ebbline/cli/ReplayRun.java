package io.ebbline.cli;

import io.ebbline.config.Replay;
import io.ebbline.config.Settings;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.job.ScoringJob;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.Cluster;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MetricOptions;

/** A replay in this process, against brokers elsewhere. */
final class ReplayRun {
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final int GLANCES_PER_LINE = 10;

    private final Settings settings;
    private final ReplaySpan span;
    private final Path dir;
    private final int webPort;
    private final Console console;
    private final Interrupts interrupts;

    ReplayRun(Settings settings, ReplaySpan span, Path dir, int webPort, Console console, Interrupts interrupts) {
        this.settings = settings;
        this.span = span;
        this.dir = dir.toAbsolutePath().normalize();
        this.webPort = webPort;
        this.console = console;
        this.interrupts = interrupts;
    }

    /**
     * Runs until every customer has been taken to the end, then stops with a savepoint.
     *
     * @return whether its answers are whole; false when it was interrupted, or merges were not recorded
     */
    boolean run(Path savepoints) {
        Configuration conf = FlinkConf.watched(settings.checkpointInterval());
        conf.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                made(dir.resolve("checkpoints")).toUri().toString());
        conf.set(CoreOptions.TMP_DIRS, made(dir.resolve("tmp")).toString());
        conf.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, GLANCE);
        Path kept = made(savepoints.toAbsolutePath().normalize());
        try (Cluster cluster = Cluster.start(conf, 1, settings.parallelism(), webPort)) {
            long started = System.nanoTime();
            RunningJob running = RunningJob.submit(
                    cluster, conf, (env, s) -> ScoringJob.replay(env, s, span), settings, Optional.empty());
            console.line("Replaying " + count(span.offsets()) + " records up to " + Instant.ofEpochMilli(span.end())
                    + " into "
                    + (settings.outputPrefix().isEmpty()
                            ? "the real topics"
                            : "topics that begin with " + settings.outputPrefix())
                    + ", run " + settings.runId() + ". Flink: " + cluster.webUrl() + "; log: " + LogFile.name() + ".");
            if (!reachesEnd(running, started)) {
                console.line("Interrupted: the answers up to here are written, the others are not. Nothing goes on from"
                        + " here; start again with another --run-id.");
                return false;
            }
            long made = running.scoring(MetricNames.MOVES_SENT).orElse(0);
            long recorded = running.scoring(MetricNames.MOVES_READ).orElse(0);
            Path savepoint = running.stop(kept, false);
            if (recordsMoves()) {
                console.line(
                        count(made) + " moves between customers are recorded. Now replay without --record-moves: the"
                                + " answers of this replay, in topics that begin with " + settings.outputPrefix()
                                + ", are not to be used.");
                return true;
            }
            if (recorded < made) {
                console.line("The requests of this history make " + count(made) + " moves between customers, and "
                        + Topic.CUSTOMER_MOVES.topicName() + " holds " + count(recorded)
                        + " of them: the answers of merged customers lack the others. Replay once with --record-moves,"
                        + " then once more without.");
                return false;
            }
            console.line("Done in " + count((System.nanoTime() - started) / 1_000_000_000) + " s. Savepoint: "
                    + savepoint
                    + ". `ebbline run --from-savepoint " + savepoint + "` goes on from it"
                    + (settings.outputPrefix().isEmpty()
                            ? "."
                            : " (--output-prefix " + settings.outputPrefix() + " to go on in the shadow topics)."));
            return true;
        }
    }

    private boolean reachesEnd(RunningJob running, long started) {
        boolean over = false;
        for (int glance = 0; !interrupts.await(GLANCE); glance++) {
            running.requireAlive();
            long watermark = Math.min(
                    running.watermark().orElse(Long.MIN_VALUE),
                    running.offersWatermark().orElse(Long.MIN_VALUE));
            // The counts of one glance more are those of the end.
            if (over) {
                console.line(progress(running, watermark, started));
                return true;
            }
            over = watermark >= span.end()
                    && running.isWhole()
                    && (!recordsMoves() || running.movesUnderWay().orElse(1) <= 0);
            if (!over && glance % GLANCES_PER_LINE == GLANCES_PER_LINE - 1) {
                console.line(progress(running, watermark, started));
            }
        }
        return false;
    }

    private String progress(RunningJob running, long watermark, long started) {
        double seconds = (System.nanoTime() - started) / 1e9;
        long read = running.scoring(MetricNames.READ).orElse(0);
        OptionalLong held = running.heldBack();
        return String.format(
                Locale.ROOT,
                "%,d events, %,.0f a second, %s%s",
                read,
                read / seconds,
                watermark == Long.MIN_VALUE ? "starting" : "at " + Instant.ofEpochMilli(watermark),
                held.orElse(0) == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d signals and offers held back", held.getAsLong()));
    }

    private boolean recordsMoves() {
        Replay replay = settings.replay();
        return replay != null && replay.recordMoves();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static Path made(Path dir) {
        try {
            return Files.createDirectories(dir);
        } catch (IOException e) {
            throw new CommandException(
                    dir + " can't be used (" + e + "): choose a directory that this user may write to.", e);
        }
    }
}
