package io.ebbline.cli;

import io.ebbline.config.DemoOptions;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.RecordEncoder;
import io.ebbline.connector.feed.CsvMapping;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.FeedProgress;
import io.ebbline.connector.feed.Feeder;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.connector.feed.Speed;
import io.ebbline.event.Event;
import io.ebbline.wire.EventEncoder;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a demo feeds: a history from a file, or the simulated shop's. */
final class DemoFeed {
    /** The simulated shop opens at the same instant every time: the same seed, the same events. */
    private static final Instant SHOP_OPENS = Instant.parse("2025-01-01T00:00:00Z");

    private final History history;
    private final String title;
    private final FeedOptions options;

    private DemoFeed(History history, String title, FeedOptions options) {
        this.history = history;
        this.title = title;
        this.options = options;
    }

    /**
     * Checks the options without reading much.
     *
     * @throws io.ebbline.connector.feed.FeedException when the format, the speed or a csv option makes no sense
     */
    static void check(DemoOptions options) {
        options.format().ifPresent(HistoryFormat::named);
        mapping(options);
        Speed.parse(options.speed());
    }

    /**
     * Reads the history, or makes the shop's.
     *
     * @throws io.ebbline.connector.feed.FeedException when it can't be read
     */
    static DemoFeed read(DemoOptions options) {
        History history;
        String title;
        if (options.input().isPresent()) {
            Path input = options.input().get();
            title = options.format().orElseThrow();
            history = HistoryFormat.named(title).read(input, mapping(options));
        } else {
            title = "a simulated shop of " + options.shopCustomers() + " customers";
            history = new SimulatedShop(options.seed(), options.shopCustomers(), options.shopDays(), SHOP_OPENS)
                    .history();
        }
        long lateness = options.lateness().toMillis();
        if (options.shuffle().isPresent()) {
            history = history.shuffled(lateness, options.shuffle().getAsLong());
        }
        FeedOptions feed = clocks(options).late(lateness).at(speed(options, history));
        return new DemoFeed(history, title, feed);
    }

    /** What is fed, in a few words. */
    String title() {
        return title;
    }

    /** Events of the feed. */
    int events() {
        return history.records().size();
    }

    /** E: the newest event time, milliseconds since the epoch. */
    long end() {
        return history.end();
    }

    /** ISO 4217 code of every amount. */
    String currency() {
        return history.currency();
    }

    /** A feed that runs in a thread of its own. */
    record Running(Feeder feeder, CompletableFuture<FeedProgress> end) implements AutoCloseable {

        /** Stops feeding. What was fed stays. */
        @Override
        public void close() {
            feeder.stop();
            // However it ended: the caller has seen a failure already, or it came of stopping.
            end.handle((progress, failure) -> progress).join();
            feeder.close();
        }
    }

    /** Starts to feed what the topics do not hold yet. */
    Running start(Properties client, SchemaRegistry registry, Consumer<FeedProgress> told) {
        Map<String, Object> config = new HashMap<>();
        client.stringPropertyNames().forEach(name -> config.put(name, client.getProperty(name, "")));
        Feeder feeder = Feeder.connect(config, new Encoder(new EventEncoder(registry)), options, told);
        List<FeedRecord> records = history.records();
        CompletableFuture<FeedProgress> end =
                CompletableFuture.supplyAsync(() -> feeder.feed(records, history.end()), task -> {
                    Thread thread = new Thread(task, "feed");
                    thread.setDaemon(true);
                    thread.start();
                });
        return new Running(feeder, end);
    }

    /** What the shop sends late is late only where the clock keeps up with it; a history has nothing late. */
    private static FeedOptions clocks(DemoOptions options) {
        return options.input().isPresent()
                ? FeedOptions.defaults()
                : new FeedOptions(
                        SimulatedShop.LATENESS, 20, Duration.ofHours(1).toMillis(), Speed.MAX);
    }

    private static Speed speed(DemoOptions options, History history) {
        if (options.rate().isEmpty()) {
            return Speed.parse(options.speed());
        }
        List<FeedRecord> records = history.records();
        long span = records.get(records.size() - 1).arrival() - records.get(0).arrival();
        return new Speed(Math.max(1, Math.round((double) span * options.rate().getAsInt() / records.size())));
    }

    private static @Nullable CsvMapping mapping(DemoOptions options) {
        return options.format().equals(Optional.of(HistoryFormat.CSV.formatName()))
                ? CsvMapping.of(options.csv())
                : null;
    }

    private record Encoder(EventEncoder encoder) implements RecordEncoder {

        @Override
        public byte[] event(Topic topic, @Nullable String customer, Event event) {
            return encoder.event(topic, customer, event);
        }

        @Override
        public byte[] clock(Topic topic, long time) {
            return encoder.clock(topic, time);
        }
    }
}
