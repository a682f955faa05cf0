package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.connector.feed.RealData;
import io.ebbline.model.RepeatBuying.Family;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who of all 23,570 CDNOW customers came back: year 1997 known, target a purchase in the first half of 1998, with the
 * parameters and figures published for it (days, one purchase occasion a day).
 */
class PublishedReturnsTest {

    private static final LocalDate END = LocalDate.of(1997, 12, 31);
    private static final double HORIZON = 181;

    private record Customer(long repeats, double decayed, double span, double silence, boolean returned) {}

    private final List<Customer> customers = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        Map<String, TreeSet<LocalDate>> days = new LinkedHashMap<>();
        List<String> lines = RealData.lines(RealData.file("cdnow/cdnow_master.csv.gz"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            days.computeIfAbsent(cells[0], id -> new TreeSet<>())
                    .add(LocalDate.parse(cells[1], DateTimeFormatter.BASIC_ISO_DATE));
        }
        for (TreeSet<LocalDate> all : days.values()) {
            var known = all.headSet(END, true);
            double lambda = BuyingModel.shipped().decayed().lambdaPerDay();
            double decayed = known.stream()
                    .skip(1)
                    .mapToDouble(day -> Math.exp(-lambda * (known.last().toEpochDay() - day.toEpochDay())))
                    .sum();
            customers.add(new Customer(
                    known.size() - 1,
                    decayed,
                    known.last().toEpochDay() - known.first().toEpochDay(),
                    END.toEpochDay() - known.last().toEpochDay(),
                    known.size() < all.size()));
        }
    }

    @Test
    void asManyCameBackAsPublished() {
        assertThat(customers).hasSize(23_570);
        assertThat(customers.stream().filter(Customer::returned)).hasSize(5_374);
    }

    @Test
    void bgRanksAsPublished() {
        RepeatBuying model = new RepeatBuying(Family.BG, 1, .26557, 38.0806, .59913, 2.22901);
        ToDoubleFunction<Customer> pBuy = c -> model.pBuy(c.repeats, c.span, c.silence, HORIZON);
        assertThat(auc(pBuy)).isEqualTo(.7882, within(1e-4));
        assertThat(logLoss(pBuy)).isEqualTo(.42437, within(1e-4));
        long right = customers.stream()
                .filter(c -> (pBuy.applyAsDouble(c) >= .5) == c.returned)
                .count();
        assertThat(100.0 * right / customers.size()).isEqualTo(82.06, within(.01));
        assertThat(auc(c -> model.pAlive(c.repeats, c.span, c.silence))).isEqualTo(.3207, within(1e-4));
    }

    @Test
    void mbgRanksAsPublished() {
        RepeatBuying model = new RepeatBuying(Family.MBG, 1, .604, 56.29, .6398, 1.1816);
        ToDoubleFunction<Customer> pBuy = c -> model.pBuy(c.repeats, c.span, c.silence, HORIZON);
        assertThat(auc(pBuy)).isEqualTo(.7931, within(1e-4));
        assertThat(logLoss(pBuy)).isEqualTo(.4227, within(1e-4));
        assertThat(auc(c -> model.pAlive(c.repeats, c.span, c.silence))).isEqualTo(.7356, within(1e-4));
    }

    @Test
    void paretoRanksAsPublished() {
        ParetoNbd model = new ParetoNbd(.61, 87.11, .36, 42.84);
        ToDoubleFunction<Customer> pBuy = c -> model.pBuy(c.repeats, c.span, c.silence, HORIZON);
        assertThat(auc(pBuy)).isEqualTo(.7998, within(2e-4));
        assertThat(logLoss(pBuy)).isEqualTo(.4208, within(5e-4)); // the parameters have two digits
    }

    /** Fitted to the first 39 weeks, shipped for every shop: it must at least rank better than the days of silence do. */
    @Test
    void theShippedModelRanksBetterThanRecencyAlone() {
        long day = 86_400_000;
        double recency = auc(c -> -c.silence);
        assertThat(recency).isEqualTo(.7955, within(1e-4)); // as published
        BuyingModel model = BuyingModel.shipped();
        double pBuy = auc(c ->
                model.pBuy(new Evidence(c.repeats, (long) c.span * day, c.decayed, 0, 0, 0), (long) c.silence * day));
        assertThat(pBuy).isGreaterThan(recency + .005);
    }

    /** The chance that who returned has the higher score, ties half, from the mean rank of those who returned. */
    private double auc(ToDoubleFunction<Customer> score) {
        List<Customer> sorted = new ArrayList<>(customers);
        sorted.sort(Comparator.comparingDouble(score));
        double ranks = 0;
        for (int i = 0; i < sorted.size(); ) {
            int end = i;
            while (end < sorted.size() && score.applyAsDouble(sorted.get(end)) == score.applyAsDouble(sorted.get(i))) {
                end++;
            }
            double rank = (i + 1 + end) / 2.0;
            ranks += rank
                    * sorted.subList(i, end).stream().filter(Customer::returned).count();
            i = end;
        }
        double back = customers.stream().filter(Customer::returned).count();
        return (ranks / back - (back + 1) / 2) / (customers.size() - back);
    }

    private double logLoss(ToDoubleFunction<Customer> probability) {
        return customers.stream()
                .mapToDouble(c -> {
                    double p = probability.applyAsDouble(c);
                    return -Math.log(c.returned ? p : 1 - p);
                })
                .average()
                .orElseThrow();
    }
}
