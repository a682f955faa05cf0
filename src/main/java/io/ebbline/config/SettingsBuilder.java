package io.ebbline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Collects settings, starting from the defaults. Methods are named as in {@link Settings}, which says what they mean. */
public final class SettingsBuilder {
    private String bootstrapServers = Defaults.BOOTSTRAP;
    private String registryUrl = Defaults.REGISTRY;
    private ClientProperties client = ClientProperties.none();
    private String jobName = Defaults.JOB_NAME;
    private String runId = Defaults.JOB_NAME;
    private int parallelism = Integer.parseInt(Defaults.PARALLELISM);
    private Delivery delivery = Delivery.valueOf(Defaults.DELIVERY);
    private Duration lateness = Durations.parse(Defaults.LATENESS);
    private Duration futureTolerance = Durations.parse(Defaults.FUTURE_TOLERANCE);
    private Duration quietAfter = Durations.parse(Defaults.QUIET_AFTER);
    private QuietMode quietMode = QuietMode.valueOf(Defaults.QUIET_MODE);
    private @Nullable Instant until;
    private Duration dedupHorizon = Durations.parse(Defaults.DEDUP_HORIZON);
    private Duration correctionHorizon = Durations.parse(Defaults.CORRECTION_HORIZON);
    private Duration maxReview = Durations.parse(Defaults.MAX_REVIEW);
    private boolean offers = OnOffConverter.isOn(Defaults.OFFERS);
    private boolean previews;
    private AffinityLists affinityLists = AffinityLists.valueOf(Defaults.AFFINITY_LISTS);
    private Currency currency = Currency.getInstance(Defaults.CURRENCY);
    private ZoneId timeZone = ZoneId.of(Defaults.TIME_ZONE);
    private int cacheCustomers = Integer.parseInt(Defaults.CACHE_CUSTOMERS);
    private Duration transactionTimeout = Durations.parse(Defaults.TRANSACTION_TIMEOUT);
    private Duration checkpointInterval = Durations.parse(Defaults.CHECKPOINT_INTERVAL);
    private boolean autoRegister = true;
    private @Nullable Path reportDir;
    private Secret suppressKey = Secret.of(Defaults.SUPPRESS_KEY);
    private int partitions = Integer.parseInt(Defaults.PARTITIONS);
    private boolean publishCuts;
    private int cutsDeadBandPercent = Integer.parseInt(Defaults.CUTS_DEAD_BAND);
    private String outputPrefix = "";
    private @Nullable Replay replay;

    SettingsBuilder() {}

    public SettingsBuilder bootstrapServers(String value) {
        bootstrapServers = value;
        return this;
    }

    public SettingsBuilder registryUrl(String value) {
        registryUrl = value;
        return this;
    }

    public SettingsBuilder client(ClientProperties value) {
        client = value;
        return this;
    }

    public SettingsBuilder jobName(String value) {
        jobName = value;
        return this;
    }

    public SettingsBuilder runId(String value) {
        runId = value;
        return this;
    }

    public SettingsBuilder parallelism(int value) {
        parallelism = value;
        return this;
    }

    public SettingsBuilder delivery(Delivery value) {
        delivery = value;
        return this;
    }

    public SettingsBuilder lateness(Duration value) {
        lateness = value;
        return this;
    }

    public SettingsBuilder futureTolerance(Duration value) {
        futureTolerance = value;
        return this;
    }

    public SettingsBuilder quietAfter(Duration value) {
        quietAfter = value;
        return this;
    }

    public SettingsBuilder quietMode(QuietMode value) {
        quietMode = value;
        return this;
    }

    public SettingsBuilder until(@Nullable Instant value) {
        until = value;
        return this;
    }

    public SettingsBuilder dedupHorizon(Duration value) {
        dedupHorizon = value;
        return this;
    }

    public SettingsBuilder correctionHorizon(Duration value) {
        correctionHorizon = value;
        return this;
    }

    public SettingsBuilder maxReview(Duration value) {
        maxReview = value;
        return this;
    }

    public SettingsBuilder offers(boolean value) {
        offers = value;
        return this;
    }

    public SettingsBuilder previews(boolean value) {
        previews = value;
        return this;
    }

    public SettingsBuilder affinityLists(AffinityLists value) {
        affinityLists = value;
        return this;
    }

    public SettingsBuilder currency(Currency value) {
        currency = value;
        return this;
    }

    public SettingsBuilder timeZone(ZoneId value) {
        timeZone = value;
        return this;
    }

    public SettingsBuilder cacheCustomers(int value) {
        cacheCustomers = value;
        return this;
    }

    public SettingsBuilder transactionTimeout(Duration value) {
        transactionTimeout = value;
        return this;
    }

    public SettingsBuilder checkpointInterval(Duration value) {
        checkpointInterval = value;
        return this;
    }

    public SettingsBuilder autoRegister(boolean value) {
        autoRegister = value;
        return this;
    }

    public SettingsBuilder reportDir(@Nullable Path value) {
        reportDir = value;
        return this;
    }

    public SettingsBuilder suppressKey(Secret value) {
        suppressKey = value;
        return this;
    }

    public SettingsBuilder partitions(int value) {
        partitions = value;
        return this;
    }

    public SettingsBuilder publishCuts(boolean value) {
        publishCuts = value;
        return this;
    }

    public SettingsBuilder cutsDeadBandPercent(int value) {
        cutsDeadBandPercent = value;
        return this;
    }

    public SettingsBuilder outputPrefix(String value) {
        outputPrefix = value;
        return this;
    }

    public SettingsBuilder replay(@Nullable Replay value) {
        replay = value;
        return this;
    }

    /**
     * The settings.
     *
     * @throws ConfigException naming everything that is wrong, each with its fix
     */
    public Settings build() {
        Settings settings = new Settings(
                bootstrapServers,
                registryUrl,
                client,
                jobName,
                runId,
                parallelism,
                delivery,
                lateness,
                futureTolerance,
                quietAfter,
                quietMode,
                until,
                dedupHorizon,
                correctionHorizon,
                maxReview,
                offers,
                previews,
                affinityLists,
                currency,
                timeZone,
                cacheCustomers,
                transactionTimeout,
                checkpointInterval,
                autoRegister,
                reportDir,
                suppressKey,
                partitions,
                publishCuts,
                cutsDeadBandPercent,
                outputPrefix,
                replay);
        SettingsCheck.check(settings);
        return settings;
    }
}
