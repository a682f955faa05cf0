package io.ebbline.config;

import java.time.ZoneId;
import java.util.Currency;
import picocli.CommandLine.Option;

/** How the job runs that folds a history for a fit. */
public final class FitJobOptions {
    private static final String JOB_NAME = "ebbline-fit";

    @Option(
            names = "--max-customers",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "Estimate from this many customers at most; of more, from every second, fourth, eighth, by the"
                            + " hash of their id. Cut points are of all.")
    private long maxCustomers;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = Defaults.PARALLELISM,
            description = "Subtasks of each operator of the job that folds the history, up to 720.")
    private int parallelism;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = Defaults.TIME_ZONE,
            description = "The shop's time zone, as for run: orders of one of its days are one occasion.")
    private ZoneId timeZone = ZoneId.of(Defaults.TIME_ZONE);

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = Defaults.CURRENCY,
            description = "With --from-topics: the shop's currency, as for run. A file knows its own.")
    private Currency currency = Currency.getInstance(Defaults.CURRENCY);

    /** Buyers that are estimated from at most. */
    public long maxCustomers() {
        return maxCustomers;
    }

    /** Puts these options into the settings. */
    public void apply(SettingsBuilder settings) {
        settings.jobName(JOB_NAME).parallelism(parallelism).timeZone(timeZone).currency(currency);
    }
}
