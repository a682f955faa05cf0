package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The whole files, against the published figures and against a second reading that splits lines by hand. */
class RealHistoriesTest {

    /** What one order comes to: enough to tell whether it was read right. */
    private record Order(String id, String customer, Instant time, boolean back, int lines, long cents) {}

    @Test
    void onlineRetailHasThePublishedFigures() {
        History history = HistoryFormat.ONLINE_RETAIL.read(RealData.file("online_retail/online_retail.csv.gz"), null);

        assertThat(history.records()).hasSize(25_900);
        assertThat(history.currency()).isEqualTo("GBP");
        assertThat(Instant.ofEpochMilli(history.end())).isEqualTo("2011-12-09T12:50:00Z");
        assertThat(known(history)).hasSize(22_190);
        assertThat(customers(history)).isEqualTo(4_372);
        assertThat(purchases(known(history))).hasSize(18_536);
        assertThat(sum(purchases(known(history)))).isEqualTo(891_140_790L);
        assertThat(known(history).stream()
                        .map(FeedRecord::event)
                        .filter(Return.class::isInstance)
                        .map(Return.class::cast)
                        .peek(r -> assertThat(r.orderId()).isNull())
                        .peek(r -> assertThat(r.whole()).isFalse())
                        .mapToLong(Return::totalMinor)
                        .sum())
                .isEqualTo(61_134_209L);
    }

    @Test
    void onlineRetailIsReadInvoiceByInvoice() throws IOException {
        Path file = RealData.file("online_retail/online_retail.csv.gz");
        Map<String, Order> expected = new LinkedHashMap<>();
        for (String line : RealData.lines(file).subList(1, 541_910)) {
            // The description may hold commas, so the rest is counted from both ends.
            String invoice = line.substring(0, line.indexOf(','));
            String[] tail = new String[5];
            String rest = line;
            for (int i = 4; i >= 0; i--) {
                tail[i] = rest.substring(rest.lastIndexOf(',') + 1);
                rest = rest.substring(0, rest.lastIndexOf(','));
            }
            boolean back = invoice.charAt(0) == 'C';
            long cents = RealData.cents(new BigDecimal(tail[0]).multiply(new BigDecimal(tail[2])));
            expected.merge(
                    invoice,
                    new Order(
                            "invoice/" + invoice,
                            tail[3].replace(".0", ""),
                            Instant.parse(tail[1].replace(' ', 'T') + "Z"),
                            back,
                            1,
                            back ? -cents : cents),
                    RealHistoriesTest::plus);
        }

        History history = HistoryFormat.ONLINE_RETAIL.read(file, null);

        assertThat(orders(history.records())).isEqualTo(inOrder(expected));
    }

    @Test
    void cdnowHasThePublishedFigures() {
        History history = HistoryFormat.CDNOW.read(RealData.file("cdnow/cdnow_master.csv.gz"), null);

        assertThat(history.records()).hasSize(67_591);
        assertThat(customers(history)).isEqualTo(23_570);
        assertThat(sum(purchases(history.records()))).isEqualTo(250_031_563L);
        assertThat(history.currency()).isEqualTo("USD");
        assertThat(Instant.ofEpochMilli(history.end())).isEqualTo("1998-06-30T00:00:00Z");
    }

    @Test
    void cdnowIsReadDayByDay() throws IOException {
        Path file = RealData.file("cdnow/cdnow_master.csv.gz");
        Map<String, Order> expected = new LinkedHashMap<>();
        for (String line : RealData.lines(file).subList(1, 69_660)) {
            String[] values = line.split(",");
            String day = values[1].substring(0, 4) + "-" + values[1].substring(4, 6) + "-" + values[1].substring(6);
            expected.merge(
                    values[0] + "/" + values[1],
                    new Order(
                            "order/" + values[0] + "/" + values[1],
                            values[0],
                            Instant.parse(day + "T00:00:00Z"),
                            false,
                            1,
                            RealData.cents(new BigDecimal(values[3]))),
                    RealHistoriesTest::plus);
        }

        assertThat(orders(HistoryFormat.CDNOW.read(file, null).records())).isEqualTo(inOrder(expected));
    }

    @Test
    void theCdnowSampleIsReadToo() {
        History sample = HistoryFormat.CDNOW.read(RealData.file("cdnow/cdnow_sample.csv.gz"), null);

        assertThat(customers(sample)).isEqualTo(2_357);
    }

    @Test
    void starbucksHasThePublishedFigures() {
        History history = HistoryFormat.STARBUCKS.read(RealData.file("starbucks_offers"), null);

        assertThat(history.records()).hasSize(306_534);
        assertThat(customers(history)).isEqualTo(17_000);
        assertThat(purchases(history.records())).hasSize(138_953);
        assertThat(sum(purchases(history.records()))).isEqualTo(177_545_197L);
        assertThat(touchpoints(history, TouchpointType.OFFER_SHOWN)).hasSize(76_277);
        assertThat(touchpoints(history, TouchpointType.VIEW)).hasSize(57_725);
        assertThat(touchpoints(history, TouchpointType.OFFER_ACCEPTED)).hasSize(33_579);
        assertThat(Instant.ofEpochMilli(history.end())).isEqualTo(Starbucks.START.plusSeconds(714 * 3600));
        assertThat(history.records().stream().map(r -> id(r)).distinct()).hasSize(306_534);
        assertThat(history.records()).isSortedAccordingTo(Comparator.comparingLong(FeedRecord::arrival));
    }

    @Test
    void starbucksRewardsAndAmountsAreThoseWritten() throws IOException {
        Path file = RealData.file("starbucks_offers/transcript.json.gz");
        long cents = 0;
        double rewards = 0;
        for (String line : RealData.lines(file)) {
            if (line.contains("\"amount\": ")) {
                cents += RealData.cents(new BigDecimal(after(line, "\"amount\": ")));
            } else if (line.contains("\"reward\": ")) {
                rewards += Double.parseDouble(after(line, "\"reward\": "));
            }
        }

        History history = HistoryFormat.STARBUCKS.read(file, null);

        assertThat(sum(purchases(history.records()))).isEqualTo(cents);
        assertThat(touchpoints(history, TouchpointType.OFFER_ACCEPTED).stream()
                        .map(Touchpoint::value)
                        .mapToDouble(Objects::requireNonNull)
                        .sum())
                .isEqualTo(rewards);
    }

    private static String after(String line, String label) {
        String tail = line.substring(line.indexOf(label) + label.length());
        return tail.substring(0, tail.indexOf('}'));
    }

    private static Order plus(Order first, Order more) {
        return new Order(
                first.id, first.customer, first.time, first.back, first.lines + more.lines, first.cents + more.cents);
    }

    private static List<Order> inOrder(Map<String, Order> orders) {
        return orders.values().stream()
                .sorted(Comparator.comparing(Order::time))
                .toList();
    }

    private static List<Order> orders(List<FeedRecord> records) {
        List<Order> orders = new ArrayList<>();
        for (FeedRecord r : records) {
            String customer = r.customer() == null ? "" : r.customer();
            Instant time = Instant.ofEpochMilli(r.recordTime());
            assertThat(r.topic()).isEqualTo(Topic.PURCHASES);
            assertThat(r.arrival()).isEqualTo(r.recordTime());
            if (r.event() instanceof Purchase p) {
                assertThat(p.time()).isEqualTo(r.recordTime());
                orders.add(new Order(p.id(), customer, time, false, p.lines().size(), p.totalMinor()));
            } else if (r.event() instanceof Return p) {
                assertThat(p.time()).isEqualTo(r.recordTime());
                orders.add(new Order(p.id(), customer, time, true, p.lines().size(), p.totalMinor()));
            }
        }
        return orders;
    }

    private static List<FeedRecord> known(History history) {
        return history.records().stream().filter(r -> r.customer() != null).toList();
    }

    private static long customers(History history) {
        return known(history).stream().map(FeedRecord::customer).distinct().count();
    }

    private static List<Purchase> purchases(List<FeedRecord> records) {
        return records.stream()
                .map(FeedRecord::event)
                .filter(Purchase.class::isInstance)
                .map(Purchase.class::cast)
                .toList();
    }

    private static List<Touchpoint> touchpoints(History history, TouchpointType type) {
        Stream<Touchpoint> all = history.records().stream()
                .map(FeedRecord::event)
                .filter(Touchpoint.class::isInstance)
                .map(Touchpoint.class::cast);
        return all.filter(t -> t.type() == type).toList();
    }

    private static long sum(List<Purchase> purchases) {
        return purchases.stream().mapToLong(Purchase::totalMinor).sum();
    }

    private static String id(FeedRecord record) {
        return Objects.requireNonNull(record.event()).id();
    }
}
