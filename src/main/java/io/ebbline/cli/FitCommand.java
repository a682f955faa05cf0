package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.DurationConverter;
import io.ebbline.config.FitJobOptions;
import io.ebbline.config.KafkaOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.config.ShareConverter;
import io.ebbline.connector.feed.FeedException;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.fit.FitException;
import io.ebbline.fit.ModelFit;
import io.ebbline.model.ModelVersion;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A model from a history. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "fit",
        description = {
            "Fit a model to a history: cut points that divide its customers into fifths, the chances of another order,"
                    + " and the thresholds of decline that go with them. What the history does not tell is taken over"
                    + " from --base, and said.",
            "The model is printed beside the one before, written to a file with --output, put into force with --publish."
        },
        sortOptions = false,
        showDefaultValues = true)
final class FitCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The history, plain or .gz.")
    private @Nullable Path input;

    @Option(
            names = "--from-topics",
            description = "The history is the topic purchases, from its beginning to its end as it is now.")
    private boolean fromTopics;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "What the file is: online-retail, cdnow, starbucks, csv, or shop (what generate writes).")
    private @Nullable String format;

    @Option(
            names = "--csv",
            paramLabel = "NAME=VALUE",
            description = "Format csv: what a column means, or how it is written; as for demo. Once for each.")
    private Map<String, String> csv = new LinkedHashMap<>();

    @Option(
            names = "--at",
            paramLabel = "DATE",
            description =
                    "Take the history up to the end of this day (UTC), as in 2011-12-09, and count ages from there."
                            + " Default: the day of its newest event.")
    private @Nullable LocalDate at;

    @Option(names = "--cuts-only", description = "Fit cut points alone and take everything else from --base.")
    private boolean cutsOnly;

    @Option(
            names = "--horizon",
            paramLabel = "TIME",
            defaultValue = "26w",
            converter = DurationConverter.class,
            description = "How far ahead the chance of another order looks.")
    private Duration horizon = Duration.ZERO;

    @Option(
            names = "--value-horizon",
            paramLabel = "TIME",
            defaultValue = "52w",
            converter = DurationConverter.class,
            description = "How far ahead the predicted lifetime value looks.")
    private Duration valueHorizon = Duration.ZERO;

    @Option(
            names = "--discount-rate",
            paramLabel = "SHARE",
            defaultValue = "10%",
            converter = ShareConverter.class,
            description = "What next year's money is worth less than today's.")
    private double discountRate;

    @Option(
            names = "--walk-forward",
            paramLabel = "MONTHS",
            converter = MonthsConverter.class,
            description = "A series of versions instead of one, as in 1mo: for the end of each month (UTC; 3mo: of each"
                    + " quarter) one that is fitted to what came before it and takes effect then. Needed to replay years"
                    + " of history without a look into its future.")
    private @Nullable Integer walkForward;

    @Option(
            names = "--base",
            paramLabel = "FILE",
            description =
                    "The model that lends what is not fitted, and the look-back window that cut points are drawn from."
                            + " Default: the one published last with --publish, else the shipped one.")
    private @Nullable Path base;

    @Option(
            names = "--model-id",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The line of versions that the model belongs to.")
    private String modelId = "";

    @Option(
            names = "--model-version",
            paramLabel = "N",
            description = "Its version, or that of the first of a series: not on scoring-models yet. Default: the next"
                    + " free one with --publish, else the one after --base.")
    private @Nullable Integer modelVersion;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the model here, as JSON. With --walk-forward a directory: a file for each version.")
    private @Nullable Path output;

    @Option(
            names = "--publish",
            description = "Publish the model on scoring-models. It is backdated to the end of --at: a job that reads it"
                    + " before its first event uses it from that instant on; a running job, from now on.")
    private boolean publish;

    @Mixin
    private FitJobOptions job = new FitJobOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() {
        Settings settings = check();
        FitSource source =
                input == null ? FitSource.topic() : FitSource.file(input, HistoryFormat.named(format + ""), csv);
        ModelFit.Wish wish = new ModelFit.Wish(cutsOnly, horizon.toMillis(), valueHorizon.toMillis(), discountRate);
        FitOutcome outcome = new FitOutcome(settings, base, modelId, modelVersion, output, publish, this::say);
        try {
            new Fit(settings, source, job.maxCustomers(), wish, outcome, this::say).run(at, walkForward);
        } catch (FitException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
        return ExitCode.DONE;
    }

    private Settings check() {
        List<String> problems = new ArrayList<>();
        if ((input == null) != fromTopics) {
            problems.add("Name a history: a FILE with its --format, or --from-topics; one of the two.");
        }
        if (input != null) {
            checkFile(input, problems);
        } else if (format != null || !csv.isEmpty()) {
            problems.add("--format and --csv describe a FILE: name it, or leave them out.");
        }
        for (Duration ahead : List.of(horizon, valueHorizon)) {
            if (ahead.toDays() < 1 || ahead.toDays() > 3_653) {
                problems.add(
                        "--horizon and --value-horizon are parts of a customer's life: choose between a day and ten years.");
                break;
            }
        }
        if (job.maxCustomers() < 1_000) {
            problems.add("--max-customers is " + job.maxCustomers() + ": choose 1000 or more, or nothing can be told.");
        }
        try {
            ModelVersion.check(modelId, modelVersion == null ? 1 : modelVersion);
        } catch (IllegalArgumentException e) {
            problems.add("--model-id, --model-version: " + e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        SettingsBuilder builder = Settings.builder();
        kafka.apply(builder);
        job.apply(builder);
        return builder.build();
    }

    private void checkFile(Path file, List<String> problems) {
        if (!Files.isReadable(file)) {
            problems.add(file + " can't be read: name a file that is there.");
        }
        if (format == null) {
            problems.add("--format is missing: name online-retail, cdnow, starbucks, csv or shop.");
            return;
        }
        try {
            HistoryFormat.named(format).mapping(csv);
        } catch (FeedException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
