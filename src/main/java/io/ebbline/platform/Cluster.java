package io.ebbline.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink session inside this JVM, with its web interface on the loopback interface. It runs any number of jobs at a
 * time, as far as the slots go. Jobs do not outlive it: restore them from {@link Checkpoints#newest}.
 */
public final class Cluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final String OPTION = "--web-port";
    private static final String HOST = "127.0.0.1";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final Duration SAVEPOINT_LIMIT = Duration.ofMinutes(10);

    private final MiniCluster cluster;
    private final String webUrl;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Cluster(MiniCluster cluster, String webUrl) {
        this.cluster = cluster;
        this.webUrl = webUrl;
    }

    /**
     * Starts a session and returns when it takes jobs.
     *
     * @param base Flink's options: state backend, checkpoints, memory and the rest; not changed. Addresses to bind to
     *     are the loopback interface unless it says otherwise
     * @param taskManagers at least 1; they share this JVM's heap
     * @param slotsPer slots of each TaskManager, at least 1
     * @param webPort the port of the web and REST interface, or 0 for any
     * @throws PlatformException when the port is taken or the session does not start
     */
    public static Cluster start(Configuration base, int taskManagers, int slotsPer, int webPort) {
        if (webPort != 0) {
            Ports.requireFree(webPort, OPTION);
        }
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(local(base, webPort))
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slotsPer)
                .build());
        try {
            cluster.start();
            int port = await(cluster.getRestAddress(), ANSWER_LIMIT, "the start of Flink")
                    .getPort();
            String webUrl = "http://" + HOST + ":" + port;
            LOG.info("Flink at {}, {} TaskManagers with {} slots each", webUrl, taskManagers, slotsPer);
            return new Cluster(cluster, webUrl);
        } catch (Exception e) {
            PlatformException failure = e instanceof PlatformException known
                    ? known
                    : new PlatformException(
                            "Flink does not start (" + e.getMessage() + "): put right the option it complains about"
                                    + " in Flink's configuration.",
                            e);
            try {
                await(cluster.closeAsync(), ANSWER_LIMIT, "the end of Flink");
            } catch (PlatformException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    /**
     * Submits a job and returns when the session has taken it; its tasks may not run yet.
     *
     * @param graph with the restore settings already set, if the job is to be restored
     * @throws PlatformException when the session refuses the job
     */
    public JobID submit(StreamGraph graph) {
        return submit(graph.getJobGraph());
    }

    /**
     * Submits a job that goes on from a checkpoint or savepoint.
     *
     * @param restore where to go on from; empty to begin anew
     * @throws PlatformException when the session refuses the job
     */
    public JobID submit(StreamGraph graph, Optional<Path> restore) {
        restore.ifPresent(path -> graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(path.toUri().toString(), false)));
        return submit(graph);
    }

    /** Like {@link #submit(StreamGraph)}, for a graph that is translated already. */
    public JobID submit(JobGraph graph) {
        return await(cluster.submitJob(graph), ANSWER_LIMIT, "the submission of the job " + graph.getName())
                .getJobID();
    }

    /** The address of the web and REST interface, without a slash at its end. */
    public String webUrl() {
        return webUrl;
    }

    /**
     * What a job is doing.
     *
     * @throws PlatformException when the session has no such job
     */
    public JobStatus status(JobID job) {
        return await(cluster.getJobStatus(job), ANSWER_LIMIT, "the status of the job " + job);
    }

    /**
     * Whether every task of a job runs. As long as one is still starting, no savepoint can be taken, however far the others
     * have come.
     *
     * @throws PlatformException when the session has no such job
     */
    public boolean isWhole(JobID job) {
        for (AccessExecutionVertex task : await(
                        cluster.getExecutionGraph(job), ANSWER_LIMIT, "the state of the job " + job)
                .getAllExecutionVertices()) {
            if (task.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /**
     * Why a job failed, be it for good or, if it restarts, the last time.
     *
     * @return nothing when it never failed
     * @throws PlatformException when the session has no such job
     */
    public Optional<Throwable> failure(JobID job) {
        ErrorInfo info = await(cluster.getExecutionGraph(job), ANSWER_LIMIT, "the failure of the job " + job)
                .getFailureInfo();
        return info == null
                ? Optional.empty()
                : Optional.of(info.getException().deserializeError(Cluster.class.getClassLoader()));
    }

    /**
     * Waits until a job has ended: finished, cancelled or failed.
     *
     * @return how it ended
     * @throws PlatformException when it has not within {@code limit}
     */
    public JobStatus awaitEnd(JobID job, Duration limit) {
        await(cluster.requestJobResult(job), limit, "the end of the job " + job);
        return status(job);
    }

    /**
     * Cancels a job without a savepoint and waits for its end.
     *
     * @throws PlatformException when the session has no such job or it does not end within a minute
     */
    public void cancel(JobID job) {
        await(cluster.cancelJob(job), ANSWER_LIMIT, "the cancelling of the job " + job);
        awaitEnd(job, ANSWER_LIMIT);
    }

    /**
     * Takes a savepoint, ends the job in good order and waits for its end.
     *
     * @param dir the directory to make the savepoint's directory in
     * @param drain whether the job is over for good: all timers fire and windows close as at the end of the input. A
     *     job that is to go on later must not be drained
     * @return the savepoint's directory
     * @throws PlatformException when the savepoint fails, in which case the job goes on, or takes longer than 10
     *     minutes
     */
    public Path stopWithSavepoint(JobID job, Path dir, boolean drain) {
        String made = await(
                cluster.stopWithSavepoint(
                        job, dir.toAbsolutePath().toUri().toString(), drain, SavepointFormatType.DEFAULT),
                SAVEPOINT_LIMIT,
                "the savepoint of the job " + job);
        awaitEnd(job, ANSWER_LIMIT);
        return Path.of(new org.apache.flink.core.fs.Path(made).getPath());
    }

    /** Stops the jobs without savepoints, then the session. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            await(cluster.closeAsync(), ANSWER_LIMIT, "the end of Flink");
        }
    }

    private static Configuration local(Configuration base, int webPort) {
        Configuration conf = new Configuration(base);
        conf.set(RestOptions.PORT, webPort);
        conf.set(RestOptions.BIND_PORT, String.valueOf(webPort));
        // A demo on a laptop must not offer the network a way to run code.
        setIfAbsent(conf, RestOptions.ADDRESS, HOST);
        setIfAbsent(conf, RestOptions.BIND_ADDRESS, HOST);
        setIfAbsent(conf, JobManagerOptions.BIND_HOST, HOST);
        setIfAbsent(conf, TaskManagerOptions.BIND_HOST, HOST);
        return conf;
    }

    private static void setIfAbsent(Configuration conf, ConfigOption<String> option, String value) {
        if (!conf.contains(option)) {
            conf.set(option, value);
        }
    }

    private static <T> T await(Future<T> future, Duration limit, String what) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new PlatformException(what + " failed (" + cause.getMessage() + "): see Flink's log.", cause);
        } catch (TimeoutException e) {
            throw new PlatformException(
                    what + " did not come within " + limit.toSeconds() + " s: see Flink's log for what hangs.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(what + " was waited for, and the wait was interrupted: try again.", e);
        }
    }
}
