package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.ScoringOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.config.TopicOptions;
import io.ebbline.config.VerifyOptions;
import io.ebbline.connector.feed.History;
import io.ebbline.model.ModelVersion;
import io.ebbline.platform.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The first law on a history of one's own. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "verify-replay",
        description = {
            "Play one history several ways through the real job, broker and cluster, and compare what comes out, byte for"
                    + " byte: parallelism 1, 2, 3 and 8, arrival shuffled within the lateness bound, one topic after the"
                    + " other, duplicates, crashes, a savepoint resumed at another parallelism, affinity lists broadcast"
                    + " and keyed.",
            "Run 0 has parallelism 1, the order of the history and no disturbance. --seed draws the other runs, and the"
                    + " simulated shop. Exit code 1 when one of them told something else; it is shown with the customer's"
                    + " events and the command that plays it again."
        },
        sortOptions = false,
        showDefaultValues = true)
final class VerifyReplayCommand implements Callable<Integer> {
    private static final long HEAP = 1L << 30;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final String ONLY = "--only";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private VerifyOptions verify = new VerifyOptions();

    @Mixin
    private ScoringOptions scoring = new ScoringOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Override
    public Integer call() {
        SettingsBuilder builder = check();
        Memory.require(HEAP);
        Console console = Console.standard();
        try (Interrupts interrupts = Interrupts.listen(STOP_LIMIT);
                CasePlayer player = CasePlayer.start(builder, console, interrupts)) {
            History history = history(console);
            List<ModelVersion> versions = DemoFeed.versions(verify.history(), verify.publish(), history.currency());
            DifferenceReport report = new DifferenceReport(history.records(), player.registry(), console);
            return new VerifyReplay(played -> player.play(played, history, versions), report, console)
                    .run(cases(), this::again);
        }
    }

    private SettingsBuilder check() {
        List<String> problems = new ArrayList<>(Histories.problems(verify.history()));
        problems.addAll(verify.problems());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        verify.history().input().ifPresent(input -> requireReadable("--input", input));
        verify.publish().forEach(file -> requireReadable("--publish", file));
        SettingsBuilder builder = Settings.builder();
        scoring.apply(builder);
        topics.apply(builder);
        verify.apply(builder);
        builder.build();
        return builder;
    }

    private static void requireReadable(String option, Path file) {
        if (!Files.isReadable(file)) {
            throw new ConfigException(option + ": " + file + " can't be read: name a file that is there.");
        }
    }

    private History history(Console console) {
        History read = verify.history()
                .input()
                .map(file -> Histories.read(file, verify.history()))
                .orElseGet(() -> Shops.of(verify.shop()).history());
        console.line("%,d records".formatted(read.records().size()));
        return CaseFeed.withinBound(read, verify.lateness().toMillis());
    }

    private List<ReplayCase> cases() {
        long seed = verify.shop().seed();
        if (verify.only().isPresent()) {
            return List.of(ReplayCase.draw(seed, verify.only().getAsInt()));
        }
        return IntStream.rangeClosed(1, verify.runs())
                .mapToObj(run -> ReplayCase.draw(seed, run))
                .toList();
    }

    /** This command for one run, to be pasted into a shell. */
    private String again(int run) {
        List<String> given = spec.commandLine().getParent().getParseResult().originalArgs();
        return again(given, run);
    }

    static String again(List<String> given, int run) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).equals(ONLY)) {
                i++;
            } else if (!given.get(i).startsWith(ONLY + "=")) {
                words.add(given.get(i));
            }
        }
        words.add(ONLY);
        words.add(Integer.toString(run));
        return "./ebbline " + words.stream().map(VerifyReplayCommand::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_=:,./+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
