package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFormatTest {

    private static final String RETAIL =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    @TempDir
    Path directory;

    @Test
    void anInvoiceIsOnePurchaseAtItsFirstRowWhereverItsRowsStand() {
        History history = retail("1,A,\"x, y\",2,2011-01-02 10:01:00,2.50,7.0,UK\n"
                + "2,B,z,1,2011-01-02 10:00:00,1,8.0,UK\n"
                + "1,A,\"x, y\",2,2011-01-02 09:59:00,2.50,7.0,UK\n");

        assertThat(history.records()).extracting(FeedRecord::customer).containsExactly("8", "7");
        Purchase second = (Purchase) history.records().get(1).event();
        assertThat(second.time())
                .isEqualTo(Instant.parse("2011-01-02T10:01:00Z").toEpochMilli());
        assertThat(second.orderId()).isEqualTo("1");
        assertThat(second.lines()).hasSize(2);
        assertThat(second.totalMinor()).isEqualTo(2 * 2 * 250);
        assertThat(history.end()).isEqualTo(second.time());
    }

    @Test
    void anInvoiceOfCTakesGoodsBackAndNamesNoOrder() {
        Return back = (Return) retail("C9,A,x,-3,2011-01-02 10:00:00,2.50,7.0,UK\n")
                .records()
                .get(0)
                .event();

        assertThat(back.orderId()).isNull();
        assertThat(back.whole()).isFalse();
        assertThat(back.lines().get(0).quantity()).isEqualTo(3 * 10_000);
        assertThat(back.totalMinor()).isEqualTo(750);
    }

    @Test
    void anInvoiceWithoutACustomerIsFedWithoutOne() {
        assertThat(retail("1,A,x,1,2011-01-02 10:00:00,1,,UK\n").records())
                .extracting(FeedRecord::customer)
                .containsExactly((String) null);
    }

    @Test
    void anInvoiceOfTwoCustomersIsRefused() {
        assertThatThrownBy(() ->
                        retail("1,A,x,1,2011-01-02 10:00:00,1,7.0,UK\n" + "1,A,x,1,2011-01-02 10:00:00,1,8.0,UK\n"))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("line 3", "invoice 1", "customer 8", "of 7");
    }

    @Test
    void aDayOfACdnowCustomerIsOneOrderOfExactLines() {
        History history = HistoryFormat.CDNOW.read(
                write("customer_id,date,number_of_cds,dollar_value\n1,19970102,3,10.00\n1,19970102,1,0.01\n"), null);

        Purchase order = (Purchase) history.records().get(0).event();
        assertThat(history.records()).hasSize(1);
        assertThat(order.lines()).hasSize(2);
        assertThat(order.totalMinor()).isEqualTo(1001);
        assertThat(order.time()).isEqualTo(Instant.parse("1997-01-02T00:00:00Z").toEpochMilli());
    }

    @Test
    void starbucksRowsBecomePurchasesAndTouchpoints() {
        History history = HistoryFormat.STARBUCKS.read(write("""
                {"person": "p", "event": "offer received", "value": {"offer id": "o"}, "time": 0}

                {"person": "p", "event": "transaction", "value": {"amount": 0.8350000000000001}, "time": 6}
                {"person": "p", "event": "offer completed", "value": {"offer_id": "o", "reward": 5}, "time": 6}
                """), null);

        Touchpoint shown = (Touchpoint) history.records().get(0).event();
        Purchase bought = (Purchase) history.records().get(1).event();
        Touchpoint done = (Touchpoint) history.records().get(2).event();
        assertThat(shown.type()).isEqualTo(TouchpointType.OFFER_SHOWN);
        assertThat(shown.offerId()).isEqualTo("o");
        assertThat(bought.id()).isEqualTo("row/3");
        assertThat(bought.totalMinor()).isEqualTo(84);
        assertThat(bought.time())
                .isEqualTo(Instant.parse("2018-01-01T06:00:00Z").toEpochMilli());
        assertThat(done.type()).isEqualTo(TouchpointType.OFFER_ACCEPTED);
        assertThat(done.value()).isEqualTo(5.0);
    }

    @Test
    void starbucksErrorsNameTheLine() {
        assertThatThrownBy(() -> starbucks("{\"person\": \"p\", \"event\": \"gone\", \"value\": {}, \"time\": 0}"))
                .hasMessageContainingAll("line 1", "\"gone\" is not known");
        assertThatThrownBy(() -> starbucks("{\"person\": \"p\", \"event\": \"gone\", \"value\": {}, \"time\": 0.5}"))
                .hasMessageContaining("\"time\" is 0.5, not a whole number of hours");
        assertThatThrownBy(() -> starbucks("{\"person\": \"p\""))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("line 1", "not one JSON object");
        assertThatThrownBy(
                        () -> starbucks("{\"person\": \"p\", \"event\": \"transaction\", \"value\": {}, \"time\": 1}"))
                .hasMessageContaining("\"amount\" is missing, not a number");
        assertThatThrownBy(() -> HistoryFormat.STARBUCKS.read(directory, null))
                .hasMessageContaining("holds neither transcript.json nor transcript.json.gz");
    }

    @Test
    void compressionIsToldByContentAndNotByName() {
        byte[] plain = (RETAIL + "1,A,x,1,2011-01-02 10:00:00,1,7.0,UK\n").getBytes(StandardCharsets.UTF_8);

        History plainNamedGz = HistoryFormat.ONLINE_RETAIL.read(write("a.gz", plain), null);
        History gzNamedPlain = HistoryFormat.ONLINE_RETAIL.read(write("b.csv", gzip(plain)), null);

        assertThat(plainNamedGz).isEqualTo(gzNamedPlain);
    }

    @Test
    void aByteOrderMarkAndAMissingLastLineEndDoNoHarm() {
        History history = HistoryFormat.ONLINE_RETAIL.read(
                write("\uFEFF" + RETAIL + "1,A,x,1,2011-01-02 10:00:00,1,7.0,UK"), null);

        assertThat(history.records()).hasSize(1);
    }

    @Test
    void valuesThatAreWrongAreNamedWithTheirLine() {
        String good = "1,A,x,1,2011-01-02 10:00:00,1,7.0,UK\n";

        assertThatThrownBy(() -> retail(good + "1,A,x,six,2011-01-02 10:00:00,1,7.0,UK\n"))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("history.csv, line 3", "Quantity is \"six\", not a number", "1234.50");
        assertThatThrownBy(() -> retail(good + "1,A,x,1,2011-01-02 10:00:00,0.12345,7.0,UK"))
                .hasMessageContainingAll("line 3", "UnitPrice is 0.12345, which has more than four decimals");
        assertThatThrownBy(() -> retail(good + "2,A,x,1,31.02.2011,1,7.0,UK\n"))
                .hasMessageContainingAll("line 3", "InvoiceDate is \"31.02.2011\"", "like 2011-12-09 12:50:00");
        assertThatThrownBy(() -> retail("2,A,x,1,2011-02-31,1,7.0,UK\n")).hasMessageContaining("line 2");
        assertThatThrownBy(() -> retail(good + "\n" + "2,A,x,1\n"))
                .hasMessageContainingAll("line 4", "4 values where the header has 8");
        assertThatThrownBy(() -> retail(good + "2,A,\"x\"y,1,2011-01-02,1,7.0,UK\n"))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("line 3", "after its closing quote");
        assertThatThrownBy(() -> retail("1,A,x,999999999999,2011-01-02,999999999999,7.0,UK\n"))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("The total of invoice/1 is too big");
    }

    @Test
    void filesThatCannotBeReadAreNamedWithTheReason() {
        assertThatThrownBy(() -> HistoryFormat.CDNOW.read(directory.resolve("none.csv"), null))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("There is no file", "none.csv");
        assertThatThrownBy(() -> HistoryFormat.CDNOW.read(directory, null))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> HistoryFormat.CDNOW.read(write(""), null)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> retail("")).hasMessageContaining("no rows");
        assertThatThrownBy(() -> HistoryFormat.CDNOW.read(write(RETAIL), null))
                .hasMessageContainingAll("no column \"customer_id\"", "InvoiceNo, StockCode", "Country");
        assertThatThrownBy(() -> HistoryFormat.CDNOW.read(
                        write("customer_id,date,dollar_value,date\n1,19970101,1,19970101\n"), null))
                .hasMessageContaining("two columns are named \"date\"");
        byte[] latin = (RETAIL + "1,A,caf\u00e9,1,2011-01-02,1,7.0,UK\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> HistoryFormat.ONLINE_RETAIL.read(write("latin.csv", latin), null))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("not UTF-8", "iconv");
        byte[] whole = gzip((RETAIL + "1,A,x,1,2011-01-02,1,7.0,UK\n".repeat(50)).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> HistoryFormat.ONLINE_RETAIL.read(
                        write("cut.gz", Arrays.copyOf(whole, whole.length - 12)), null))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("cut short");
    }

    @Test
    void formatsAreNamedAsOptionsAre() {
        assertThat(List.of("online-retail", "cdnow", "starbucks", "csv", "shop"))
                .extracting(HistoryFormat::named)
                .containsExactly(HistoryFormat.values());
        assertThatThrownBy(() -> HistoryFormat.named("xls"))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("online-retail, cdnow, starbucks, csv, shop");
    }

    @Test
    void aHistoryCanEndEarlier() {
        History history = retail("1,A,x,1,2011-01-02 10:00:00,1,7.0,UK\n2,A,x,1,2011-01-03 10:00:00,1,7.0,UK\n");
        long until = Instant.parse("2011-01-02T10:00:00Z").toEpochMilli();

        assertThat(history.until(until).records()).hasSize(1);
        assertThat(history.until(until).end()).isEqualTo(until);
        assertThat(history.until(Long.MAX_VALUE)).isEqualTo(history);
    }

    private History retail(String rows) {
        return HistoryFormat.ONLINE_RETAIL.read(write(RETAIL + rows), null);
    }

    private History starbucks(String text) {
        return HistoryFormat.STARBUCKS.read(write(text), null);
    }

    private Path write(String text) {
        return write("history.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] content) {
        try {
            return Files.write(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
