package io.ebbline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the job needs to know, validated. Made by {@link #builder}.
 *
 * @param bootstrapServers Kafka brokers, host:port, separated by commas
 * @param registryUrl the schema registry's Confluent-compatible address
 * @param client properties for every Kafka client and for the registry's
 * @param jobName names the job and prefixes its transactional ids: frozen for as long as its state is
 * @param runId goes into the header {@code run-id} of every output record
 * @param parallelism subtasks of each operator, 1 to {@link #MAX_PARALLELISM}; sources take fewer when there are fewer
 *     partitions
 * @param delivery how answers are committed
 * @param lateness how much an event may be overtaken by, in event time, and still be applied in order
 * @param futureTolerance an event this much later than its Kafka record's time is rejected
 * @param quietAfter how long a live partition is silent before the wall clock speaks for it
 * @param quietMode who speaks for silent partitions
 * @param until E: nothing later than it is handled and no deadline beyond it; null: no end
 * @param dedupHorizon how long event ids are remembered, in event time
 * @param correctionHorizon how old a late event may be and still be applied where it belongs, in event time; 0: never
 * @param maxReview the longest that a customer who has not departed goes without being looked at again
 * @param offers whether next best offers are made
 * @param previews whether what will be said is shown the moment an event arrives
 * @param affinityLists how lists of products get to where offers are made
 * @param currency of every amount in the answers
 * @param timeZone decides which day and hour an instant belongs to
 * @param cacheCustomers customers kept decoded in memory by each subtask; 0: what a quarter of the heap holds
 * @param transactionTimeout after this long the broker aborts an open transaction
 * @param checkpointInterval how often answers are committed
 * @param autoRegister whether the job registers its output schemas; otherwise they must be there
 * @param reportDir where a job that is drained writes every customer's last row and the counters; null: nowhere
 * @param suppressKey the secret under which those who were erased are remembered: the same for as long as the job's state is
 * @param partitions partitions of topics that are created
 * @param publishCuts whether the job publishes cut points that it draws from its own customers; not with an end
 * @param cutsDeadBandPercent how far a cut point has to move for that, in percent of where it was
 * @param outputPrefix goes before the name of every output topic; empty for the real ones
 * @param replay what is different when history is repeated; null: it is not
 */
public record Settings(
        String bootstrapServers,
        String registryUrl,
        ClientProperties client,
        String jobName,
        String runId,
        int parallelism,
        Delivery delivery,
        Duration lateness,
        Duration futureTolerance,
        Duration quietAfter,
        QuietMode quietMode,
        @Nullable Instant until,
        Duration dedupHorizon,
        Duration correctionHorizon,
        Duration maxReview,
        boolean offers,
        boolean previews,
        AffinityLists affinityLists,
        Currency currency,
        ZoneId timeZone,
        int cacheCustomers,
        Duration transactionTimeout,
        Duration checkpointInterval,
        boolean autoRegister,
        @Nullable Path reportDir,
        Secret suppressKey,
        int partitions,
        boolean publishCuts,
        int cutsDeadBandPercent,
        String outputPrefix,
        @Nullable Replay replay) {

    /** Frozen: it decides which key group a customer belongs to, so state can't be restored under another. */
    public static final int MAX_PARALLELISM = 720;

    /** What a broker allows a transaction unless it is configured otherwise ({@code transaction.max.timeout.ms}). */
    public static final Duration BROKER_TRANSACTION_LIMIT = Duration.ofMinutes(15);

    /**
     * The longest that a failed job takes to run again: failure noticed within 50 s, a back-off of at most 1 min
     * (flink-conf/config.yaml), restore. Transactions must outlive it.
     */
    public static final Duration RESTART_ALLOWANCE = Duration.ofMinutes(3);

    /** A builder that holds the defaults. */
    public static SettingsBuilder builder() {
        return new SettingsBuilder();
    }
}
