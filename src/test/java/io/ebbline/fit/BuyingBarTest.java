package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.model.BuyingModel;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CDNOW, 39 weeks and the 39 after them. The figures to reach: issue 4 and ALGORITHMS.md b; docs/quality.md has more. */
class BuyingBarTest {

    private static final long START = CdnowBuyers.day("1997-01-01");
    private static final long CUT = CdnowBuyers.day("1997-10-01") - 1;
    private static final long HORIZON = 273 * CdnowBuyers.DAY;

    @Test
    void theLayerRanksBetterThanRecencyAndThanTheModelsBelowIt() throws IOException {
        List<Buyer> buyers = List.copyOf(CdnowBuyers.master().values());
        BuyingModel model = BuyingFit.of(buyers, START, CUT, HORIZON).parameters();
        BuyingModel mean = new BuyingModel(model.repeat(), model.decayed(), HORIZON);
        boolean[] back = new boolean[buyers.size()];
        for (int i = 0; i < back.length; i++) {
            back[i] = buyers.get(i).occasions(CUT, CUT + HORIZON) > 0;
        }
        double[] layered = chances(buyers, buyer -> pBuy(model, buyer));
        double[] plain = chances(buyers, buyer -> pBuy(mean, buyer));
        double[] recency = chances(buyers, buyer -> -buyer.silenceMillis(CUT));

        assertThat(auc(recency, back)).isEqualTo(.759, within(.0005)); // as measured before this was written
        assertThat(auc(plain, back)).isGreaterThan(.769);
        assertThat(auc(layered, back)).isGreaterThan(.772);
        assertThat(brier(layered, back)).isLessThan(.160).isLessThan(brier(plain, back));
    }

    private static double pBuy(BuyingModel model, Buyer buyer) {
        return model.pBuy(buyer.evidence(CUT, model), buyer.silenceMillis(CUT));
    }

    private static double[] chances(List<Buyer> buyers, ToDoubleFunction<Buyer> chance) {
        return buyers.stream().mapToDouble(chance).toArray();
    }

    private static double brier(double[] chances, boolean[] back) {
        return IntStream.range(0, back.length)
                .mapToDouble(i -> Math.pow(chances[i] - (back[i] ? 1 : 0), 2))
                .average()
                .orElseThrow();
    }

    /** The share of pairs in the right order; a tie is half a pair. */
    private static double auc(double[] scores, boolean[] back) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double ranks = 0;
        double yes = 0;
        int end;
        for (int from = 0; from < order.length; from = end) {
            end = from;
            double some = 0;
            while (end < order.length && scores[order[end]] == scores[order[from]]) {
                some += back[order[end]] ? 1 : 0;
                end++;
            }
            ranks += some * (from + end + 1) / 2.0;
            yes += some;
        }
        return (ranks - yes * (yes + 1) / 2) / (yes * (order.length - yes));
    }
}
