package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.KafkaOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.CsvMapping;
import io.ebbline.connector.feed.FeedException;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.fit.CutsFit;
import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import io.ebbline.model.ScoringModel;
import io.ebbline.population.Tick;
import io.ebbline.wire.ConfluentRegistry;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
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
            "Draw a model's cut points from a history: those that divide its customers into fifths.",
            "The model is printed, written to a file with --output, put into force with --publish."
        },
        sortOptions = false,
        showDefaultValues = true)
final class FitCommand implements Callable<Integer> {
    private static final int PROGRESS = 1_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The history, plain or .gz.")
    private Path input = Path.of("");

    @Option(
            names = "--cuts-only",
            description = "Fit cut points alone and take everything else from --base. There is no other fit yet.")
    private boolean cutsOnly;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            required = true,
            description = "What the history is: online-retail, cdnow, starbucks, csv, or shop (what generate writes).")
    private String format = "";

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

    @Option(
            names = "--base",
            paramLabel = "FILE",
            description =
                    "The model that lends everything but the cut points; they are drawn from what its look-back window"
                            + " holds. Default: the shipped one.")
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
            defaultValue = "2",
            description = "Its version: one that is not on scoring-models yet.")
    private int modelVersion;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the model here, as JSON.")
    private @Nullable Path output;

    @Option(
            names = "--publish",
            description = "Publish the model on scoring-models. It is backdated to the end of --at: a job that reads it"
                    + " before its first event uses it from that instant on; a running job, from now on.")
    private boolean publish;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() {
        if (!cutsOnly) {
            throw new ConfigException("--cuts-only is missing: cut points are all that can be fitted yet.");
        }
        SettingsBuilder builder = Settings.builder();
        kafka.apply(builder);
        Settings settings = builder.build();
        ScoringModel lender = base == null ? ScoringModel.shipped() : ModelFile.read("--base", base);
        History history = read();
        int tick = at == null ? Tick.of(history.end()) : Math.toIntExact(at.toEpochDay());
        ScoringModel model = model(lender, fit(history, tick, lender));
        if (output != null) {
            ModelFile.write(output, model);
            say("Wrote " + model.ref() + " to " + output + ".");
        }
        if (publish) {
            publish(settings, model);
        }
        return ExitCode.DONE;
    }

    private History read() {
        if (!Files.isReadable(input)) {
            throw new ConfigException(input + " can't be read: name a file that is there.");
        }
        HistoryFormat known;
        CsvMapping mapping;
        try {
            known = HistoryFormat.named(format);
            mapping = known.mapping(csv);
        } catch (FeedException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        say("Reading " + input + " ...");
        return known.read(input, mapping);
    }

    private CutPoints fit(History history, int tick, ScoringModel lender) {
        CutsFit fit = new CutsFit(tick, lender);
        int done = 0;
        for (FeedRecord record : history.records()) {
            if (record.event() != null && record.customer() != null) {
                fit.add(record.customer(), record.event());
            }
            if (++done % PROGRESS == 0) {
                say(String.format(
                        Locale.ROOT,
                        "%,d of %,d events ...",
                        done,
                        history.records().size()));
            }
        }
        CutPoints cuts = fit.cuts();
        if (cuts == null) {
            throw new CommandException(
                    "Nobody has a kept order" + (lender.lookBackMillis() == 0 ? "" : " in the look-back window")
                            + " at the end of " + LocalDate.ofEpochDay(tick)
                            + ": choose a later --at, or another history.",
                    null);
        }
        say(String.format(
                Locale.ROOT,
                "%,d events of %,d customers up to the end of %s; %,d have a kept order.",
                fit.events(),
                fit.customers(),
                LocalDate.ofEpochDay(tick),
                cuts.customers()));
        return cuts;
    }

    private ScoringModel model(ScoringModel lender, CutPoints cuts) {
        say("R, days:          " + text(cuts.recency(), Tick.MILLIS));
        say("F, orders:        " + text(cuts.frequency(), 1));
        say("M, minor units:   " + text(cuts.monetary(), 1));
        String note = cuts.note() + " at the end of " + LocalDate.ofEpochDay(cuts.version()) + ": " + cuts.customers()
                + " of " + input.getFileName();
        try {
            return lender.withCuts(cuts.recency(), cuts.frequency(), cuts.monetary())
                    .published(modelId, modelVersion, Tick.end(cuts.version()), true, note);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--model-id, --model-version: " + e.getMessage());
        }
    }

    private static String text(Cuts cuts, long unit) {
        List<String> numbers =
                cuts.toList().stream().map(cut -> Long.toString(cut / unit)).toList();
        return String.join(", ", numbers);
    }

    private void publish(Settings settings, ScoringModel model) {
        Properties client = Setup.client(settings);
        Setup.publish(
                client,
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry()),
                model,
                this::say);
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
