package io.ebbline.cli;

import io.ebbline.config.Defaults;
import io.ebbline.config.KafkaOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.ControlTopic;
import io.ebbline.model.ModelVersion;
import io.ebbline.wire.ConfluentRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is offered, how, of what and in which money, into force. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "publish",
        description = {
            "Publish a catalogue, offers, a contact policy or exchange rates, each as the next version of its line."
                    + " Running jobs use them without a restart.",
            "Every file is checked, and what it changes is shown, before the first is published. docs/offers.md says"
                    + " what to write."
        },
        sortOptions = false,
        showDefaultValues = true)
final class PublishCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "JSON that says its kind: catalogue, offers, policy or rates. Or a catalogue as .csv.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check and show, but publish nothing.")
    private boolean dryRun;

    @Option(
            names = "--backdated",
            description =
                    "All of it holds from its effectiveFrom, or from the beginning, even if that is past: for jobs"
                            + " that replay a history and have not read any of it yet.")
    private boolean backdated;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = Defaults.CURRENCY,
            description = "The shop's currency, as for run: that of every amount in the files.")
    private Currency currency = Currency.getInstance(Defaults.CURRENCY);

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() {
        SettingsBuilder builder = Settings.builder();
        kafka.apply(builder);
        Settings settings = builder.currency(currency).build();
        Properties client = Setup.client(settings);
        ConfluentRegistry registry =
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry());
        Publication publication = new Publication(ControlTopic.versions(client, registry), ControlTopic.refs(client));
        publication.requireModel();
        OfferFile reader = new OfferFile(currency, backdated);
        List<ModelVersion> versions = new ArrayList<>();
        for (Path file : files) {
            ModelVersion version = reader.read(file, publication::nextVersion);
            publication.take(version).forEach(this::say);
            ControlTopic.check(registry, version);
            versions.add(version);
        }
        for (ModelVersion version : versions) {
            if (dryRun) {
                say("Would publish " + version.ref() + ", " + Publication.inForce(version) + ".");
            } else {
                ControlTopic.publish(client, registry, version);
                say("Published " + version.ref() + ", " + Publication.inForce(version) + ".");
            }
        }
        return ExitCode.DONE;
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
