package io.ebbline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a job runs against brokers and a registry of one's own. */
public final class JobOptions {
    @Option(
            names = "--job-name",
            paramLabel = "NAME",
            defaultValue = Defaults.JOB_NAME,
            description = "Names the job and prefixes its transactional ids: its own for each job on the brokers, and"
                    + " the same for as long as the job's state is kept.")
    private String jobName = "";

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "Goes into the header run-id of every output record. Default: the job's name and the time of"
                    + " its start.")
    private @Nullable String runId;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = Defaults.PARALLELISM,
            description = "Subtasks of each operator, up to 720.")
    private int parallelism;

    @Option(
            names = "--lateness",
            paramLabel = "TIME",
            defaultValue = Defaults.LATENESS,
            converter = DurationConverter.class,
            description = "How much an event may be overtaken by, in event time, and still be applied in order."
                    + " Answers wait this long.")
    private Duration lateness = Duration.ZERO;

    @Option(
            names = "--quiet-after",
            paramLabel = "TIME",
            defaultValue = Defaults.QUIET_AFTER,
            converter = DurationConverter.class,
            description = "An input partition silent for this long vouches for the wall clock less the lateness bound.")
    private Duration quietAfter = Duration.ZERO;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "Handles nothing later than this, as in 2011-12-10T00:00:00Z. Default: no end.")
    private @Nullable Instant until;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = Defaults.CURRENCY,
            description = "Currency of every amount in the answers, ISO 4217. Events in another one are"
                    + " converted by the published rates, else rejected (no-exchange-rate).")
    private Currency currency = Currency.getInstance(Defaults.CURRENCY);

    @Option(
            names = "--delivery",
            paramLabel = "MODE",
            defaultValue = Defaults.DELIVERY,
            description = "EXACTLY_ONCE: answers of one cause appear together, at a checkpoint. AT_LEAST_ONCE: at once,"
                    + " and some again after a failure.")
    private Delivery delivery = Delivery.EXACTLY_ONCE;

    @Option(
            names = "--transaction-timeout",
            paramLabel = "TIME",
            defaultValue = Defaults.TRANSACTION_TIMEOUT,
            converter = DurationConverter.class,
            description = "After this long the broker aborts an open transaction. Longer than a checkpoint interval and"
                    + " a restart; at most the brokers' transaction.max.timeout.ms.")
    private Duration transactionTimeout = Duration.ZERO;

    @Option(
            names = "--previews",
            paramLabel = "on|off",
            converter = OnOffConverter.class,
            description =
                    "Whether customer-score-previews shows what the answer will be the moment an event arrives, ahead"
                            + " of --lateness and checkpoints and outside of every guarantee. Default: on, with --until and in a replay off.")
    private OnOffConverter.@Nullable Switch previews;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            defaultValue = Defaults.CHECKPOINT_INTERVAL,
            converter = DurationConverter.class,
            description = "How often answers are committed.")
    private Duration checkpointInterval = Duration.ZERO;

    @Option(
            names = "--cache-customers",
            paramLabel = "N",
            defaultValue = Defaults.CACHE_CUSTOMERS,
            description = "Customers that each subtask keeps decoded in memory, at about 1,400 bytes. 0: as many as fit"
                    + " into a quarter of the heap.")
    private int cacheCustomers;

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            description =
                    "When the job is stopped with drain, every customer's last row and the counters are written to"
                            + " files in this directory.")
    private @Nullable Path reportDir;

    @Option(
            names = "--suppress-key",
            paramLabel = "FILE",
            description = "A file that holds a secret. Those who were erased are remembered by a hash under it, for 400"
                    + " days, so that late events do not bring them back. The same for as long as the job's state is"
                    + " kept. Without, the hash is under a key that everybody knows.")
    private @Nullable Path suppressKey;

    @Option(
            names = "--publish-cuts",
            description = "Publish cut points that divide the shop's own customers into fifths on scoring-models, a day"
                    + " before they take effect; they take the place of those of the model in force. Without, the"
                    + " model's own hold.")
    private boolean publishCuts;

    @Option(
            names = "--cuts-dead-band",
            paramLabel = "PERCENT",
            defaultValue = Defaults.CUTS_DEAD_BAND,
            description = "With --publish-cuts: publish when one of them has moved further than this from where it was"
                    + " published last.")
    private int cutsDeadBand;

    /** The job's name. */
    String jobName() {
        return jobName;
    }

    /** The run id as it was given; null when it was not. */
    @Nullable
    String runId() {
        return runId;
    }

    /** Whether previews were asked for, rather than left to the default. */
    boolean asksForPreviews() {
        return previews == OnOffConverter.Switch.ON;
    }

    /** The end of the run; null: none was given. */
    @Nullable
    Instant until() {
        return until;
    }

    /** Whether a report is wanted at the end. */
    boolean reports() {
        return reportDir != null;
    }

    /**
     * Puts these options into the settings.
     *
     * @param started the instant of the start, for a run id that was not given
     */
    public void apply(SettingsBuilder settings, Instant started) {
        settings.jobName(jobName)
                .runId(runId == null ? jobName + "-" + started.toEpochMilli() : runId)
                .parallelism(parallelism)
                .lateness(lateness)
                .quietAfter(quietAfter)
                .quietMode(QuietMode.LIVE)
                .until(until)
                .currency(currency)
                .delivery(delivery)
                .transactionTimeout(transactionTimeout)
                .previews(previews == null ? until == null : previews.isOn())
                .checkpointInterval(checkpointInterval)
                .cacheCustomers(cacheCustomers)
                .reportDir(reportDir)
                .suppressKey(
                        suppressKey == null
                                ? Secret.of(Defaults.SUPPRESS_KEY)
                                : Secret.read("--suppress-key", suppressKey))
                .publishCuts(publishCuts)
                .cutsDeadBandPercent(cutsDeadBand);
    }
}
