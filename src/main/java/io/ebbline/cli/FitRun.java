package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.connector.HistoryEvents;
import io.ebbline.fit.Folded;
import io.ebbline.operator.BuyerOperator;
import io.ebbline.operator.FoldedPart;
import io.ebbline.profile.ShopClock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the job that folds a history, in this process or on the cluster whose client called, and takes what comes out. */
final class FitRun {
    private static final Logger LOG = LoggerFactory.getLogger(FitRun.class);
    private static final Duration GLANCE = Duration.ofSeconds(2);

    /** Puts the job's operators into an environment. */
    @FunctionalInterface
    interface Definition {
        DataStream<FoldedPart> define(StreamExecutionEnvironment env);
    }

    private final Settings settings;
    private final long mostBuyers;
    private final Consumer<String> told;
    private String newest = "";

    FitRun(Settings settings, long mostBuyers, Consumer<String> told) {
        this.settings = settings;
        this.mostBuyers = mostBuyers;
        this.told = told;
    }

    /**
     * Folds a history.
     *
     * @throws CommandException when the job fails
     */
    Folded fold(Definition job) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(conf());
        Folded.Builder history = new Folded.Builder(mostBuyers);
        ShopClock clock = new ShopClock(settings.timeZone());
        ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();
        try (CloseableIterator<FoldedPart> parts = job.define(env).collectAsync()) {
            JobClient client = env.executeAsync(settings.jobName());
            ScheduledFuture<?> unused = progress.scheduleWithFixedDelay(
                    () -> glance(client), GLANCE.toMillis(), GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            parts.forEachRemaining(part -> part.addTo(history, clock));
            progress.shutdownNow();
            tell(client.getJobExecutionResult().get().getAllAccumulatorResults());
            return history.build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("The fit was interrupted.", e);
        } catch (Exception e) {
            throw new CommandException("The history can't be read: " + reason(e), e);
        } finally {
            progress.shutdownNow();
        }
    }

    private Configuration conf() {
        if (FlinkClient.isCaller()) {
            return new Configuration();
        }
        Configuration conf = FlinkConf.local(settings.checkpointInterval());
        // What can't be read the first time can't be read the second time.
        conf.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        conf.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, GLANCE);
        return conf;
    }

    private void glance(JobClient client) {
        try {
            tell(client.getAccumulators().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // The job may have ended since; whoever collects hears of that.
            LOG.debug("No progress is known", e);
        }
    }

    private synchronized void tell(Map<String, Object> counts) {
        long refused = count(counts, HistoryEvents.REFUSED);
        String line = String.format(
                Locale.ROOT,
                "%,d events read%s, %,d customers folded",
                count(counts, HistoryEvents.READ),
                refused == 0 ? "" : String.format(Locale.ROOT, " (%,d refused)", refused),
                count(counts, BuyerOperator.CUSTOMERS));
        if (!line.equals(newest) && count(counts, HistoryEvents.READ) > 0) {
            newest = line;
            told.accept(line + ".");
        }
    }

    private static long count(Map<String, Object> counts, String name) {
        return counts.get(name) instanceof Long count ? count : 0;
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
