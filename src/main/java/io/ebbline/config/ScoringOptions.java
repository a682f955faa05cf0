package io.ebbline.config;

import java.time.Duration;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** What the answers depend on beside the events and the models: the same values give the same answers. */
public final class ScoringOptions {
    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = Defaults.TIME_ZONE,
            description = "The shop's time zone: decides which day and hour an instant belongs to.")
    private ZoneId timeZone = ZoneId.of(Defaults.TIME_ZONE);

    @Option(
            names = "--future-tolerance",
            paramLabel = "TIME",
            defaultValue = Defaults.FUTURE_TOLERANCE,
            converter = DurationConverter.class,
            description = "An event this much later than its Kafka record's time is rejected (future).")
    private Duration futureTolerance = Duration.ZERO;

    @Option(
            names = "--dedup-horizon",
            paramLabel = "TIME",
            defaultValue = Defaults.DEDUP_HORIZON,
            converter = DurationConverter.class,
            description = "How long event ids are remembered, and how old a late event may be and still book its money;"
                    + " event time.")
    private Duration dedupHorizon = Duration.ZERO;

    @Option(
            names = "--correction-horizon",
            paramLabel = "TIME",
            defaultValue = Defaults.CORRECTION_HORIZON,
            converter = DurationConverter.class,
            description =
                    "How old a late event may be and still be applied where it belongs; what it disproves is taken back."
                            + " Event time, at most --dedup-horizon; 0s: never. So much of every customer's history is kept.")
    private Duration correctionHorizon = Duration.ZERO;

    @Option(
            names = "--max-review",
            paramLabel = "TIME",
            defaultValue = Defaults.MAX_REVIEW,
            converter = DurationConverter.class,
            description = "The longest that a customer who has not departed goes without being looked at again, so that"
                    + " a new model reaches the silent too.")
    private Duration maxReview = Duration.ZERO;

    @Option(
            names = "--offers",
            paramLabel = "on|off",
            defaultValue = Defaults.OFFERS,
            converter = OnOffConverter.class,
            description =
                    "Whether next best offers are made. What customers own is kept only while they are: a job that"
                            + " turns them on later knows the purchases from then on.")
    private OnOffConverter.Switch offers = OnOffConverter.Switch.OFF;

    @Option(
            names = "--affinity-lists",
            paramLabel = "broadcast|keyed",
            defaultValue = Defaults.AFFINITY_LISTS,
            description =
                    "How the lists of what follows a product get to where offers are made. The offers are the same."
                            + " BROADCAST: every subtask holds all of them, some 5 kB a product. KEYED: they stay with their"
                            + " products and are asked for, up to 50 for each offer; for 50,000 products and more.")
    private AffinityLists affinityLists = AffinityLists.BROADCAST;

    /** Puts these options into the settings. */
    public void apply(SettingsBuilder settings) {
        settings.timeZone(timeZone)
                .futureTolerance(futureTolerance)
                .dedupHorizon(dedupHorizon)
                .correctionHorizon(correctionHorizon)
                .maxReview(maxReview)
                .offers(offers.isOn())
                .affinityLists(affinityLists);
    }
}
