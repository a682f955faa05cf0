package io.ebbline.cli;

import io.ebbline.config.KafkaOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.config.TopicOptions;
import io.ebbline.model.ScoringModel;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.SchemaRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes brokers and a registry ready for the job. Does again only what is missing. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "setup",
        description =
                "Create the topics, register the schemas, publish the shipped model and the shipped contact policy when there"
                        + " is none.",
        sortOptions = false,
        showDefaultValues = true)
final class SetupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "Copies of each record in topics that are created. Default: the brokers' own.")
    private @Nullable Short replication;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Publish this model, a file that `ebbline fit` wrote. Default: the shipped one, when there is"
                    + " none yet.")
    private @Nullable Path model;

    @Override
    public Integer call() {
        SettingsBuilder builder = Settings.builder();
        kafka.apply(builder);
        topics.apply(builder);
        Settings settings = builder.build();
        Optional<ScoringModel> own = Optional.ofNullable(model).map(file -> ModelFile.read("--model", file));
        SchemaRegistry registry =
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry());
        PrintWriter out = spec.commandLine().getOut();
        new Setup(settings, registry).run(Optional.ofNullable(replication), own, out::println);
        out.flush();
        return ExitCode.DONE;
    }
}
