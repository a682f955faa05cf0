package io.ebbline.cli;

import io.ebbline.config.Defaults;
import io.ebbline.config.KafkaOptions;
import io.ebbline.config.ScoringOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.job.ScoringJob;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why a customer's answer is what it is. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "explain",
        description = {
            "Rebuild a customer's answer from the topics and show the events, scores and reasons that led to it; hold it"
                    + " against customer-scores (exit code 1 when it differs).",
            "Scoring options must be those of the job."
        },
        sortOptions = false,
        showDefaultValues = true)
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CUSTOMER", description = "The customer's id, the key of its records.")
    private String customer = "";

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description =
                    "Show the answer at this instant, as in 2011-12-10T00:00:00Z, and hold it against nothing. Default:"
                            + " as far as the job had come.")
    private @Nullable Instant at;

    @Option(names = "--json", description = "Print one JSON document instead of text.")
    private boolean json;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private ScoringOptions scoring = new ScoringOptions();

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = Defaults.CURRENCY,
            description = "Currency of every amount in the answers, as for run.")
    private Currency currency = Currency.getInstance(Defaults.CURRENCY);

    @Option(
            names = "--shadow",
            paramLabel = "PREFIX",
            defaultValue = "",
            description =
                    "Hold it against the shadow topics of a replay, whose names begin like this. Default: the real ones.")
    private String shadow = "";

    @Option(
            names = "--all-partitions",
            description = "Look for the customer's events in every partition: for producers that do not place keys as"
                    + " Kafka's own does.")
    private boolean allPartitions;

    @Override
    public Integer call() throws IOException {
        SettingsBuilder builder = Settings.builder();
        kafka.apply(builder);
        scoring.apply(builder);
        Settings settings = builder.currency(currency).outputPrefix(shadow).build();
        SchemaRegistry registry =
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry());
        PrintWriter err = spec.commandLine().getErr();
        CustomerTopics topics = CustomerTopics.read(settings, registry, customer, allPartitions, line -> {
            err.println(line);
            err.flush();
        });
        Explanation explanation = explain(settings, registry, topics);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(explanation.document());
        } else {
            explanation.lines().forEach(out::println);
        }
        out.flush();
        return explanation.isEqual() ? ExitCode.DONE : ExitCode.NO;
    }

    private Explanation explain(Settings settings, SchemaRegistry registry, CustomerTopics topics) {
        long first = first(topics.records()).orElseThrow(() -> unknown(topics.records()));
        long instant = at == null ? topics.reached() : at.toEpochMilli();
        if (instant == CustomerTopics.NOWHERE) {
            throw new CommandException(
                    "Where the answer of " + customer + " would be on " + settings.outputPrefix()
                            + Topic.CUSTOMER_SCORES.topicName()
                            + " there is none of anybody yet: has the job run? --at INSTANT asks without it.",
                    null);
        }
        if (first > instant) {
            throw new CommandException(
                    "Nothing is known of " + customer + " at " + TimelineText.instant(instant)
                            + (at == null ? ", as far as the job had come" : "") + ": the first event is of "
                            + TimelineText.instant(first) + ".",
                    null);
        }
        Rebuilt rebuilt = Rebuilt.of(
                customer,
                topics.records(),
                ScoringJob.rules(settings),
                topics.models(),
                settings.currency().getCurrencyCode(),
                instant);
        return new Explanation(customer, instant, at == null, topics, rebuilt, settings.currency(), registry);
    }

    private static OptionalLong first(List<Incoming> records) {
        return records.stream()
                .filter(record -> record.body() != null)
                .mapToLong(Incoming::time)
                .min();
    }

    private CommandException unknown(List<Incoming> rejected) {
        String reasons = rejected.stream()
                .map(Incoming::rejection)
                .distinct()
                .map(reason -> reason == null ? "" : reason.code())
                .collect(Collectors.joining(", "));
        return new CommandException(
                rejected.isEmpty()
                        ? "The input topics hold no event of " + customer
                                + (allPartitions
                                        ? ": is the id right?"
                                        : " where Kafka's own partitioner would put it: is the id right? If producers place"
                                                + " keys otherwise, say --all-partitions.")
                        : "Every record of " + customer + " was refused (" + reasons + ").",
                null);
    }
}
