package io.ebbline.connector.feed;

import static io.ebbline.connector.feed.ShopEvents.START;
import static io.ebbline.connector.feed.ShopEvents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Erasure;
import io.ebbline.event.Line;
import io.ebbline.event.Merge;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.event.Unmerge;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopFileTest {

    private static final String VISIT =
            "{\"topic\":\"touchpoints\",\"customer\":\"c\",\"kind\":\"touchpoint\",\"id\":\"1\",\"time\":5,"
                    + "\"type\":\"VISIT\"}";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"shop.jsonl", "shop.jsonl.gz"})
    void whatIsReadIsWhatWasStreamed(String name) throws IOException {
        ShopRates rates = new ShopRates(0.2, 0.5, 0.5, 0.05, 0.2, 0.05, 0.05, 0.05, 0.2, 0.05, 0.2);
        SimulatedShop shop = new SimulatedShop(4, 60, 300, START, rates);
        Path file = directory.resolve(name);
        write(file, shop);

        History read = HistoryFormat.SHOP.read(file, null);
        History streamed = shop.history();

        assertThat(text(read.records())).isEqualTo(text(streamed.records()));
        assertThat(read.end()).isEqualTo(streamed.end());
        assertThat(read.currency()).isEqualTo("EUR");
        boolean compressed = (Files.readAllBytes(file)[0] & 0xff) == 0x1f;
        assertThat(compressed).isEqualTo(name.endsWith(".gz"));
    }

    @Test
    void everyFieldIsKept() {
        Line odd = new Line("s \"1\"", null, 12_345, -1, 10_100L);
        Line plain = new Line("s2", "Tea", 20_000, 125_000, null);
        List<FeedRecord> records = List.of(
                FeedRecord.of(
                        Topic.PURCHASES,
                        "ü\n1",
                        new Purchase("p", 5, "o", "JPY", null, 123L, List.of(odd, plain), Long.MIN_VALUE)),
                new FeedRecord(
                        Topic.PURCHASES,
                        null,
                        9,
                        7,
                        new Return("r", 4_000_000_000_000L, null, true, "JPY", List.of(), 0),
                        null),
                new FeedRecord(
                        Topic.TOUCHPOINTS,
                        "",
                        9,
                        9,
                        new Touchpoint("t", 9, TouchpointType.OFFER_SHOWN, "w", "s", "c", "k", "f", 0.1),
                        null),
                new FeedRecord(Topic.CUSTOMER_REQUESTS, "c", 9, 8, new Merge("m", 8, "d"), null),
                new FeedRecord(Topic.CUSTOMER_REQUESTS, "c", 9, 9, new Unmerge("u", 9, "d"), null),
                new FeedRecord(Topic.CUSTOMER_REQUESTS, "c", 9, 9, new Erasure("e", 9), null),
                new FeedRecord(Topic.CUSTOMER_REQUESTS, "c", 10, 3, null, new byte[] {0, -1, 7}));
        Path file = directory.resolve("odd.jsonl");
        write(file, records);

        History read = HistoryFormat.SHOP.read(file, null);

        assertThat(text(read.records())).isEqualTo(text(records));
        assertThat(read.currency()).isEqualTo("JPY");
        assertThat(read.end()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1; not one JSON object",
                "{\"topic\":\"nowhere\"}; nowhere is no input topic",
                "{\"topic\":\"purchases\",\"kind\":\"gift\"}; the kind \"gift\" is not known",
                "{\"topic\":\"touchpoints\",\"kind\":\"touchpoint\",\"id\":\"1\",\"time\":5.5}; \"time\" is 5.5",
                "{\"topic\":\"touchpoints\",\"kind\":\"touchpoint\",\"id\":\"1\",\"time\":5,\"type\":\"WAVE\"};"
                        + " the type \"WAVE\" is not known",
                "{\"topic\":\"touchpoints\",\"kind\":\"raw\",\"time\":5}; \"raw\" is missing",
                "{\"topic\":\"touchpoints\",\"kind\":\"raw\",\"time\":5,\"raw\":\"%%\"}; \"raw\" is not Base64",
                "{\"topic\":\"purchases\",\"kind\":\"purchase\",\"id\":\"1\",\"time\":5,\"order\":\"1\",\"currency\":\"EUR\","
                        + "\"lines\":[{\"sku\":\"s\",\"quantity\":1.00001,\"price\":1}]}; more than four decimals",
                "{\"topic\":\"touchpoints\",\"kind\":\"raw\",\"time\":4,\"raw\":\"\"}; before the line ahead of it"
            })
    void aLineThatIsWrongIsNamed(String line, String message) throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.jsonl"), VISIT + "\n" + line + "\n");

        assertThatThrownBy(() -> HistoryFormat.SHOP.read(file, null))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("line 2", message);
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("empty.jsonl"), "\n");

        assertThatThrownBy(() -> HistoryFormat.SHOP.read(file, null)).hasMessageContaining("holds no events");
    }

    @Test
    void aPlaceThatCantBeWrittenIsNamed() {
        assertThatThrownBy(() -> new ShopWriter(directory.resolve("none").resolve("f.jsonl")))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("f.jsonl can't be written");
    }

    private static void write(Path file, Iterable<FeedRecord> records) {
        try (ShopWriter writer = new ShopWriter(file)) {
            records.forEach(writer::write);
        }
    }
}
