package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.connector.feed.RealData;
import io.ebbline.model.Past;
import io.ebbline.model.SpendLayer;
import io.ebbline.model.ValueModel;
import io.ebbline.profile.ShopClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bar that was set for lifetime value: CDNOW, all customers, 39 weeks to learn from and 39 weeks' spend to tell. */
class CdnowValueTest {

    private static final long DAY = 86_400_000L;
    private static final long START = Instant.parse("1997-01-01T00:00:00Z").toEpochMilli();
    private static final long CUT = Instant.parse("1997-10-01T00:00:00Z").toEpochMilli() - 1;
    private static final long HORIZON = 273 * DAY;

    @Test
    void spendOfTheNext39WeeksIsToldAsWellAsTheBarAsks() {
        List<Buyer> buyers = buyers();
        Fitted<ValueModel> fitted = ValueFit.of(buyers, START, CUT, HORIZON, .1);
        ValueModel model = fitted.parameters();
        double[] told = buyers.stream()
                .mapToDouble(buyer -> model.spendWithin(past(buyer), HORIZON).minor())
                .toArray();
        double[] spent = buyers.stream()
                .mapToDouble(buyer -> buyer.netMinor(CUT, CUT + HORIZON))
                .toArray();
        assertThat(buyers).hasSize(23_570);
        assertThat(sum(told) / sum(spent)).isBetween(.90, 1.10);
        double squares = IntStream.range(0, told.length)
                .mapToDouble(i -> (told[i] - spent[i]) * (told[i] - spent[i]))
                .sum();
        assertThat(Math.sqrt(squares / told.length)).isLessThan(9_200);
        assertThat(correlation(ranks(told), ranks(spent))).isGreaterThan(.45);
    }

    private static List<Buyer> buyers() {
        History history = HistoryFormat.CDNOW.read(RealData.file("cdnow/cdnow_master.csv.gz"), null);
        return CustomerEvents.of(history.records(), history.currency()).stream()
                .map(customer -> {
                    BuyerFold fold = new BuyerFold(new ShopClock(ZoneOffset.UTC), 30 * DAY);
                    customer.events().forEach(fold::add);
                    return fold.buyer();
                })
                .filter(Objects::nonNull)
                .toList();
    }

    private static Past past(Buyer buyer) {
        Buyer.Sample sample = buyer.at(CUT);
        return new Past(
                sample.repeats(),
                sample.spanDays(),
                sample.silenceDays(),
                sample.grossMinor() - sample.returnedMinor(),
                buyer.decayedSpend(CUT, SpendLayer.LAMBDA_PER_DAY));
    }

    private static double sum(double[] numbers) {
        return Arrays.stream(numbers).sum();
    }

    /** Ranks, the mean rank for equals. */
    private static double[] ranks(double[] values) {
        List<Integer> order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .toList();
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < ranks.length) {
            int to = from;
            while (to < ranks.length && values[order.get(to)] == values[order.get(from)]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order.get(i)] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = sum(a) / a.length;
        double meanB = sum(b) / b.length;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
