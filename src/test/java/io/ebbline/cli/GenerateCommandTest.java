package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.config.DemoOptions;
import io.ebbline.model.Catalogue;
import io.ebbline.model.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class GenerateCommandTest {

    private static final String[] SHOP = {"--shop-customers", "30", "--shop-days", "90", "--shop-broken", "2%"};

    @TempDir
    private Path dir;

    @ParameterizedTest
    @CsvSource({"new/place, new/place/shop.jsonl.gz, new/place", "s.jsonl, s.jsonl, .", "a/s.gz, a/s.gz, a"})
    void writesTheEventsAndTheTruth(String output, String events, String truth) {
        generate("--output", dir.resolve(output).toString());

        assertThat(dir.resolve(events)).isNotEmptyFile();
        assertThat(dir.resolve(truth).resolve("truth.csv")).isNotEmptyFile();
        assertThat(dir.resolve(truth).resolve("affinities.csv")).isNotEmptyFile();
        assertThat(dir.resolve(truth).resolve("propensities.csv")).isNotEmptyFile();
        assertThat(dir.resolve(truth).toFile().list()).hasSize(6);
    }

    @Test
    void theDemoFeedsTheFileAsItFeedsTheShop() {
        Path file = dir.resolve("shop.jsonl.gz");
        generate("--output", file.toString());

        DemoFeed streamed = feed(SHOP);
        DemoFeed read = feed("--input", file.toString(), "--format", "shop", "--speed", "4d/s");

        assertThat(read.events()).isEqualTo(streamed.events()).isPositive();
        assertThat(read.end()).isEqualTo(streamed.end());
        assertThat(read.currency()).isEqualTo(streamed.currency());
        assertThat(read.options()).isEqualTo(streamed.options());
    }

    @Test
    void whatIsOfferedIsWrittenAsPublishReadsIt() {
        generate("--output", dir.toString());
        String files = dir.resolve("catalogue.csv") + "," + dir.resolve("offers.json");

        List<ModelVersion> own = feed(SHOP).versions();
        List<ModelVersion> read =
                feed("--shop-customers", "1", "--publish", files).versions();

        assertThat(((Catalogue) read.get(0)).products()).isEqualTo(((Catalogue) own.get(0)).products());
        assertThat(read.get(1)).isEqualTo(own.get(1));
        assertThat(read).extracting(ModelVersion::ref).containsExactly("catalogue/1", "offers/1");
        assertThat(read).allMatch(ModelVersion::backdated);
    }

    @Test
    void aHistoryHasNoOffersOfItsOwn() throws IOException {
        Path file = dir.resolve("shop.jsonl.gz");
        generate("--output", file.toString());
        Path policy = Files.writeString(dir.resolve("policy.json"), "{\"kind\": \"policy\", \"listLength\": 3}");

        assertThat(feed("--input", file.toString(), "--format", "shop").versions())
                .isEmpty();
        assertThat(feed("--input", file.toString(), "--format", "shop", "--publish", policy.toString())
                        .versions())
                .singleElement()
                .satisfies(version -> assertThat(version.ref()).isEqualTo("policy/1"));
    }

    @Test
    void whatTheFeedIsDecidesItsPace() {
        assertThat(feed("--shop-customers", "1", "--rate", "500")
                        .options()
                        .speed()
                        .eventsPerSecond())
                .isEqualTo(500);
        assertThat(feed("--shop-customers", "1").options().speed().millisPerSecond())
                .isEqualTo(4 * 86_400_000L);
    }

    @Test
    void aShopInWhichNothingHappensIsFed() {
        DemoFeed feed = feed("--shop-customers", "1", "--shop-days", "1", "--seed", "2");

        assertThat(feed.end()).isBetween(1_735_689_600_000L, 1_735_689_600_000L + 86_400_000L);
    }

    private static DemoFeed feed(String... args) {
        DemoOptions options = new DemoOptions();
        CommandSpec spec = CommandSpec.create().addMixin("demo", CommandSpec.forAnnotatedObject(options));
        new CommandLine(spec).parseArgs(args);
        options.check();
        return DemoFeed.read(options);
    }

    private static void generate(String... args) {
        StringWriter err = new StringWriter();
        String[] all = new String[1 + args.length + SHOP.length];
        all[0] = "generate";
        System.arraycopy(args, 0, all, 1, args.length);
        System.arraycopy(SHOP, 0, all, 1 + args.length, SHOP.length);
        int code = Main.commandLine().setErr(new PrintWriter(err)).execute(all);

        assertThat(err.toString()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
    }
}
