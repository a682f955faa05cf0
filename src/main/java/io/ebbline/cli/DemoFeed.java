package io.ebbline.cli;

import io.ebbline.config.DemoOptions;
import io.ebbline.config.HistoryOptions;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.RecordEncoder;
import io.ebbline.connector.feed.FeedOptions;
import io.ebbline.connector.feed.FeedProgress;
import io.ebbline.connector.feed.Feeder;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.ShopOffers;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.connector.feed.Speed;
import io.ebbline.event.Event;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.OfferPolicy;
import io.ebbline.wire.EventEncoder;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a demo feeds: a history from a file, or the simulated shop's. */
final class DemoFeed {
    private final Iterable<FeedRecord> records;
    private final long events;
    private final long end;
    private final String currency;
    private final String title;
    private final List<ModelVersion> versions;
    private final FeedOptions options;

    private DemoFeed(
            Iterable<FeedRecord> records,
            long events,
            long end,
            String currency,
            String title,
            List<ModelVersion> versions,
            FeedOptions options) {
        this.records = records;
        this.events = events;
        this.end = end;
        this.currency = currency;
        this.title = title;
        this.versions = versions;
        this.options = options;
    }

    /**
     * Checks the options without reading much.
     *
     * @throws io.ebbline.connector.feed.FeedException when the format, the speed or a csv option makes no sense
     */
    static void check(DemoOptions options) {
        options.history()
                .format()
                .ifPresent(format ->
                        HistoryFormat.named(format).mapping(options.history().csv()));
        Speed.parse(options.speed());
    }

    /**
     * Reads the history, or makes the shop's.
     *
     * @throws io.ebbline.connector.feed.FeedException when it can't be read
     */
    static DemoFeed read(DemoOptions options) {
        if (options.history().input().isPresent()) {
            String format = options.history().format().orElseThrow();
            HistoryFormat known = HistoryFormat.named(format);
            return of(
                    known.read(
                            options.history().input().get(),
                            known.mapping(options.history().csv())),
                    format,
                    options);
        }
        SimulatedShop shop = Shops.of(options.shop());
        String title = "a simulated shop of " + shop.customers() + " customers";
        if (options.shuffle().isPresent()) {
            return of(shop.history(), title, options);
        }
        SimulatedShop.Extent extent = shop.extent();
        return new DemoFeed(
                shop,
                extent.records(),
                extent.end(),
                SimulatedShop.CURRENCY,
                title,
                versions(options.history(), options.publish(), SimulatedShop.CURRENCY),
                feedOptions(options));
    }

    private static DemoFeed of(History read, String title, DemoOptions options) {
        History history = options.shuffle().isPresent()
                ? read.shuffled(options.lateness().toMillis(), options.shuffle().getAsLong())
                : read;
        return new DemoFeed(
                history.records(),
                history.records().size(),
                history.end(),
                history.currency(),
                title,
                versions(options.history(), options.publish(), history.currency()),
                feedOptions(options));
    }

    /** The files' that the options name; else the simulated shop's own, and of a history nothing. */
    static List<ModelVersion> versions(HistoryOptions history, List<Path> files, String currency) {
        if (files.isEmpty()) {
            return history.input().isPresent() ? List.of() : ShopOffers.versions();
        }
        OfferFile reader = new OfferFile(Currency.getInstance(currency), true);
        Publication publication =
                new Publication(List.of(), Set.of(OfferPolicy.shipped().ref()));
        List<ModelVersion> versions = new ArrayList<>();
        for (Path file : files) {
            ModelVersion version = reader.read(file, publication::nextVersion);
            publication.take(version);
            versions.add(version);
        }
        return versions;
    }

    /** What is fed, in a few words. */
    String title() {
        return title;
    }

    /** Events of the feed; of more than two thousand million, as many as an int holds. */
    int events() {
        return (int) Math.min(Integer.MAX_VALUE, events);
    }

    /** E: the newest event time, milliseconds since the epoch. */
    long end() {
        return end;
    }

    /** ISO 4217 code of every amount. */
    String currency() {
        return currency;
    }

    /** Catalogue, offers and the like that hold from the beginning. */
    List<ModelVersion> versions() {
        return versions;
    }

    /** How it is fed. */
    FeedOptions options() {
        return options;
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
        CompletableFuture<FeedProgress> finished =
                CompletableFuture.supplyAsync(() -> feeder.feed(records, end), task -> {
                    Thread thread = new Thread(task, "feed");
                    thread.setDaemon(true);
                    thread.start();
                });
        return new Running(feeder, finished);
    }

    private static FeedOptions feedOptions(DemoOptions options) {
        Speed speed =
                options.rate().isPresent() ? Speed.ofEvents(options.rate().getAsInt()) : Speed.parse(options.speed());
        return clocks(options).late(options.lateness().toMillis()).at(speed);
    }

    /** What the shop sends late is late only where the clock keeps up with it; a history has nothing late. */
    private static FeedOptions clocks(DemoOptions options) {
        return options.feedsShop()
                ? new FeedOptions(
                        SimulatedShop.LATENESS, 20, Duration.ofHours(1).toMillis(), Speed.MAX)
                : FeedOptions.defaults();
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
