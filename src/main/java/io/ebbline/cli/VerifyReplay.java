package io.ebbline.cli;

import io.ebbline.wire.Topic;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Plays cases one after the other and holds what each tells against what run 0 told. */
final class VerifyReplay {
    private final Function<ReplayCase, Told> player;
    private final DifferenceReport report;
    private final Console console;

    /**
     * A verification.
     *
     * @param player plays a case
     * @param report tells a difference
     */
    VerifyReplay(Function<ReplayCase, Told> player, DifferenceReport report, Console console) {
        this.player = player;
        this.report = report;
        this.console = console;
    }

    /**
     * Plays run 0, then the others, up to the first that tells something else.
     *
     * @param again the command that plays run 0 and one run more
     * @return the exit code
     */
    int run(List<ReplayCase> cases, IntFunction<String> again) {
        Told expected = play(ReplayCase.draw(0, 0));
        for (ReplayCase played : cases) {
            Told told = play(played);
            List<Told.Difference> differences = expected.differences(told);
            List<String> counters = expected.counterDifferences(told);
            if (!differences.isEmpty() || !counters.isEmpty()) {
                report.tell(played, expected, differences, counters);
                console.line("");
                console.line("To play just this case again:");
                console.line("  " + again.apply(played.run()));
                return ExitCode.NO;
            }
        }
        table(expected, cases.size());
        return ExitCode.DONE;
    }

    private Told play(ReplayCase played) {
        console.line("run " + played.run() + ": " + played.description());
        long began = System.nanoTime();
        Told told = player.apply(played);
        console.line("  %4.0f s  %,d answers".formatted((System.nanoTime() - began) / 1e9, told.records()));
        if (!told.isAccountedFor()) {
            throw new CommandException(
                    "Events of run " + played.run() + " are unaccounted for: " + told.counters(), null);
        }
        return told;
    }

    private void table(Told expected, int runs) {
        String equal = runs == 1 ? "in 1 run" : "in " + runs + " runs";
        console.line("");
        console.line("%-24s %12s  %s".formatted("topic", "records", "equal"));
        for (Topic topic : expected.topics()) {
            console.line("%-24s %,12d  %s".formatted(topic.topicName(), expected.records(topic), equal));
        }
        console.line("%-24s %,12d  %s"
                .formatted("counters of events", (long) expected.counters().size(), equal));
    }
}
