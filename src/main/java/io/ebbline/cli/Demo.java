package io.ebbline.cli;

import io.ebbline.cli.view.Addresses;
import io.ebbline.cli.view.AnswerFollower;
import io.ebbline.cli.view.LiveState;
import io.ebbline.cli.view.LiveView;
import io.ebbline.config.DemoOptions;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.feed.FeedProgress;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.Checkpoints;
import io.ebbline.platform.Platform;
import io.ebbline.platform.PlatformSettings;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.configuration.Configuration;

/** One demo, from the start of the broker to the summary. */
final class Demo {
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final DemoOptions options;
    private final SettingsBuilder builder;
    private final DemoDirectory directory;
    private final JobDefinition job;
    private final Console console;
    private final Interrupts interrupts;
    private final long began = System.nanoTime();

    Demo(
            DemoOptions options,
            SettingsBuilder builder,
            DemoDirectory directory,
            JobDefinition job,
            Console console,
            Interrupts interrupts) {
        this.options = options;
        this.builder = builder;
        this.directory = directory;
        this.job = job;
        this.console = console;
        this.interrupts = interrupts;
    }

    /**
     * Runs until the end of the feed with {@code --once}, else until it is interrupted.
     *
     * @param registryHome where the build unpacked the registry's program
     */
    void run(Path registryHome) {
        Configuration conf = FlinkConf.watched(builder.build().checkpointInterval());
        int slots = builder.build().parallelism();
        // Reading a history takes as long as starting a broker, so both go on at once.
        CompletableFuture<DemoFeed> reading = CompletableFuture.supplyAsync(() -> DemoFeed.read(options));
        PlatformSettings wanted = new PlatformSettings(
                directory.path(),
                registryHome,
                "BACKWARD",
                options.kafkaPort(),
                options.registryPort(),
                options.webPort(),
                1,
                slots,
                conf);
        try (Platform platform = Platform.start(wanted, console::line)) {
            DemoFeed feed = read(reading);
            if (!interrupts.isAsked()) {
                run(platform, conf, feed);
            }
        }
    }

    private void run(Platform platform, Configuration conf, DemoFeed feed) {
        String web = platform.cluster().webUrl();
        Settings settings = builder.bootstrapServers(platform.broker().bootstrap())
                .registryUrl(platform.registry().url())
                .jobName("ebbline-demo")
                .runId(directory.runId())
                .currency(Currency.getInstance(feed.currency()))
                .until(Instant.ofEpochMilli(feed.end()))
                .reportDir(directory.emptyReport())
                .build();
        SchemaRegistry registry =
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry());
        Setup setup = new Setup(settings, registry);
        setup.run(Optional.of((short) 1), console::line);
        setup.publishMissing(feed.versions(), console::line);
        Optional<Path> restore = Checkpoints.newest(platform.checkpoints());
        restore.ifPresent(path -> console.line("Going on from " + path.getFileName() + "."));
        RunningJob running = RunningJob.submit(platform.cluster(), conf, job, settings, restore);

        Properties client = Setup.client(settings);
        LiveState state = new LiveState(
                feed.title(),
                feed.events(),
                settings.currency(),
                new Addresses(settings.bootstrapServers(), settings.registryUrl(), web));
        state.phase("starting");
        try (AnswerFollower answers = AnswerFollower.start(client, registry::schema, state, HeaderNames.REASON);
                DemoFeed.Running feeding =
                        feed.start(client, registry, progress -> state.fed(progress.events(), System.nanoTime()));
                LiveView view = console.show(state)) {
            if (!follow(running, feeding.end(), feed, state)) {
                state.phase("stopping");
                return;
            }
            state.phase("writing the report");
            running.stop(platform.savepoints(), true);
            directory.finish();
            answers.catchUp();
            state.phase("done");
        }
        finish(Report.read(directory.path().resolve("report")));
    }

    /** Watches until every answer is final; false when somebody asked to stop before. */
    private boolean follow(
            RunningJob running, CompletableFuture<FeedProgress> feeding, DemoFeed feed, LiveState state) {
        boolean scored = false;
        while (!interrupts.await(GLANCE)) {
            running.requireAlive();
            boolean fed = isFinished(feeding);
            OptionalLong watermark = running.watermark();
            state.watermark(watermark);
            if (state.offered() > 0) {
                running.offers(MetricNames.OFFERS_CAPPED).ifPresent(state::capped);
                running.offers(MetricNames.OFFERS_HELD_OUT).ifPresent(state::heldOut);
            }
            if (!scored && state.scored() > 0) {
                scored = true;
                console.note("First scores after %.1f s.".formatted(seconds()));
            }
            boolean complete = fed
                    && watermark.orElse(Long.MIN_VALUE) >= feed.end()
                    && running.movesUnderWay().orElse(1) <= 0;
            if (complete) {
                state.phase("every answer is final");
                if (options.once() && running.isWhole()) {
                    return true;
                }
            } else {
                state.phase(
                        watermark.isEmpty() ? "the job is starting" : fed ? "waiting for the last answers" : "feeding");
            }
        }
        return false;
    }

    private void finish(Report report) {
        Summary summary = Summary.of(report, seconds());
        options.summary().ifPresent(summary::write);
        options.customers().ifPresent(report::writeCustomers);
        summary.lines().forEach(console::line);
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private static boolean isFinished(CompletableFuture<FeedProgress> feeding) {
        if (!feeding.isDone()) {
            return false;
        }
        return read(feeding).finished();
    }

    private static <T> T read(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }
}
