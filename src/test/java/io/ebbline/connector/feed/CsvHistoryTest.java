package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvHistoryTest {

    @TempDir
    Path directory;

    @Test
    void rowsOfOneCustomerAndOrderAreOnePurchase() {
        History history = read(
                "Kunde;Nr;Datum;Stk;Preis;Artikel;Gruppe;Kanal\n"
                        + "k1;7;09.12.2011 13:50;2;1.25;tea-1;Tea;web\n"
                        + "k2;7;09.12.2011 13:40;1;5;cup-1;;app\n"
                        + "k1;7;09.12.2011 14:00;1;0.333;tea-2;Tea;app\n",
                Map.ofEntries(
                        Map.entry("customer", "Kunde"),
                        Map.entry("order", "Nr"),
                        Map.entry("time", "Datum"),
                        Map.entry("quantity", "Stk"),
                        Map.entry("price", "Preis"),
                        Map.entry("sku", "Artikel"),
                        Map.entry("category", "Gruppe"),
                        Map.entry("channel", "Kanal"),
                        Map.entry("time-pattern", "dd.MM.yyyy HH:mm"),
                        Map.entry("zone", "Europe/Berlin"),
                        Map.entry("delimiter", ";")));

        assertThat(history.records()).extracting(r -> r.customer()).containsExactly("k2", "k1");
        assertThat(history.currency()).isEqualTo("EUR");
        Purchase order = (Purchase) history.records().get(1).event();
        assertThat(order)
                .isEqualTo(new Purchase(
                        "order/7",
                        Instant.parse("2011-12-09T12:50:00Z").toEpochMilli(),
                        "7",
                        "EUR",
                        "web",
                        null,
                        List.of(
                                new Line("tea-1", "Tea", 20_000, 12_500, null),
                                new Line("tea-2", "Tea", 10_000, 3_330, null)),
                        283));
    }

    @Test
    void withoutAnOrderColumnEachRowIsAPurchase() {
        List<Event> events = events(read("customer,time,amount\nk,2011-12-09,1\nk,2011-12-09,2\n", Map.of()));

        assertThat(events).extracting(Event::id).containsExactly("row/2", "row/3");
        assertThat(events).allSatisfy(e -> assertThat(((Purchase) e).lines()).hasSize(1));
    }

    @Test
    void anIdColumnNamesTheEvents() {
        assertThat(events(read("customer,time,amount,id\nk,2011-12-09,1,e-9\n", Map.of("id", "id"))))
                .extracting(Event::id)
                .containsExactly("e-9");
    }

    @Test
    void aNegativeAmountComesBackAndNamesNoOrder() {
        List<Event> events = events(
                read("customer,time,amount,nr\nk,2011-12-09,10,1\nk,2011-12-10,-4.005,1\n", Map.of("order", "nr")));

        Return back = (Return) events.get(1);
        assertThat(events.get(0)).isInstanceOf(Purchase.class);
        assertThat(back.id()).isEqualTo("return/1");
        assertThat(back.orderId()).isNull();
        assertThat(back.whole()).isFalse();
        assertThat(back.lines()).containsExactly(new Line("GOODS", null, 10_000, 40_050, null));
        assertThat(back.totalMinor()).isEqualTo(401);
    }

    @Test
    void aNegativeQuantityComesBackAndANegativePriceIsADiscount() {
        List<Event> events = events(read(
                "customer,time,n,p\nk,2011-12-09,-2,3\nk,2011-12-09,1,-3\n", Map.of("quantity", "n", "price", "p")));

        assertThat(((Return) events.get(0)).totalMinor()).isEqualTo(600);
        assertThat(((Purchase) events.get(1)).totalMinor()).isEqualTo(-300);
    }

    @Test
    void totalsAreInTheCurrencysMinorUnit() {
        History yen = HistoryFormat.CSV.read(
                write("customer,time,amount\nk,2011-12-09,1500\n"), CsvMapping.of(Map.of("currency", "JPY")));

        assertThat(((Purchase) events(yen).get(0)).totalMinor()).isEqualTo(1500);
    }

    @Test
    void aTableWithoutMoneyIsOneOfOrdersThatComeToNothing() {
        List<Event> events = events(read(
                "cust,date\nk,2011-12-09\nk,2011-12-10\n",
                Map.of("customer", "cust", "time", "date", "amount", "none")));

        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(((Purchase) event).totalMinor()).isZero());
    }

    @Test
    void anEmptyCustomerIsNone() {
        assertThat(read("customer,time,amount\n,2011-12-09,1\n", Map.of())
                        .records()
                        .get(0)
                        .customer())
                .isNull();
    }

    @Test
    void aMissingColumnNamesThoseThatExist() {
        assertThatThrownBy(() -> read("who,time,amount\nk,2011-12-09,1\n", Map.of()))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("no column \"customer\"", "who, time, amount");
    }

    @Test
    void mappingsThatMakeNoSenseAreRefused() {
        refused(Map.of("colour", "red"), "no csv option \"colour\"", "time-pattern");
        refused(Map.of("quantity", "n"), "A quantity needs a price");
        refused(Map.of("quantity", "n", "price", "p", "amount", "a"), "not both");
        refused(Map.of("zone", "Mars"), "no time zone \"Mars\"");
        refused(Map.of("delimiter", "||"), "one character, or tab");
        assertThatThrownBy(() -> CsvMapping.of(Map.of())).hasMessageContaining("currency=EUR");
        assertThatThrownBy(() -> read("customer,time,amount\nk,1,1\n", Map.of("time-pattern", "nonsense")))
                .hasMessageContaining("time pattern \"nonsense\" is not understood");
        assertThatThrownBy(() -> read("customer,time,amount\nk,1,1\n", Map.of("currency", "XYZZY")))
                .hasMessageContaining("\"XYZZY\" is no currency");
        assertThatThrownBy(() -> HistoryFormat.CSV.read(Path.of("f"), null))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("what the columns mean");
        assertThatThrownBy(() -> HistoryFormat.CDNOW.read(Path.of("f"), CsvMapping.of(Map.of("currency", "EUR"))))
                .hasMessageContaining("belong to format csv");
    }

    private static void refused(Map<String, String> options, String... words) {
        Map<String, String> all = new HashMap<>(options);
        all.put("currency", "EUR");
        assertThatThrownBy(() -> CsvMapping.of(all))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll(words);
    }

    private static List<Event> events(History history) {
        return history.records().stream()
                .map(r -> Objects.requireNonNull(r.event()))
                .toList();
    }

    private History read(String text, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.putIfAbsent("currency", "EUR");
        return HistoryFormat.CSV.read(write(text), CsvMapping.of(all));
    }

    private Path write(String text) {
        try {
            return Files.writeString(directory.resolve("table.csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
