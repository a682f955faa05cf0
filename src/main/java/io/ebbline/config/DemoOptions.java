package io.ebbline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a demo feeds, how, and what it leaves behind. */
public final class DemoOptions {
    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(
            names = "--once",
            description = "End when every event has been fed and every answer is final. Default: go on until Ctrl-C.")
    private boolean once;

    @Option(
            names = "--publish",
            paramLabel = "FILE",
            split = ",",
            description =
                    "Catalogue, offers, contact policy or exchange rates, as for publish, in force from the beginning."
                            + " Default: the simulated shop's own when it is streamed, else none.")
    private List<Path> publish = new ArrayList<>();

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "Write what came out, in counts, as JSON. With --once.")
    private @Nullable Path summary;

    @Option(
            names = "--customers",
            paramLabel = "FILE",
            description = "Write every customer's scores at the end of the history, as CSV. With --once.")
    private @Nullable Path customers;

    @Option(
            names = "--shuffle",
            paramLabel = "SEED",
            description = "Permute the order of arrival within the lateness bound, the same way for one seed.")
    private @Nullable Long shuffle;

    @Option(
            names = "--speed",
            paramLabel = "TIME/s|max",
            description = "Event time fed per second, as in 1d/s. Default: max for --input and with --once, else 4d/s.")
    private @Nullable String speed;

    @Option(names = "--rate", paramLabel = "N", description = "Events fed per second, instead of --speed.")
    private @Nullable Integer rate;

    @Option(
            names = "--lateness",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "The lateness bound. Default: 1d for --input, 10s for the simulated shop, streamed or generated"
                            + " (which breaks it now and then).")
    private @Nullable Duration lateness;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep topics, schemas and checkpoints here; a demo that was stopped or killed goes on from"
                    + " them. Default: a temporary directory, deleted at the end.")
    private @Nullable Path dir;

    @Option(names = "--parallelism", paramLabel = "N", defaultValue = "2", description = "Subtasks of each operator.")
    private int parallelism;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description = "How often answers are committed.")
    private Duration checkpointInterval = Duration.ZERO;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The broker's port. 0: any free one, the same again for the same --dir.")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The schema registry's port. 0: as for --kafka-port.")
    private int registryPort;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port of Flink's web interface. 0: any free one.")
    private int webPort;

    @Mixin
    private ShopOptions shop = new ShopOptions();

    /** The history to feed; the simulated shop when it names none. */
    public HistoryOptions history() {
        return history;
    }

    /** Whether the demo ends by itself. */
    public boolean once() {
        return once;
    }

    /** Files to be published before anything is fed. */
    public List<Path> publish() {
        return List.copyOf(publish);
    }

    /** Where the summary goes. */
    public Optional<Path> summary() {
        return Optional.ofNullable(summary);
    }

    /** Where the customers' scores go. */
    public Optional<Path> customers() {
        return Optional.ofNullable(customers);
    }

    /** The seed of another order of arrival. */
    public OptionalLong shuffle() {
        return shuffle == null ? OptionalLong.empty() : OptionalLong.of(shuffle);
    }

    /** The feed's speed as it was written or as it is by default. */
    public String speed() {
        if (speed != null) {
            return speed;
        }
        return history.input().isPresent() || once ? "max" : "4d/s";
    }

    /** Events per second that replace the speed. */
    public OptionalInt rate() {
        return rate == null ? OptionalInt.empty() : OptionalInt.of(rate);
    }

    /** The lateness bound. */
    public Duration lateness() {
        if (lateness != null) {
            return lateness;
        }
        return Durations.parse(feedsShop() ? "10s" : "1d");
    }

    /** Whether a simulated shop is fed, made as it goes or read from what {@code generate} wrote. */
    public boolean feedsShop() {
        return history.input().isEmpty()
                || history.format().filter("shop"::equals).isPresent();
    }

    /** The directory to keep; empty for a temporary one. */
    public Optional<Path> dir() {
        return Optional.ofNullable(dir);
    }

    /** The broker's port; 0 for any. */
    public int kafkaPort() {
        return kafkaPort;
    }

    /** The registry's port; 0 for any. */
    public int registryPort() {
        return registryPort;
    }

    /** The web interface's port; 0 for any. */
    public int webPort() {
        return webPort;
    }

    /** The simulated shop. */
    public ShopOptions shop() {
        return shop;
    }

    /** Puts these options into the settings. */
    public void apply(SettingsBuilder settings) {
        settings.parallelism(parallelism)
                .checkpointInterval(checkpointInterval)
                .lateness(lateness())
                .quietMode(QuietMode.CLOCKED);
    }

    /**
     * Checks what can be checked before anything is read.
     *
     * @throws ConfigException naming everything that is wrong, each with its fix
     */
    public void check() {
        List<String> problems = history.problems();
        if (!once && (summary != null || customers != null)) {
            problems.add("--summary and --customers are written when a demo ends by itself: add --once.");
        }
        if (shuffle != null && lateness().isZero()) {
            problems.add("--shuffle permutes within the lateness bound, which is 0: choose a longer --lateness.");
        }
        if (rate != null && (rate < 1 || speed != null)) {
            problems.add("--rate is events per second, 1 or more, and replaces --speed: choose one of the two.");
        }
        problems.addAll(shop.problems());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
