package io.ebbline.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether and how it is measured what offers are worth. */
public final class OfferOptions {

    private static final long MOST_DAYS = 366;
    private static final int MOST_MONTHS = 1_200;

    @Option(
            names = "--offers",
            description =
                    "History: measure how products are ranked: how often one of the best that a customer does not own is"
                            + " in the next order, and how much of each customer's last order is foretold, beside baselines.")
    private boolean wanted;

    @Option(
            names = "--offer-months",
            paramLabel = "N",
            defaultValue = "3",
            description = "With --offers: the orders of the last so many months of the history are foretold.")
    private int months;

    @Option(
            names = "--offer-tick",
            paramLabel = "TIME",
            defaultValue = "7d",
            converter = DurationConverter.class,
            description =
                    "With --offers: what is known of products moves on after each such time, whole days. The stream's is"
                            + " 1d.")
    private Duration tick = Duration.ZERO;

    /** Whether it is asked for. */
    public boolean wanted() {
        return wanted;
    }

    /** Months at the end of the history. */
    public int months() {
        return months;
    }

    /** Days of a tick. */
    public int tickDays() {
        return (int) tick.toDays();
    }

    /** What is wrong with them, each with its fix; empty when nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (months < 1 || months > MOST_MONTHS) {
            problems.add("--offer-months is " + months + ": choose 1 to " + MOST_MONTHS + ".");
        }
        if (tick.toDays() < 1 || tick.toDays() > MOST_DAYS || !tick.equals(Duration.ofDays(tick.toDays()))) {
            problems.add(
                    "--offer-tick is " + Durations.format(tick) + ": choose whole days, 1d to " + MOST_DAYS + "d.");
        }
        return problems;
    }
}
