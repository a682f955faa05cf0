package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.connector.AvroRecordEncoder;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.Feeder;
import io.ebbline.connector.feed.TopicByTopic;
import io.ebbline.operator.MetricNames;
import io.ebbline.platform.Platform;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.apache.flink.configuration.Configuration;

/** One case from the first record to the drained job. For one thread, which feeds and breaks the job in between. */
final class CaseRun {
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final long TELL_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofMinutes(5).toNanos();

    /** Records fed between two looks at the job. */
    private static final int LOOKED_AT = 1_000;

    /** Before a break the job has read this share at least of what was fed, so that there is something to go on from. */
    private static final double READ_BEFORE = 0.5;

    private final Platform platform;
    private final Configuration conf;
    private final JobDefinition definition;
    private final IntFunction<Settings> at;
    private final Settings settings;
    private final ReplayCase played;
    private final CaseFeed feed;
    private final long end;
    private final Console console;
    private final Interrupts interrupts;
    private final SplittableRandom random;
    private final long began = System.nanoTime();
    private RunningJob job;
    private long told = began;
    private long moved = began;
    private long lastRead = -1;
    private OptionalLong lastWatermark = OptionalLong.empty();

    /**
     * Submits the job of a case.
     *
     * @param definition the job that scores; one that replays finds all of the feed on the topics
     * @param at the job's settings at a parallelism
     * @param end where every answer is final, milliseconds since the epoch
     */
    CaseRun(
            Platform platform,
            Configuration conf,
            JobDefinition definition,
            IntFunction<Settings> at,
            ReplayCase played,
            CaseFeed feed,
            long end,
            Console console,
            Interrupts interrupts) {
        this.platform = platform;
        this.conf = conf;
        this.definition = definition;
        this.at = at;
        this.settings = at.apply(played.parallelism());
        this.played = played;
        this.feed = feed;
        this.end = end;
        this.console = console;
        this.interrupts = interrupts;
        this.random = new SplittableRandom(played.seed());
        this.job = submit(settings, Optional.empty());
    }

    /** Returns when every answer is final and the job is over, one way or the other. */
    void run() {
        try {
            play();
        } catch (RuntimeException e) {
            // It would write into the next case's topics.
            try {
                job.crash();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void play() {
        if (played.has(ReplayCase.Way.REPLAYED)) {
            for (ReplayCase.Break cut : played.breaks()) {
                interrupt(cut, (int) (cut.at() * feed.records().size()));
            }
        } else {
            send(played, settings, this::broken, end);
        }
        await(() -> job.watermark().orElse(Long.MIN_VALUE) >= end
                && job.movesUnderWay().orElse(1) <= 0
                && job.isWhole());
        say("every answer is final");
        job.stop(platform.savepoints(), true);
    }

    /** Sends what a case feeds, in its order, and the clocks that take the watermark to the end. */
    static void send(ReplayCase played, Settings settings, Iterable<FeedRecord> records, long end) {
        AvroRecordEncoder encoder = new AvroRecordEncoder(
                new ConfluentRegistry(settings.registryUrl(), settings.client().forRegistry()));
        Properties client = Setup.client(settings);
        FeedOptions options = FeedOptions.defaults().late(settings.lateness().toMillis());
        if (played.has(ReplayCase.Way.APART)) {
            TopicByTopic.send(client, encoder, records, Topic.inputs(), end + options.lateness() + 1);
        } else {
            Map<String, Object> config = new HashMap<>();
            client.stringPropertyNames().forEach(name -> config.put(name, client.getProperty(name, "")));
            try (Feeder feeder = Feeder.connect(config, encoder, options, progress -> {})) {
                feeder.feed(records, end);
            }
        }
    }

    private RunningJob submit(Settings wanted, Optional<Path> restore) {
        return RunningJob.submit(platform.cluster(), conf, definition, wanted, restore);
    }

    /** The feed's records; the job is broken where the case says so, by whoever asks for the next record. */
    private Iterator<FeedRecord> broken() {
        List<FeedRecord> records = feed.records();
        Iterator<ReplayCase.Break> breaks = played.breaks().iterator();
        return new Iterator<>() {
            private int next;
            private Optional<ReplayCase.Break> ahead = following();

            private Optional<ReplayCase.Break> following() {
                return breaks.hasNext() ? Optional.of(breaks.next()) : Optional.empty();
            }

            @Override
            public boolean hasNext() {
                return next < records.size();
            }

            @Override
            public FeedRecord next() {
                while (ahead.isPresent() && next >= (int) (ahead.get().at() * records.size())) {
                    interrupt(ahead.get(), next);
                    ahead = following();
                }
                if (next % LOOKED_AT == 0) {
                    watch();
                }
                return records.get(next++);
            }
        };
    }

    private void interrupt(ReplayCase.Break cut, int fed) {
        long wanted = (long) (READ_BEFORE * fed);
        await(() -> read() >= wanted && job.isWhole());
        Settings after = at.apply(cut.parallelism());
        if (cut.savepoint()) {
            Path savepoint = job.stop(platform.savepoints(), false);
            say("stopped with a savepoint, going on with parallelism " + cut.parallelism());
            job = submit(after, Optional.of(savepoint));
            return;
        }
        Optional<Path> before = job.newestCheckpoint(platform.checkpoints());
        await(() -> !job.newestCheckpoint(platform.checkpoints()).equals(before));
        // Not just after a checkpoint, when there would be nothing to do again.
        pause(Duration.ofMillis(random.nextLong(settings.checkpointInterval().toMillis())));
        job.crash();
        Path newest = job.newestCheckpoint(platform.checkpoints()).orElseThrow();
        say("crashed, going on from " + newest.getFileName());
        job = submit(after, Optional.of(newest));
    }

    private long read() {
        return job.scoring(MetricNames.READ).orElse(0);
    }

    private void await(BooleanSupplier condition) {
        moved = System.nanoTime();
        while (!condition.getAsBoolean()) {
            pause(GLANCE);
            watch();
        }
    }

    private void watch() {
        pause(Duration.ZERO);
        job.requireAlive();
        look(System.nanoTime());
    }

    private void pause(Duration time) {
        if (interrupts.await(time)) {
            throw new CommandException("The verification was interrupted.", null);
        }
    }

    private void look(long now) {
        if (now - told < TELL_NANOS) {
            return;
        }
        told = now;
        long read = read();
        OptionalLong watermark = job.watermark();
        if (read != lastRead || !watermark.equals(lastWatermark)) {
            moved = now;
        } else if (now - moved > PATIENCE_NANOS) {
            throw new CommandException("The job has stood still for five minutes: see the log for why.", null);
        }
        lastRead = read;
        lastWatermark = watermark;
        say(share(watermark)
                + " of the time played, %,d of %,d events read"
                        .formatted(read, feed.records().size()));
    }

    private String share(OptionalLong watermark) {
        long start =
                feed.records().stream().mapToLong(FeedRecord::recordTime).min().orElse(end);
        if (watermark.isEmpty() || watermark.getAsLong() <= start) {
            return "0 %";
        }
        return Math.min(100, 100 * (watermark.getAsLong() - start) / Math.max(1, end - start)) + " %";
    }

    private void say(String what) {
        console.line("  %4.0f s  %s".formatted((System.nanoTime() - began) / 1e9, what));
    }
}
