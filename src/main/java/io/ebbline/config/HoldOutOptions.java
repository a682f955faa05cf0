package io.ebbline.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a history is cut into what is known and what is predicted, and under which model. */
public final class HoldOutOptions {

    private static final int MOST_RESAMPLES = 100_000;

    @Option(
            names = "--cutoff",
            paramLabel = "DATE",
            split = ",",
            description = "Calibration and hold-out: the history up to the end of this day (UTC), as in 1997-09-30, is"
                    + " known, and the --horizon after it predicted for every customer who had ordered by then."
                    + " Several, with commas or again: each is measured, and the mean of all.")
    private List<LocalDate> cutoffs = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "The model to measure, a file that `ebbline fit` wrote. Default: with --cutoff one that is fitted to"
                            + " what is known at each cut, else the shipped one.")
    private @Nullable Path model;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "With --cutoff: draws of the bootstrap over customers, from which each figure has its interval.")
    private int resamples;

    /** The last days that are known, in the order of time; none when nothing is to be predicted. */
    public List<LocalDate> cutoffs() {
        return cutoffs.stream().sorted().distinct().toList();
    }

    /** The model's file; empty when it is to be made from the history. */
    public Optional<Path> model() {
        return Optional.ofNullable(model);
    }

    /** Draws of the bootstrap. */
    public int resamples() {
        return resamples;
    }

    /** What is wrong with them, each with its fix; empty when nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (resamples < 1 || resamples > MOST_RESAMPLES) {
            problems.add("--resamples is " + resamples + ": choose 1 to " + MOST_RESAMPLES + ".");
        }
        return problems;
    }
}
