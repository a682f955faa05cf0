package io.ebbline.cli;

import io.ebbline.config.Defaults;
import io.ebbline.config.Durations;
import io.ebbline.config.QuietMode;
import io.ebbline.config.Replay;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.AvroRecordEncoder;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.Feeder;
import io.ebbline.job.PassThroughJob;
import io.ebbline.job.ScoringJob;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** One benchmark: topics filled once, then read by each job in turn. */
final class Bench implements AutoCloseable {

    /**
     * Events a second of the jobs in one round: without the engine, the engine without offers, and with them; if asked for, all of it
     * as it runs live, previews too, and in a replay; else 0.
     *
     * @param previewed of the events that the live job took, the share after which it told a preview; it leaves out what would come
     *     too late
     */
    record Round(double passThrough, double scoring, double offers, double live, double previewed, double replay) {

        /** What scoring leaves of the pass-through. */
        double scoringRatio() {
            return scoring / passThrough;
        }

        /** What offers leave of scoring. */
        double offersRatio() {
            return offers / scoring;
        }

        /** What a replay gains over the live path. */
        double replayRatio() {
            return replay / live;
        }
    }

    /** The first tenth of the feed is not timed: the job starts in it. */
    private static final double UNTIMED = 0.1;

    private final BenchLoad load;
    private final SettingsBuilder builder;
    private final Console console;
    private final Interrupts interrupts;
    private final BenchPlatform platform;
    private int jobs;

    private Bench(
            BenchLoad load, SettingsBuilder builder, Console console, Interrupts interrupts, BenchPlatform platform) {
        this.load = load;
        this.builder = builder;
        this.interrupts = interrupts;
        this.console = console;
        this.platform = platform;
    }

    /** Starts what it takes and fills the topics. */
    static Bench start(BenchLoad load, Settings wanted, Console console, Interrupts interrupts) {
        BenchPlatform platform = BenchPlatform.start(wanted, console);
        SettingsBuilder builder = Settings.builder()
                .bootstrapServers(platform.bootstrap())
                .registryUrl(platform.registryUrl())
                .parallelism(wanted.parallelism())
                .checkpointInterval(wanted.checkpointInterval())
                .cacheCustomers(wanted.cacheCustomers())
                .quietMode(QuietMode.CLOCKED)
                .currency(Currency.getInstance(BenchLoad.CURRENCY))
                .until(Instant.ofEpochMilli(load.end()));
        Bench bench = new Bench(load, builder, console, interrupts, platform);
        bench.fill();
        return bench;
    }

    private void fill() {
        Settings settings = builder.build();
        ConfluentRegistry registry = platform.prepare(settings);
        console.line("Feeding %,d events of %,d customers.".formatted(load.events(), load.customers()));
        Map<String, Object> client = Map.of("bootstrap.servers", settings.bootstrapServers());
        try (Feeder feeder =
                Feeder.connect(client, new AvroRecordEncoder(registry), FeedOptions.defaults(), progress -> {})) {
            feeder.feed(load, load.end());
        }
    }

    /** Runs the jobs in turn; the warm-up rounds are shown but not returned. */
    List<Round> run(int warmUp, int rounds, boolean replay) {
        List<Round> measured = new ArrayList<>();
        for (int i = 1; i <= warmUp + rounds; i++) {
            double passThrough = measure(PassThroughJob::define, false);
            double scoring = measure(ScoringJob::define, false);
            double offers = measure(ScoringJob::define, true);
            double live = replay ? measureLive() : 0;
            double previewed = replay ? previewed() : 0;
            Round round = new Round(passThrough, scoring, offers, live, previewed, replay ? measureReplay() : 0);
            console.line(
                    "%s: pass-through %,.0f events/s, scoring %,.0f, ratio %.2f; scoring and offers %,.0f, ratio %.2f%s"
                            .formatted(
                                    i <= warmUp ? "Warm-up " + i : "Round " + (i - warmUp),
                                    round.passThrough(),
                                    round.scoring(),
                                    round.scoringRatio(),
                                    round.offers(),
                                    round.offersRatio(),
                                    replay
                                            ? "; live %,.0f, %.0f %% of it previewed, replay %,.0f, ratio %.2f"
                                                    .formatted(
                                                            round.live(),
                                                            100 * round.previewed(),
                                                            round.replay(),
                                                            round.replayRatio())
                                            : ""));
            if (i > warmUp) {
                measured.add(round);
            }
        }
        return measured;
    }

    /** Every job writes to empty topics: what the rounds before wrote would fill the page cache. */
    private void emptyOutputs(Settings one) {
        List<String> outputs = Arrays.stream(Topic.values())
                .filter(topic -> topic.kind() == Topic.Kind.STATE || topic.kind() == Topic.Kind.EVENTS)
                .map(Topic::topicName)
                .toList();
        try (Admin admin = Admin.create(Setup.client(one))) {
            admin.deleteTopics(outputs).all().get();
            while (admin.listTopics().names().get().stream().anyMatch(outputs::contains)) {
                if (interrupts.await(BenchPlatform.GLANCE)) {
                    throw new CommandException("The benchmark was interrupted.", null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("The benchmark was interrupted.", e);
        } catch (ExecutionException e) {
            throw new CommandException("The output topics can't be emptied (" + e.getCause() + ").", e);
        }
        try (TopicAdmin topics = TopicAdmin.connect(Setup.client(one))) {
            topics.createMissing(one.partitions(), Optional.of((short) 1));
        }
    }

    /** Events a second, by how fast the watermark moves: the feed is spread evenly over event time. */
    private double measure(JobDefinition job, boolean offers) {
        return measure(job, builder.jobName("bench-" + ++jobs).offers(offers).build(), offers);
    }

    private double measureLive() {
        Settings one =
                builder.jobName("bench-" + ++jobs).offers(true).previews(true).build();
        builder.previews(false);
        return measure(ScoringJob::define, one, true);
    }

    private double previewed() {
        try (TopicAdmin topics = TopicAdmin.connect(Setup.client(builder.build()))) {
            return topics.endOffsets(Topic.CUSTOMER_SCORE_PREVIEWS).values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    / (double) load.events();
        }
    }

    /** The same events and answers, as `replay` reads and commits them by default. */
    private double measureReplay() {
        Settings live = builder.build();
        Settings one = builder.jobName("bench-" + ++jobs)
                .offers(true)
                .checkpointInterval(Durations.parse(Defaults.REPLAY_CHECKPOINT_INTERVAL))
                .replay(new Replay(Durations.parse(Defaults.MAX_DRIFT), null, null, false))
                .build();
        builder.checkpointInterval(live.checkpointInterval()).replay(null);
        ReplaySpan span = ReplaySpan.find(Setup.client(one), null, Map.of(), one.until(), one.lateness());
        return measure((env, settings) -> ScoringJob.replay(env, settings, span), one, true);
    }

    private double measure(JobDefinition job, Settings one, boolean offers) {
        emptyOutputs(one);
        RunningJob running = platform.submit(job, one);
        long from = load.time((long) (UNTIMED * load.events()));
        long started = 0;
        long startedAt = 0;
        while (!interrupts.await(BenchPlatform.GLANCE)) {
            running.requireAlive();
            long watermark = running.watermark().orElse(Long.MIN_VALUE);
            if (offers) {
                watermark = Math.min(watermark, running.offersWatermark().orElse(Long.MIN_VALUE));
            }
            long now = System.nanoTime();
            if (started == 0 && watermark >= from) {
                started = now;
                startedAt = watermark;
            }
            if (watermark >= load.end() && running.isWhole()) {
                running.stop(platform.savepoints(), true);
                if (startedAt >= load.end()) {
                    throw new CommandException(
                            "The job was through before it could be timed: choose more --events.", null);
                }
                double share = (double) (load.end() - startedAt) / (load.end() - load.time(0));
                return share * load.events() / ((now - started) / 1e9);
            }
        }
        throw new CommandException("The benchmark was interrupted.", null);
    }

    @Override
    public void close() {
        platform.close();
    }
}
