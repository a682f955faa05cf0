package io.ebbline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.ebbline.backtest.AlarmProtocol;
import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.config.ConfigException;
import io.ebbline.config.DurationConverter;
import io.ebbline.config.ShopOptions;
import io.ebbline.connector.feed.CustomerTruth;
import io.ebbline.connector.feed.FeedException;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.ShopTruth;
import io.ebbline.connector.feed.SimulatedShop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How true the answers came, on a history or on the simulated shop. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "backtest",
        description = {
            "Measure how true the churn signals come. On a history: alarms in the silences of repeat buyers, right when no"
                    + " order follows, beside a fixed hiatus. On the simulated shop: signals against the known truth of"
                    + " when each customer's rhythm broke.",
            "The engine runs in this process, without broker or cluster, under the model that Ebbline ships."
        },
        sortOptions = false,
        showDefaultValues = true)
final class BacktestCommand implements Callable<Integer> {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "A history, plain or .gz. Default: the simulated shop.")
    private @Nullable Path input;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "What the history is: online-retail, cdnow, starbucks, csv, or shop (what generate writes).")
    private @Nullable String format;

    @Option(
            names = "--csv",
            paramLabel = "NAME=VALUE",
            description = "Format csv: what a column means, as for demo. Once for each.")
    private Map<String, String> csv = new LinkedHashMap<>();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Format shop: the truth.csv that generate wrote beside it.")
    private @Nullable Path truth;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write metrics.json there, made if need be: every figure by key.")
    private @Nullable Path output;

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
            names = "--horizon",
            paramLabel = "TIME",
            defaultValue = "26w",
            converter = DurationConverter.class,
            description = "History: an alarm is right when no order follows for this long.")
    private Duration horizon = Duration.ZERO;

    @Option(
            names = "--hiatus",
            paramLabel = "TIME",
            split = ",",
            defaultValue = "10w,15w",
            converter = DurationConverter.class,
            description = "History: fixed times without an order to compare with, at as many alarms each.")
    private List<Duration> hiatuses = new ArrayList<>();

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "12w",
            converter = DurationConverter.class,
            description = "Shop: a break is found when it is told within this long.")
    private Duration within = Duration.ZERO;

    @Mixin
    private ShopOptions shop = new ShopOptions();

    @Override
    public Integer call() {
        check();
        Console console = Console.standard();
        Metrics metrics = input == null || isShop() ? shopMetrics(console) : historyMetrics(input, console);
        if (output != null) {
            write(metrics, output, console);
        }
        return ExitCode.DONE;
    }

    private boolean isShop() {
        return HistoryFormat.SHOP.formatName().equals(format);
    }

    private Metrics historyMetrics(Path file, Console console) {
        AlarmProtocol protocol =
                new AlarmProtocol((int) warmUp.toDays(), (int) window.toDays(), (int) horizon.toDays());
        History history = read(file);
        return new AlarmReport(console, protocol, hiatuses).run(customers(history, console), history.end());
    }

    private Metrics shopMetrics(Console console) {
        List<CustomerEvents> customers;
        Map<String, CustomerTruth> truths = new LinkedHashMap<>();
        long end;
        if (input != null && truth != null) {
            ShopTruth.read(truth).forEach(customer -> truths.put(customer.id(), customer));
            History history = read(input);
            customers = customers(history, console);
            end = history.end();
        } else {
            SimulatedShop simulated = Shops.of(shop);
            simulated.truth().customers().forEach(customer -> truths.put(customer.id(), customer));
            console.line("Simulating %,d customers for %,d days ...".formatted(shop.customers(), shop.days()));
            History history = simulated.history();
            customers = customers(history, console);
            end = history.end();
        }
        return new ShopReport(console, within.toMillis()).run(customers, truths, end);
    }

    private History read(Path file) {
        HistoryFormat known = HistoryFormat.named(String.valueOf(format));
        return known.read(file, known.mapping(csv));
    }

    private static List<CustomerEvents> customers(History history, Console console) {
        List<CustomerEvents> customers = CustomerEvents.of(history.records(), history.currency());
        console.line("%,d events of %,d customers"
                .formatted(
                        customers.stream()
                                .mapToInt(customer -> customer.events().size())
                                .sum(),
                        customers.size()));
        return customers;
    }

    private void check() {
        List<String> problems = new ArrayList<>();
        if (input != null && format == null) {
            problems.add("--input needs --format: name online-retail, cdnow, starbucks, csv or shop.");
        }
        if (input == null && (format != null || truth != null || !csv.isEmpty())) {
            problems.add("--format, --csv and --truth describe a history: name its file with --input.");
        }
        if (input != null && format != null) {
            try {
                HistoryFormat.named(format).mapping(csv);
            } catch (FeedException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (isShop() == (truth == null) && input != null) {
            problems.add("--truth is the truth.csv of a history of format shop: name both, or neither.");
        }
        if (window.toDays() < 1 || horizon.toDays() < 1) {
            problems.add("--window and --horizon are days of a history: choose 1d or longer.");
        }
        if (Math.max(warmUp.toDays(), Math.max(window.toDays(), horizon.toDays())) > 36_500) {
            problems.add("--warm-up, --window and --horizon are parts of a history: choose less than 100 years.");
        }
        for (Duration hiatus : hiatuses) {
            if (hiatus.toMillis() < DAY_MILLIS || hiatus.compareTo(window) > 0) {
                problems.add("--hiatus must lie between a day and --window: an alarm after that does not count.");
                break;
            }
        }
        try {
            shop.check();
        } catch (ConfigException e) {
            problems.add(e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static void write(Metrics metrics, Path directory, Console console) {
        Path file = directory.resolve("metrics.json");
        Map<String, @Nullable Number> values = new TreeMap<>();
        // JSON has no word for what is not a number.
        metrics.values().forEach((key, value) -> values.put(key, Double.isNaN(value.doubleValue()) ? null : value));
        try {
            Files.createDirectories(directory);
            String json = new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(values);
            Files.writeString(file, json + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("--output: " + file + " can't be written (" + e + "): choose another.", e);
        }
        console.line(file.toString());
    }
}
