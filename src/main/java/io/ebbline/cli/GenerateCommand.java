package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.config.ShopOptions;
import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.FeedException;
import io.ebbline.connector.feed.ShopOffers;
import io.ebbline.connector.feed.ShopWriter;
import io.ebbline.connector.feed.SimulatedShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The simulated shop as files. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "generate",
        description =
                "Write the simulated shop to files: its events, which `demo --input FILE --format shop` feeds as demo"
                        + " alone feeds them, and truth.csv, affinities.csv and propensities.csv, which hold what was planted, and catalogue.csv and"
                        + " offers.json, which `publish` takes.",
        sortOptions = false,
        showDefaultValues = true)
final class GenerateCommand implements Callable<Integer> {

    private static final String EVENTS = "shop.jsonl.gz";
    private static final long NOTE_NANOS = Duration.ofSeconds(2).toNanos();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR|FILE",
            description =
                    "A directory, made if need be, for " + EVENTS + " and the others; or a file for the events, whose"
                            + " name ends in .jsonl or .gz: the others go beside it.")
    private @Nullable Path output;

    @Mixin
    private ShopOptions shop = new ShopOptions();

    @Override
    public Integer call() {
        shop.check();
        SimulatedShop simulated = Shops.of(shop);
        Path events = events();
        Console console = Console.standard();
        write(simulated, events, console);
        Path directory = directory(events);
        simulated.truth().write(directory);
        console.line("What was planted: truth.csv, affinities.csv, propensities.csv in " + directory);
        ShopOffers.write(directory);
        console.line("What is offered: catalogue.csv, offers.json; for `demo --publish` or `publish --backdated`");
        return ExitCode.DONE;
    }

    private Path events() {
        Path named = output == null ? Path.of("") : output;
        String name = String.valueOf(named.getFileName());
        boolean file = !Files.isDirectory(named) && (name.endsWith(".jsonl") || name.endsWith(".gz"));
        Path events = (file ? named : named.resolve(EVENTS)).toAbsolutePath();
        try {
            Files.createDirectories(directory(events));
        } catch (IOException e) {
            throw new ConfigException("--output: " + named + " can't be written to (" + e + "): choose another.");
        }
        return events;
    }

    private static Path directory(Path absolute) {
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(absolute + " lies in no directory.");
        }
        return parent;
    }

    /** A file that is there is whole: the name is given at the end. */
    private static void write(SimulatedShop shop, Path events, Console console) {
        Path part = events.resolveSibling("part-" + events.getFileName());
        long began = System.nanoTime();
        long noted = began;
        long records = 0;
        try {
            try (ShopWriter writer = new ShopWriter(part)) {
                for (FeedRecord record : shop) {
                    writer.write(record);
                    records++;
                    if (records % 1_000 == 0 && System.nanoTime() - noted > NOTE_NANOS) {
                        noted = System.nanoTime();
                        console.line(progress(shop, records, record.arrival()));
                    }
                }
            }
            Files.move(part, events, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new FeedException("The file " + events + " can't be written (" + e + ").", e);
        }
        console.line("%,d events in %.1f s: %s".formatted(records, (System.nanoTime() - began) / 1e9, events));
    }

    private static String progress(SimulatedShop shop, long records, long time) {
        Instant instant = Instant.ofEpochMilli(time);
        long open = time - shop.start().toEpochMilli();
        return "%,d events, %s, %d %%"
                .formatted(
                        records,
                        instant.atOffset(ZoneOffset.UTC).toLocalDate(),
                        Math.min(100, 100 * open / Duration.ofDays(shop.days()).toMillis()));
    }
}
