package io.ebbline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is repeated, and where its answers go. */
public final class ReplayOptions {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final String DROP = "drop";

    @Option(
            names = "--from",
            paramLabel = "START",
            defaultValue = "earliest",
            converter = StartPointConverter.class,
            description =
                    "Where to start: earliest; an instant, as in 2024-01-01T00:00:00Z, for the first records of that"
                            + " Kafka time; or offsets, as in purchases:0=1200,touchpoints:3=88. What lies before it is not"
                            + " known to the answers. To end earlier than at the newest records of now: --until.")
    private StartPoint from = StartPoint.EARLIEST;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description =
                    "Read what `ebbline archive` wrote to this directory first, then the topics, each partition from the"
                            + " offset that follows. Twice: the archive of a history, and one of the topics.")
    private List<Path> archives = new ArrayList<>();

    @Option(
            names = "--shadow",
            paramLabel = "PREFIX",
            description = "Write to topics of this prefix, made for it. Default: replay-, the run id and a dash.")
    private @Nullable String shadow;

    @Option(names = "--into-real", description = "Write to the real topics. The live job must not run.")
    private boolean intoReal;

    @Option(
            names = "--cut-over",
            paramLabel = "INSTANT",
            description =
                    "Churn signals and offers of before it are held back: nobody should act on them any more. Default"
                            + " with --into-real: the end of the replay; with shadow topics nothing is held back.")
    private @Nullable Instant cutOver;

    @Option(
            names = "--held-back",
            paramLabel = "TOPIC|drop",
            defaultValue = DROP,
            description = "What becomes of what is held back: written to this topic, with the header ebbline.topic, or"
                    + " dropped. It is counted either way.")
    private String heldBack = DROP;

    @Option(
            names = "--max-drift",
            paramLabel = "TIME",
            defaultValue = Defaults.MAX_DRIFT,
            converter = DurationConverter.class,
            description = "How far one partition may be read ahead of another, event time. Shorter: less waits in the"
                    + " state; longer: partitions wait less for each other.")
    private Duration maxDrift = Duration.ZERO;

    @Option(
            names = "--record-moves",
            description = "For a history with merges that no live job has served: make and record what merged customers"
                    + " hand over to each other, on customer-moves. The answers of this replay are not to be used;"
                    + " replay once more without.")
    private boolean recordMoves;

    /** Where to start. */
    public StartPoint from() {
        return from;
    }

    /** Directories of the archives that are read before the topics. */
    public List<Path> archives() {
        return List.copyOf(archives);
    }

    /** Whether the answers go to the real topics. */
    public boolean isIntoReal() {
        return intoReal;
    }

    /** The topic that takes what is held back; null: none does. */
    public @Nullable String heldBackTopic() {
        return heldBack.equals(DROP) ? null : heldBack;
    }

    /**
     * Puts these options into the settings, after those of the job.
     *
     * @param job those of the job; its name is only the beginning of the replay's, which would fence off the live job's
     *     transactions otherwise
     * @param started the instant of the start
     * @throws ConfigException when some contradict each other
     */
    public void apply(SettingsBuilder settings, JobOptions job, Instant started) {
        check(started, job.until(), job.reports());
        String given = job.runId();
        String runId = given == null ? NAME.format(started) : given;
        settings.runId(runId)
                .jobName(job.jobName() + "-replay-" + runId)
                .quietMode(QuietMode.CLOCKED)
                .outputPrefix(prefix(runId))
                .previews(job.asksForPreviews())
                .replay(new Replay(maxDrift, cutOver, heldBackTopic(), recordMoves));
    }

    /**
     * Puts the end of the replay into the settings, once it is known.
     *
     * @param end E: the last instant that is handled
     * @param partitions of the input topic that has the fewest
     */
    public void applyEnd(SettingsBuilder settings, Instant end, int partitions) {
        Instant held = cutOver == null && intoReal ? end.plusMillis(1) : cutOver;
        settings.until(end).partitions(partitions).replay(new Replay(maxDrift, held, heldBackTopic(), recordMoves));
    }

    private String prefix(String runId) {
        if (intoReal) {
            return "";
        }
        return shadow == null ? "replay-" + runId + "-" : shadow;
    }

    private void check(Instant started, @Nullable Instant until, boolean reports) {
        List<String> problems = new ArrayList<>();
        if (reports) {
            problems.add(
                    "--report-dir is for a job that is drained, but a replay ends with a savepoint: leave it out.");
        }
        if (intoReal && shadow != null) {
            problems.add("--shadow and --into-real: choose one of them.");
        }
        if (intoReal && recordMoves) {
            problems.add(
                    "--record-moves and --into-real: the answers of a replay that records moves are not to be used."
                            + " Record them into shadow topics, then replay into the real ones.");
        }
        if (shadow != null && shadow.isEmpty()) {
            problems.add("--shadow is empty: name a prefix, or say --into-real.");
        }
        if (until != null && until.isAfter(started)) {
            problems.add("--until is " + until + ", which is not over yet: leave it out to replay all that is there.");
        }
        Instant since = from.time();
        if (until != null && since != null && !since.isBefore(until)) {
            problems.add("--from is " + since + ", no earlier than the end, " + until + ": choose an earlier one.");
        }
        if (!heldBack.equals(DROP) && cutOver == null && !intoReal) {
            problems.add("--held-back: into shadow topics nothing is held back without --cut-over. Name an instant, or"
                    + " leave --held-back out.");
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
