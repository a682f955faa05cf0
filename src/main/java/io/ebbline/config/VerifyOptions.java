package io.ebbline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is played several ways, and how often. */
public final class VerifyOptions {
    private static final int MOST_RUNS = 10_000;

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "Runs that are held against run 0. The first three have every way once at least; what is beyond"
                            + " is drawn by --seed and the run's number.")
    private int runs;

    @Option(names = "--only", paramLabel = "RUN", description = "Hold this run alone against run 0.")
    private @Nullable Integer only;

    @Option(
            names = "--publish",
            paramLabel = "FILE",
            split = ",",
            description =
                    "Catalogue, offers, contact policy or exchange rates, as for publish, in force from the beginning."
                            + " Default: the simulated shop's own when it is played, else none.")
    private List<Path> publish = new ArrayList<>();

    @Option(
            names = "--lateness",
            paramLabel = "TIME",
            defaultValue = "1d",
            converter = DurationConverter.class,
            description =
                    "The lateness bound, within which arrival is shuffled. What the history has later than that is"
                            + " sent within it: of what is late, order decides.")
    private Duration lateness = Duration.ZERO;

    @Mixin
    private ShopOptions shop = new ShopOptions();

    /** The history to play; the simulated shop when it names none. */
    public HistoryOptions history() {
        return history;
    }

    /** Runs beside run 0. */
    public int runs() {
        return runs;
    }

    /** The one run that is wanted beside run 0. */
    public OptionalInt only() {
        return only == null ? OptionalInt.empty() : OptionalInt.of(only);
    }

    /** Files to be published before anything is fed. */
    public List<Path> publish() {
        return List.copyOf(publish);
    }

    /** The simulated shop; its seed is that of the cases too. */
    public ShopOptions shop() {
        return shop;
    }

    /** Puts these options into the settings. */
    public void apply(SettingsBuilder settings) {
        settings.lateness(lateness);
    }

    /** The lateness bound. */
    public Duration lateness() {
        return lateness;
    }

    /** What is wrong with them, but for the history, each with its fix; empty when nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(shop.problems());
        if (runs < 1 || runs > MOST_RUNS) {
            problems.add("--runs is " + runs + ": choose 1 to " + MOST_RUNS + ".");
        }
        if (only != null && only < 1) {
            problems.add("--only is " + only + ": name a run from 1 on; run 0 is what it is held against.");
        }
        if (lateness.toMillis() < 1) {
            problems.add("--lateness is the bound to shuffle within: choose 1ms or more.");
        }
        return problems;
    }
}
