package io.ebbline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebbline.config.ConfigException;
import io.ebbline.config.Durations;
import io.ebbline.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The engine beside its baseline in one run. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "bench",
        description = {
            "Measure the engine against a pass-through: the same source, shuffle, output record and exactly-once sink,"
                    + " without state, order or deadlines; and the engine with offers against scoring alone.",
            "They run in turn, several rounds, on a real broker and cluster in this process. Ratios travel between"
                    + " machines; events a second do not."
        },
        sortOptions = false,
        showDefaultValues = true)
final class BenchCommand implements Callable<Integer> {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    @Option(names = "--customers", paramLabel = "N", description = "Customers.")
    private int customers = 100_000;

    @Option(names = "--events", paramLabel = "N", description = "Events in each round.")
    private int events = 1_000_000;

    @Option(
            names = "--touchpoints",
            paramLabel = "N",
            description = "Touchpoints for each purchase among them; 14: as in the simulated shop. 0: every event is a"
                    + " purchase, the dearest load.")
    private int touchpoints = 14;

    @Option(
            names = "--days",
            paramLabel = "N",
            description =
                    "Event time that the events spread over. One day: a busy live shop. Ninety: a replay, in which"
                            + " as much happens by silence as by events.")
    private int days = 1;

    @Option(
            names = "--zipf",
            paramLabel = "S",
            description = "Exponent of the customers' Zipf distribution; 0: all buy alike.")
    private double zipf = 0;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count.")
    private int rounds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Rounds before them that do not: the first is two to four times slower.")
    private int warmUp = 1;

    @Option(names = "--parallelism", paramLabel = "N", description = "Subtasks of each operator.")
    private int parallelism = 2;

    @Option(names = "--checkpoint-interval", paramLabel = "TIME", description = "How often answers are committed.")
    private String checkpointInterval = "10s";

    @Option(
            names = "--cache-customers",
            paramLabel = "N",
            description = "Customers cached by a subtask; 0: by the heap.")
    private int cache = 0;

    @Option(
            names = "--replay",
            description = "Measure the job as `ebbline replay` runs it, too, against the live one with previews.")
    private boolean replay;

    @Option(
            names = "--latency",
            paramLabel = "N",
            description =
                    "Measure instead how long answers take, from an event's creation to a consumer, at so many events a"
                            + " second. 0: measure throughput.")
    private int latency = 0;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "With --latency: for so long, after a warm-up of 30 s.")
    private int seconds = 60;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the feed.")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there too.")
    private @Nullable Path json;

    @Override
    public Integer call() {
        Duration interval = Durations.parse(checkpointInterval);
        if (customers < 1
                || events < 1_000
                || days < 1
                || rounds < 1
                || warmUp < 0
                || touchpoints < 0
                || zipf < 0
                || latency < 0
                || seconds < 1) {
            throw new ConfigException(
                    "bench needs --customers 1 or more, --events 1000 or more, --days and --rounds 1 or more,"
                            + " --seconds 1 or more, --warm-up, --touchpoints, --zipf and --latency 0 or more.");
        }
        BenchLoad load = new BenchLoad(customers, events, touchpoints, days, zipf, seed);
        Settings settings = Settings.builder()
                .parallelism(parallelism)
                .checkpointInterval(interval)
                .cacheCustomers(cache)
                .build();
        Console console = Console.standard();
        if (latency > 0) {
            return latency(load, settings, console);
        }
        List<Bench.Round> measured;
        try (Interrupts interrupts = Interrupts.listen(STOP_LIMIT);
                Bench bench = Bench.start(load, settings, console, interrupts)) {
            measured = bench.run(warmUp, rounds, replay);
        }
        report(console, load, measured);
        return ExitCode.DONE;
    }

    private int latency(BenchLoad load, Settings settings, Console console) {
        LatencyBench.Result result;
        try (Interrupts interrupts = Interrupts.listen(STOP_LIMIT);
                LatencyBench bench = LatencyBench.start(load, settings, console, interrupts)) {
            result = bench.run(latency, Duration.ofSeconds(seconds));
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("customers", load.customers());
        figures.put("touchpointsPerPurchase", load.touchpoints());
        figures.put("eventsPerSecondWanted", latency);
        figures.put("eventsPerSecond", result.perSecond());
        console.line("%,d customers, %d touchpoints a purchase, %,.0f events a second of %,d wanted, for %d s:"
                .formatted(load.customers(), load.touchpoints(), result.perSecond(), latency, seconds));
        console.line(line("previews", "preview", result.previews(), figures));
        console.line(line("committed answers", "answer", result.answers(), figures));
        write(figures);
        return ExitCode.DONE;
    }

    private static String line(String what, String key, Latencies latencies, Map<String, Object> figures) {
        figures.put(key + "s", latencies.count());
        figures.put(key + "sMissing", latencies.unanswered());
        figures.put(key + "P50Millis", latencies.quantile(.5));
        figures.put(key + "P99Millis", latencies.quantile(.99));
        figures.put(key + "WorstMillis", latencies.quantile(1));
        return "%s: p50 %.2f s, p99 %.2f s, worst %.2f s, of %,d events; %,d without one"
                .formatted(
                        what,
                        latencies.quantile(.5) / 1000,
                        latencies.quantile(.99) / 1000,
                        latencies.quantile(1) / 1000,
                        latencies.count(),
                        latencies.unanswered());
    }

    private void report(Console console, BenchLoad load, List<Bench.Round> measured) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("customers", load.customers());
        figures.put("events", load.events());
        figures.put("touchpointsPerPurchase", load.touchpoints());
        figures.put("days", load.days());
        figures.put("zipf", load.exponent());
        figures.put("passThroughPerSecond", rounded(measured, Bench.Round::passThrough));
        figures.put("scoringPerSecond", rounded(measured, Bench.Round::scoring));
        figures.put("offersPerSecond", rounded(measured, Bench.Round::offers));
        console.line("%,d customers, %d touchpoints a purchase, %,d days%s, %d rounds:"
                .formatted(
                        load.customers(),
                        load.touchpoints(),
                        load.days(),
                        load.exponent() == 0 ? "" : " (Zipf %.1f)".formatted(load.exponent()),
                        measured.size()));
        console.line(ratio("scoring / pass-through", "scoringRatio", measured, Bench.Round::scoringRatio, figures));
        console.line(ratio("with offers / scoring", "offersRatio", measured, Bench.Round::offersRatio, figures));
        if (replay) {
            figures.put("livePerSecond", rounded(measured, Bench.Round::live));
            figures.put(
                    "livePreviewed",
                    measured.stream().map(Bench.Round::previewed).toList());
            figures.put("replayPerSecond", rounded(measured, Bench.Round::replay));
            console.line(ratio("replay / live", "replayRatio", measured, Bench.Round::replayRatio, figures));
        }
        write(figures);
    }

    private void write(Map<String, Object> figures) {
        if (json != null) {
            try {
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), figures);
            } catch (IOException e) {
                throw new CommandException("--json: " + json + " can't be written (" + e + ").", e);
            }
        }
    }

    private static List<Long> rounded(List<Bench.Round> measured, ToDoubleFunction<Bench.Round> figure) {
        return measured.stream()
                .map(round -> Math.round(figure.applyAsDouble(round)))
                .toList();
    }

    private static String ratio(
            String what,
            String key,
            List<Bench.Round> measured,
            ToDoubleFunction<Bench.Round> figure,
            Map<String, Object> figures) {
        double[] ratios = measured.stream().mapToDouble(figure).sorted().toArray();
        double median = ratios[ratios.length / 2];
        figures.put(key + "Median", median);
        figures.put(key + "Least", ratios[0]);
        figures.put(key + "Most", ratios[ratios.length - 1]);
        return "%s: median %.2f, from %.2f to %.2f".formatted(what, median, ratios[0], ratios[ratios.length - 1]);
    }
}
