package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.RealData;
import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import io.ebbline.population.LogLinear;
import io.ebbline.testing.Shop;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class CensusTest {

    private static final int LAST_DAY = (int) LocalDate.of(1998, 6, 30).toEpochDay();

    /** What the rows of the file say of a customer, without any of our code. */
    private static final class Buyer {
        private final Set<String> days = new HashSet<>();
        private BigDecimal spent = BigDecimal.ZERO;
        private long lastDay = Long.MIN_VALUE;
    }

    private static Collection<Buyer> buyers(Path file, LocalDate until) throws IOException {
        return buyers(file, LocalDate.MIN, until);
    }

    private static Collection<Buyer> buyers(Path file, LocalDate from, LocalDate until) throws IOException {
        List<String> lines = RealData.lines(file);
        List<String> header = List.of(lines.get(0).split(","));
        Map<String, Buyer> buyers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            String day = cells[header.indexOf("date")];
            LocalDate date = LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE);
            if (!date.isBefore(from) && !date.isAfter(until)) {
                Buyer buyer = buyers.computeIfAbsent(cells[header.indexOf("customer_id")], id -> new Buyer());
                buyer.days.add(day);
                buyer.spent = buyer.spent.add(new BigDecimal(cells[header.indexOf("dollar_value")]));
                buyer.lastDay = Math.max(buyer.lastDay, date.toEpochDay());
            }
        }
        return buyers.values();
    }

    private static Cuts fifths(Collection<Buyer> buyers, ToLongFunction<Buyer> value) {
        List<Long> sorted =
                new ArrayList<>(buyers.stream().map(value::applyAsLong).sorted().toList());
        List<Long> cuts = new ArrayList<>();
        for (int j = 1; j < 5; j++) {
            cuts.add(sorted.get((int) Math.ceil(j * sorted.size() / 5.0) - 1));
        }
        return Cuts.of(cuts);
    }

    private static CutPoints fit(Path file, int tick, long lookBackMillis) {
        Census census = Folding.within(lookBackMillis, HistoryFormat.CDNOW.read(file, null))
                .census();
        return census.at(tick).population().cuts(tick);
    }

    @Test
    void cdnowIsDividedAsItsRowsSay() throws IOException {
        Path file = RealData.file("cdnow/cdnow_master.csv.gz");
        CutPoints cuts = fit(file, LAST_DAY, 0);
        // Measured before this was written: half bought once, so nobody has a frequency score of 2.
        assertThat(cuts.frequency()).isEqualTo(new Cuts(1, 1, 2, 4));
        assertThat(cuts.customers()).isEqualTo(23_570);
        assertDivided(cuts, buyers(file, LocalDate.ofEpochDay(LAST_DAY)), LAST_DAY);
    }

    @Test
    void anEarlierEndLeavesOutWhatCameAfterIt() throws IOException {
        Path file = RealData.file("cdnow/cdnow_sample.csv.gz");
        int tick = (int) LocalDate.of(1997, 9, 30).toEpochDay();
        assertDivided(fit(file, tick, 0), buyers(file, LocalDate.ofEpochDay(tick)), tick);
    }

    @Test
    void underALookBackWindowOnlyWhatItHoldsIsDivided() throws IOException {
        Path file = RealData.file("cdnow/cdnow_sample.csv.gz");
        LocalDate until = LocalDate.of(1997, 9, 30);
        int tick = (int) until.toEpochDay();
        CutPoints cuts = fit(file, tick, 90 * Shop.DAY);
        assertDivided(cuts, buyers(file, until.minusDays(89), until), tick);
        assertThat(cuts.recency().fourth()).isLessThanOrEqualTo(90 * Shop.DAY);
    }

    private static void assertDivided(CutPoints cuts, Collection<Buyer> buyers, int tick) {
        assertThat(cuts.customers()).isEqualTo(buyers.size());
        assertThat(cuts.frequency()).isEqualTo(fifths(buyers, buyer -> buyer.days.size()));
        assertThat(cuts.recency()).isEqualTo(fifths(buyers, buyer -> (tick + 1 - buyer.lastDay) * Shop.DAY));
        Cuts exact = fifths(buyers, buyer -> RealData.cents(buyer.spent));
        for (int i = 0; i < 4; i++) {
            long cents = exact.toList().get(i);
            assertThat(cuts.monetary().toList().get(i)).isEqualTo(LogLinear.upper(LogLinear.bucket(cents)));
        }
    }

    @Test
    void whoSentEverythingBackIsNotCounted() {
        Folding folding = new Folding();
        folding.add("a", Shop.order("o", Shop.day(1), 100));
        folding.add("a", Shop.wholeBack("o", Shop.day(2)));
        folding.add("b", Shop.order("o", Shop.day(3), 700));
        folding.add("b", Shop.order("p", Shop.day(20), 900));
        Census census = folding.folded(100).census();
        int tick = (int) Math.floorDiv(Shop.day(9), Shop.DAY);

        Census.Count count = census.at(tick);
        assertThat(count.customers()).isEqualTo(2);
        assertThat(count.events()).isEqualTo(3);
        assertThat(count.first()).isEqualTo((int) Math.floorDiv(Shop.day(1), Shop.DAY));
        CutPoints cuts = count.population().cuts(tick);
        assertThat(cuts.customers()).isEqualTo(1);
        assertThat(cuts.frequency()).isEqualTo(new Cuts(1, 1, 1, 1));
        assertThat(cuts.recency().first()).isEqualTo(7 * Shop.DAY);
        assertThat(cuts.monetary().first()).isBetween(700L, 710L);
        assertThatExceptionOfType(FitException.class).isThrownBy(() -> census.at(count.first() - 1));
    }
}
