package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.Checkpoints;
import io.ebbline.platform.Cluster;
import io.ebbline.platform.JobMetrics;
import io.ebbline.platform.PlatformException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job on a session in this JVM. */
final class RunningJob {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

    private final Cluster cluster;
    private final JobID id;
    private final JobMetrics metrics;
    private long metricsSeen = System.nanoTime();

    private RunningJob(Cluster cluster, JobID id) {
        this.cluster = cluster;
        this.id = id;
        this.metrics = new JobMetrics(cluster.webUrl());
    }

    /**
     * Submits a job.
     *
     * @param conf Flink's options, as the session has them
     * @param restore the checkpoint to go on from; empty to begin anew
     */
    static RunningJob submit(
            Cluster cluster, Configuration conf, JobDefinition job, Settings settings, Optional<Path> restore) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(conf);
        env.setParallelism(settings.parallelism());
        job.define(env, settings);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(settings.jobName());
        return new RunningJob(cluster, cluster.submit(graph, restore));
    }

    /** What it is doing. */
    JobStatus status() {
        return cluster.status(id);
    }

    /**
     * Does nothing while the job runs or restarts.
     *
     * @throws CommandException when it has ended, with why
     */
    void requireAlive() {
        JobStatus status = status();
        if (!status.isGloballyTerminalState()) {
            return;
        }
        Optional<Throwable> failure = cluster.failure(id);
        String reason = failure.map(RunningJob::reason).orElse("it gave no reason");
        throw new CommandException("The job is " + status + ": " + reason, failure.orElse(null));
    }

    /**
     * How far every subtask of the customer operator has come, milliseconds since the epoch; empty until all have said so.
     */
    OptionalLong watermark() {
        return read(() -> metrics.min(id, MetricNames.OPERATOR, MetricNames.WATERMARK));
    }

    /** The same of the operator that makes offers. */
    OptionalLong offersWatermark() {
        return read(() -> metrics.min(id, MetricNames.OFFER_OPERATOR, MetricNames.WATERMARK));
    }

    /** A counter of the operator that makes offers; empty until all of its subtasks have said it. */
    OptionalLong offers(String counter) {
        return read(() -> metrics.sum(id, MetricNames.OFFER_OPERATOR, MetricNames.gauge(counter)));
    }

    /** A counter of the customer operator; empty until all of its subtasks have said it. */
    OptionalLong scoring(String counter) {
        return read(() -> metrics.sum(id, MetricNames.OPERATOR, MetricNames.gauge(counter)));
    }

    /** What the sinks of answers and offers have held back; empty until all have said so. */
    OptionalLong heldBack() {
        OptionalLong answers = read(() -> metrics.sum(id, "outputs: Writer", "user." + MetricNames.HELD_BACK));
        OptionalLong offers = read(() -> metrics.sum(id, "offers: Writer", "user." + MetricNames.HELD_BACK));
        return answers.isPresent() && offers.isPresent()
                ? OptionalLong.of(answers.getAsLong() + offers.getAsLong())
                : OptionalLong.empty();
    }

    /**
     * Moves between customers that are on their way through their topic, of a job with an end; more than 0 before every subtask has
     * come to the end, and empty until all have said it.
     */
    OptionalLong movesUnderWay() {
        return read(() -> metrics.sum(id, MetricNames.OPERATOR, MetricNames.MOVES_UNDER_WAY));
    }

    private OptionalLong read(Supplier<OptionalLong> metric) {
        try {
            OptionalLong value = metric.get();
            metricsSeen = System.nanoTime();
            return value;
        } catch (PlatformException e) {
            // A busy machine may keep the web interface from answering now and then.
            if (System.nanoTime() - metricsSeen > PATIENCE_NANOS) {
                throw e;
            }
            LOG.warn("The job's metrics can't be read for now", e);
            return OptionalLong.empty();
        }
    }

    /**
     * Ends the job in good order with a savepoint.
     *
     * @param drain whether it is over for good
     */
    Path stop(Path savepoints, boolean drain) {
        return cluster.stopWithSavepoint(id, savepoints, drain);
    }

    /** Whether every task runs: while one is still starting, the job can't be stopped in good order. */
    boolean isWhole() {
        return cluster.isWhole(id);
    }

    /** Ends the job as a crash would: without a savepoint, what is not committed is lost. */
    void crash() {
        cluster.cancel(id);
    }

    /**
     * The newest checkpoint that this job itself has taken.
     *
     * @param checkpoints where jobs keep theirs
     */
    Optional<Path> newestCheckpoint(Path checkpoints) {
        return Checkpoints.newest(checkpoints.resolve(id.toHexString()));
    }

    /** The first cause, which Flink wraps many times. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }
}
