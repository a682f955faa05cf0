package io.ebbline.cli;

import io.ebbline.backtest.AcceptanceFigures;
import io.ebbline.backtest.AlarmBacktest;
import io.ebbline.backtest.AlarmProtocol;
import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.HoldOut;
import io.ebbline.backtest.HoldOutFigures.Figure;
import io.ebbline.backtest.Metrics;
import io.ebbline.backtest.ModelSource;
import io.ebbline.backtest.report.Page;
import io.ebbline.config.AlarmOptions;
import io.ebbline.config.ConfigException;
import io.ebbline.config.DurationConverter;
import io.ebbline.config.HistoryOptions;
import io.ebbline.config.HoldOutOptions;
import io.ebbline.config.OfferOptions;
import io.ebbline.config.ShopOptions;
import io.ebbline.connector.feed.Affinity;
import io.ebbline.connector.feed.CustomerTruth;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.ShopTruth;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.Provenance;
import io.ebbline.model.ScoringModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How true the answers came, on a history or on the simulated shop. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "backtest",
        description = {
            "Measure how true the answers come. With --planted: which planted affinities of the simulated"
                    + " shop are found. With --offers: how often one of the products ranked best is in the next"
                    + " order, and how often an offer is accepted beside what was said. With --cutoff: chances and"
                    + " spend as predicted at a day of a history beside what followed. Without, on a history: alarms"
                    + " in the silences of repeat buyers, right when no order follows, beside a fixed hiatus; on the"
                    + " simulated shop: signals against the known truth of when each customer's rhythm broke.",
            "The engine runs in this process, without broker or cluster; without --cutoff and --model under the model"
                    + " that Ebbline ships."
        },
        sortOptions = false,
        showDefaultValues = true)
final class BacktestCommand implements Callable<Integer> {

    private static final Duration HORIZON = Duration.ofDays(182);

    /** What is measured is spend, not its present value. */
    private static final double DISCOUNT_RATE = .1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HistoryOptions source = new HistoryOptions();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Format shop: the truth.csv that generate wrote beside it.")
    private @Nullable Path truth;

    @Option(
            names = "--planted",
            description = "Shop: measure which planted affinities between products are found, and what is found beside"
                    + " them. Of a history, affinities.csv is read beside --truth.")
    private boolean planted;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Write metrics.json there, made if need be: every figure by key. With --cutoff or --offers report.html too:"
                            + " charts to look at, in one file.")
    private @Nullable Path output;

    @Mixin
    private HoldOutOptions holdOut = new HoldOutOptions();

    @Option(
            names = "--horizon",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "History: what is predicted is the time of this length after the cut, and an alarm is right when"
                            + " no order follows for this long. Default: that of --model, else 26w.")
    private @Nullable Duration horizon;

    @Mixin
    private AlarmOptions alarms = new AlarmOptions();

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "12w",
            converter = DurationConverter.class,
            description = "Shop: a break is found when it is told within this long.")
    private Duration within = Duration.ZERO;

    @Mixin
    private OfferOptions offers = new OfferOptions();

    @Mixin
    private ShopOptions shop = new ShopOptions();

    @Override
    public Integer call() {
        check();
        Console console = Console.standard();
        Metrics metrics = new Metrics();
        if (planted) {
            planted(metrics, console);
        } else if (offers.wanted()) {
            offers(metrics, console);
        } else if (!holdOut.cutoffs().isEmpty()) {
            holdOut(metrics, console);
        } else if (truth != null || source.input().isEmpty()) {
            shop(console, metrics);
        } else {
            History history = read(console);
            alarms(metrics, console, HORIZON)
                    .run(
                            Histories.customers(history, console),
                            history.end(),
                            given(),
                            holdOut.model().isPresent() ? "measured" : "shipped");
        }
        if (output != null) {
            new OutputDirectory(output, console).write(metrics);
        }
        return ExitCode.DONE;
    }

    private void planted(Metrics metrics, Console console) {
        List<Affinity> pairs = truth == null
                ? Shops.of(shop).truth().affinities()
                : ShopTruth.readAffinities(truth.resolveSibling(ShopTruth.AFFINITIES_FILE));
        History history = read(console);
        new PlantedReport(console, metrics)
                .run(Histories.customers(history, console), pairs, history.end(), minorDigits(history), given());
    }

    private static int minorDigits(History history) {
        return Math.max(0, Currency.getInstance(history.currency()).getDefaultFractionDigits());
    }

    private void offers(Metrics metrics, Console console) {
        History history = read(console);
        List<CustomerEvents> customers = Histories.customers(history, console);
        AcceptanceFigures acceptance = new OfferReport(console, metrics, offers)
                .run(customers, given(), Histories.lives(source), history.end(), minorDigits(history));
        write(history, customers, List.of(), List.of(), Map.of(), metrics, acceptance);
    }

    private void holdOut(Metrics metrics, Console console) {
        ScoringModel given = given();
        boolean fixed = holdOut.model().isPresent();
        ModelSource source = fixed
                ? ModelSource.fixed(given)
                : ModelSource.fitted(given, EngineRules.defaults(), DISCOUNT_RATE, part -> told(part, console));
        Duration ahead = horizon(fixed ? Duration.ofMillis(given.buying().horizonMillis()) : HORIZON);
        History history = read(console);
        List<CustomerEvents> customers = Histories.customers(history, console);
        double minorPerMajor = Math.pow(10, minorDigits(history));
        HoldOutReport.Result result = new HoldOutReport(console, metrics, source, holdOut.resamples())
                .run(customers, history.end(), holdOut.cutoffs(), ahead, minorPerMajor);
        Map<String, List<AlarmBacktest.Row>> rows = new LinkedHashMap<>();
        try {
            console.line("Alarms, under the model of the first cut ...");
            rows.putAll(alarms(metrics, console, ahead)
                    .run(customers, history.end(), result.tests().get(0).model(), "measured"));
        } catch (ConfigException e) {
            console.line("No figures of alarms. " + e.getMessage());
        }
        write(history, customers, result.tests(), result.figures(), rows, metrics, null);
    }

    /** The model to measure, or the shipped one. */
    private ScoringModel given() {
        return holdOut.model().map(file -> ModelFile.read("--model", file)).orElseGet(ScoringModel::shipped);
    }

    private void write(
            History history,
            List<CustomerEvents> customers,
            List<HoldOut> tests,
            List<Map<String, Figure>> figures,
            Map<String, List<AlarmBacktest.Row>> alarmed,
            Metrics metrics,
            @Nullable AcceptanceFigures acceptance) {
        if (output != null) {
            Page page = new Page(
                    about(history, customers),
                    tests,
                    figures,
                    alarmed,
                    metrics.values(),
                    acceptance,
                    history.currency(),
                    Math.pow(10, minorDigits(history)));
            new OutputDirectory(output, Console.standard()).write("report.html", page.html());
        }
    }

    private Map<String, String> about(History history, List<CustomerEvents> customers) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put(
                "data",
                String.format(
                        Locale.ROOT,
                        "%s: %,d customers, up to %s",
                        source.input().map(file -> file.toString()).orElse("the simulated shop"),
                        customers.size(),
                        Instant.ofEpochMilli(history.end())));
        about.put(
                "command",
                "./ebbline "
                        + String.join(
                                " ", spec.root().commandLine().getParseResult().originalArgs()));
        about.put("version", String.join(" ", new Version().getVersion()));
        return about;
    }

    private static void told(Provenance.Part part, Console console) {
        console.line("  fitted %s%s: %s".formatted(part.name(), part.fitted() ? "" : " not", part.note()));
    }

    private AlarmReport alarms(Metrics metrics, Console console, Duration otherwise) {
        AlarmProtocol protocol = new AlarmProtocol(
                (int) alarms.warmUp().toDays(), (int) alarms.window().toDays(), (int)
                        horizon(otherwise).toDays());
        return new AlarmReport(console, metrics, protocol, alarms.hiatuses());
    }

    private Duration horizon(Duration otherwise) {
        return horizon == null ? otherwise : horizon;
    }

    private void shop(Console console, Metrics metrics) {
        Map<String, CustomerTruth> truths = new LinkedHashMap<>();
        if (truth != null) {
            ShopTruth.read(truth).forEach(customer -> truths.put(customer.id(), customer));
        } else {
            Shops.of(shop).truth().customers().forEach(customer -> truths.put(customer.id(), customer));
        }
        History history = read(console);
        new ShopReport(console, metrics, within.toMillis())
                .run(Histories.customers(history, console), truths, history.end(), given());
    }

    private History read(Console console) {
        if (source.input().isPresent()) {
            return Histories.read(source.input().get(), source);
        }
        SimulatedShop simulated = Shops.of(shop);
        console.line("Simulating %,d customers for %,d days ...".formatted(shop.customers(), shop.days()));
        return simulated.history();
    }

    private void check() {
        List<String> problems = new ArrayList<>(Histories.problems(source));
        boolean isShop =
                source.format().filter(HistoryFormat.SHOP.formatName()::equals).isPresent();
        boolean hasCut = !holdOut.cutoffs().isEmpty();
        if (truth != null && source.input().isEmpty()) {
            problems.add("--truth describes a history: name its file with --input.");
        } else if ((truth != null && !isShop) || (isShop && truth == null && !hasCut && !offers.wanted())) {
            problems.add("--truth is the truth.csv of a history of format shop: name both, or neither.");
        }
        if (truth != null && hasCut) {
            problems.add("--truth says when rhythms broke, --cutoff asks what followed a day: choose one of the two.");
        }
        if (planted && ((source.input().isPresent() && truth == null) || hasCut || offers.wanted())) {
            problems.add("--planted is of a simulated shop, alone: with --truth of a history, without --offers and"
                    + " --cutoff.");
        }
        if (offers.wanted() && hasCut) {
            problems.add("--offers and --cutoff ask for different tests: choose one of the two.");
        }
        problems.addAll(offers.problems());
        problems.addAll(holdOut.problems());
        problems.addAll(alarms.problems(horizon(HORIZON)));
        problems.addAll(shop.problems());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
