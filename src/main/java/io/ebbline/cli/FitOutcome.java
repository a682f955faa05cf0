package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.Settings;
import io.ebbline.connector.ControlTopic;
import io.ebbline.event.Tick;
import io.ebbline.fit.ModelFit;
import io.ebbline.model.ScoringModel;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What becomes of fitted models: numbered, shown beside the one before, written, published. */
final class FitOutcome {
    private final String modelId;
    private final @Nullable Path output;
    private final Consumer<String> told;
    private final Optional<Publisher> publisher;
    private final ScoringModel base;
    private final int firstVersion;

    /** The control topic, and what was on it at the start. */
    private record Publisher(Properties client, ConfluentRegistry registry, Set<String> refs) {}

    /**
     * Looks what is published already.
     *
     * @param base the file of the model that lends what is not fitted; null for the newest on the topic, or the shipped one
     * @param version of the first model; null for the next free one
     * @param output file, or directory for a series; null for none
     * @throws ConfigException when the base can't be read
     * @throws CommandException when the version is taken
     */
    FitOutcome(
            Settings settings,
            @Nullable Path base,
            String modelId,
            @Nullable Integer version,
            @Nullable Path output,
            boolean publish,
            Consumer<String> told) {
        this.modelId = modelId;
        this.output = output;
        this.told = told;
        this.publisher = publish ? Optional.of(connect(settings)) : Optional.empty();
        Optional<ScoringModel> own = Optional.ofNullable(base).map(file -> ModelFile.read("--base", file));
        this.base = own.or(() -> publisher.flatMap(p -> ControlTopic.newest(p.client, p.registry)))
                .orElseGet(ScoringModel::shipped);
        this.firstVersion = version != null ? version : nextVersion();
        publisher.ifPresent(p -> requireFree(p, firstVersion));
    }

    private static Publisher connect(Settings settings) {
        Properties client = Setup.client(settings);
        ConfluentRegistry registry =
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry());
        return new Publisher(client, registry, new HashSet<>(ControlTopic.refs(client)));
    }

    private int nextVersion() {
        int newest = base.modelId().equals(modelId) ? base.version() : 0;
        if (publisher.isPresent()) {
            for (String ref : publisher.get().refs) {
                newest = Math.max(
                        newest, ref.startsWith(modelId + "/") ? number(ref.substring(modelId.length() + 1)) : 0);
            }
        }
        return newest + 1;
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private void requireFree(Publisher topic, int version) {
        String ref = modelId + "/" + version;
        if (topic.refs.contains(ref)) {
            throw new CommandException(Setup.taken(ref), null);
        }
    }

    /** The model that lends what is not fitted. */
    ScoringModel base() {
        return base;
    }

    /** Takes the models, in order. */
    void take(List<ModelFit.Result> results, boolean series, String source) {
        List<ScoringModel> models = new ArrayList<>();
        for (ModelFit.Result result : results) {
            models.add(numbered(result, firstVersion + models.size(), source));
        }
        if (series) {
            models.forEach(model -> told.accept(
                    model.ref() + " from " + Instant.ofEpochMilli(model.effectiveFrom()) + ": " + model.note()));
        }
        ModelDiff.table(base, models.get(models.size() - 1)).forEach(told);
        Path target = output;
        if (target != null) {
            write(models, series, target);
        }
        publisher.ifPresent(topic -> publish(topic, models, series));
    }

    private ScoringModel numbered(ModelFit.Result result, int version, String source) {
        String note = String.format(
                Locale.ROOT,
                "fitted to %,d customers of %s up to the end of %s: %s",
                result.cuts().customers(),
                source,
                LocalDate.ofEpochDay(result.tick()),
                result.fitted());
        return result.model()
                .published(modelId, version, Tick.end(result.tick()), true, note)
                .withProvenance(result.provenance(Instant.now().toEpochMilli(), new Version().getVersion()[0]));
    }

    private void write(List<ScoringModel> models, boolean series, Path target) {
        if (!series) {
            ModelFile.write(target, models.get(0));
            told.accept("Wrote " + models.get(0).ref() + " to " + target + ".");
            return;
        }
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new CommandException("--output: " + target + " can't be made (" + e + "): choose another.", e);
        }
        for (ScoringModel model : models) {
            ModelFile.write(target.resolve(modelId + "-" + model.version() + ".json"), model);
        }
        told.accept("Wrote " + models.size() + " versions to " + target + ".");
    }

    private void publish(Publisher topic, List<ScoringModel> models, boolean series) {
        if (series && topic.refs.isEmpty()) {
            throw new CommandException(
                    "The topic " + Topic.SCORING_MODELS.topicName() + " holds no model, and the first of a series would"
                            + " be used for what came before it, which it was fitted to: publish the shipped model with"
                            + " `ebbline setup` first.",
                    null);
        }
        models.forEach(model -> Setup.publish(topic.client, topic.registry, model, told));
    }
}
