package io.ebbline.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which silences of a history the alarm test looks at, and what it compares with. */
public final class AlarmOptions {

    private static final Duration DAY = Duration.ofDays(1);
    private static final long MOST_DAYS = 36_500;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "13w",
            converter = DurationConverter.class,
            description = "History: silences that begin within this long of the first order are not looked at.")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "20w",
            converter = DurationConverter.class,
            description = "History: an alarm counts when it comes this long after the order at most.")
    private Duration window = Duration.ZERO;

    @Option(
            names = "--hiatus",
            paramLabel = "TIME",
            split = ",",
            defaultValue = "10w,15w",
            converter = DurationConverter.class,
            description = "History: fixed times without an order to compare with, at as many alarms each.")
    private List<Duration> hiatuses = new ArrayList<>();

    /** Silences begin this long after the first order. */
    public Duration warmUp() {
        return warmUp;
    }

    /** An alarm comes this soon. */
    public Duration window() {
        return window;
    }

    /** Fixed times to compare with. */
    public List<Duration> hiatuses() {
        return hiatuses;
    }

    /** What is wrong with them and this horizon, each with its fix; empty when nothing is. */
    public List<String> problems(Duration horizon) {
        List<String> problems = new ArrayList<>();
        if (window.toDays() < 1 || horizon.toDays() < 1) {
            problems.add("--window and --horizon are days of a history: choose 1d or longer.");
        }
        if (Math.max(warmUp.toDays(), Math.max(window.toDays(), horizon.toDays())) > MOST_DAYS) {
            problems.add("--warm-up, --window and --horizon are parts of a history: choose less than 100 years.");
        }
        for (Duration hiatus : hiatuses) {
            if (hiatus.compareTo(DAY) < 0 || hiatus.compareTo(window) > 0) {
                problems.add("--hiatus must lie between a day and --window: an alarm after that does not count.");
                break;
            }
        }
        return problems;
    }
}
