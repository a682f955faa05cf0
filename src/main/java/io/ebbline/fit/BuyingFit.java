package io.ebbline.fit;

import io.ebbline.fit.Logistic.Row;
import io.ebbline.model.BuyingLayer;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.DecayedBuying;
import io.ebbline.model.Evidence;
import io.ebbline.model.RepeatBuying;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fits of {@link BuyingModel}. The models below the layer are fitted to all that happened by the cut. For the layer the history
 * is cut again at some instants in its second half, and a year before the cut; at each the models below are fitted anew to what
 * had happened by then, or they would know what they are asked, and held against who orders within the horizon, or by the cut
 * where that comes first.
 *
 * <p>Only the slopes are learned so: base rates drift. The intercept makes the layer's mean chance at the cut that of the
 * models below it.
 */
public final class BuyingFit {

    private static final double DAY_MILLIS = 86_400_000;
    private static final double LN_2 = 0.6931471805599453;
    private static final long YEAR_MILLIS = 365L * 86_400_000L;

    /** A history is cut again after 6, 7, ... 11 twelfths of it. */
    private static final int PARTS = 12;

    /** So many customers tell a cut's slopes to three digits; of more, every second one, or third, is asked. */
    private static final int MOST_ROWS = 50_000;

    /** Terms that silence changes: their slopes must not be negative, see {@link BuyingLayer}. */
    private static final boolean[] RISING = {true, true, false, true, true, false};

    private static final Comparator<Row> ORDER =
            Comparator.comparing(Row::terms, Arrays::compare).thenComparing(Row::yes);

    private final List<Buyer> buyers;
    private final long start;
    private final long cut;
    private final long horizonMillis;

    private BuyingFit(List<Buyer> buyers, long start, long cut, long horizonMillis) {
        this.buyers = known(buyers, cut);
        this.start = start;
        this.cut = cut;
        this.horizonMillis = horizonMillis;
    }

    /**
     * The model of those who had ordered by the cut. Nothing after the cut is read, and the order of the buyers does not matter.
     *
     * @param startMillis when the history begins, milliseconds since the epoch
     * @param cut the last instant that may be read
     * @param horizonMillis how far ahead the model is to look, positive
     * @throws FitException when the history is too short or too small for the models below the layer
     */
    public static Fitted<BuyingModel> of(List<Buyer> buyers, long startMillis, long cut, long horizonMillis) {
        return new BuyingFit(buyers, startMillis, cut, horizonMillis).fit();
    }

    private Fitted<BuyingModel> fit() {
        List<Buyer.Sample> samples = buyers.stream().map(buyer -> buyer.at(cut)).toList();
        Fitted<RepeatBuying> repeat = RepeatBuyingFit.best(samples);
        Fitted<DecayedBuying> decayed = decayed(buyers, cut);
        BuyingModel base = new BuyingModel(repeat.parameters(), decayed.parameters(), horizonMillis);
        String note = repeat.note() + " " + decayed.note();
        double unit = meanOrder(samples);
        List<Row> rows = new ArrayList<>();
        int groups = 0;
        for (long at : innerCuts()) {
            List<Row> some = rows(at, repeat.parameters(), unit, groups);
            groups += some.isEmpty() ? 0 : 1;
            rows.addAll(some);
        }
        if (groups < 2) {
            return new Fitted<>(
                    base,
                    repeat.logLikelihood(),
                    buyers.size(),
                    note + " No layer: the history is too short to be cut again; P(buy) is the mean of both.");
        }
        double[] slopes = Logistic.slopes(rows, RISING);
        BuyingLayer layer = layer(slopes, intercept(base, slopes, unit), unit);
        return new Fitted<>(
                new BuyingModel(base.repeat(), base.decayed(), horizonMillis, layer),
                repeat.logLikelihood(),
                buyers.size(),
                note + String.format(Locale.ROOT, " Layer learned at %d cuts from %d customers.", groups, rows.size()));
    }

    /** Fitted to who orders in the last quarter of the time, and in one that ended somewhat earlier. */
    private Fitted<DecayedBuying> decayed(List<Buyer> known, long at) {
        long span = at - start;
        long horizon = Math.min(horizonMillis, span / 4);
        return DecayedFit.of(known, new long[] {at - horizon - span / PARTS, at - horizon}, horizon);
    }

    private List<Long> innerCuts() {
        List<Long> cuts = new ArrayList<>();
        long part = (cut - start) / PARTS;
        for (int i = PARTS / 2; i < PARTS; i++) {
            cuts.add(cut - (PARTS - i) * part);
        }
        long yearAgo = cut - YEAR_MILLIS;
        if (yearAgo < cuts.get(0) && yearAgo - start >= (cut - start) / 4) {
            cuts.add(yearAgo);
        }
        return cuts;
    }

    /** Who had ordered by an instant, and whether they ordered again; empty when too little had happened to fit by then. */
    private List<Row> rows(long at, RepeatBuying like, double unit, int group) {
        List<Buyer> known = known(buyers, at);
        long horizon = Math.min(horizonMillis, cut - at);
        BuyingModel base = base(known, at, like, horizon);
        if (base == null) {
            return List.of();
        }
        return thinned(buyers.stream()
                .filter(buyer -> buyer.firstOrder() <= at)
                .map(buyer -> new Row(
                        terms(buyer.evidence(at, base), buyer.silenceMillis(at), base, unit),
                        buyer.occasions(at, at + horizon) > 0,
                        group))
                .toList());
    }

    /** Those who had ordered by an instant, as they were then: so nobody reads on. */
    private static List<Buyer> known(List<Buyer> buyers, long at) {
        return buyers.stream()
                .filter(buyer -> buyer.firstOrder() <= at)
                .map(buyer -> buyer.until(at))
                .toList();
    }

    private @Nullable BuyingModel base(List<Buyer> known, long at, RepeatBuying like, long horizon) {
        try {
            RepeatBuying repeat = RepeatBuyingFit.of(
                            known.stream().map(buyer -> buyer.at(at)).toList(), like.family(), like.k())
                    .parameters();
            return new BuyingModel(repeat, decayed(known, at).parameters(), horizon);
        } catch (FitException e) {
            return null;
        }
    }

    /** In an order of their own, so that sums have the same bits whatever order the customers come in. */
    private static List<Row> thinned(List<Row> rows) {
        List<Row> sorted = rows.stream().sorted(ORDER).toList();
        int stride = 1 + (sorted.size() - 1) / MOST_ROWS;
        List<Row> some = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i += stride) {
            some.add(sorted.get(i));
        }
        return some;
    }

    /** The layer's terms, in the order of its slopes. */
    static double[] terms(Evidence evidence, long silenceMillis, BuyingModel base, double unit) {
        double silenceDays = silenceMillis / DAY_MILLIS;
        double spanDays = evidence.spanMillis() / DAY_MILLIS;
        double horizonDays = base.horizonMillis() / DAY_MILLIS;
        double orders = StrictMath.exp(-LN_2 * silenceMillis / base.orderHalfLifeMillis());
        double spend = StrictMath.exp(-LN_2 * silenceMillis / base.spendHalfLifeMillis());
        return new double[] {
            BuyingLayer.logOdds(base.repeat().pBuy(evidence.repeats(), spanDays, silenceDays, horizonDays)),
            BuyingLayer.logOdds(base.decayed().pBuy(evidence.decayedRepeats(), spanDays, silenceDays, horizonDays)),
            StrictMath.log1p((double) evidence.repeats()),
            StrictMath.log(.05 + evidence.recentRepeats() * orders),
            StrictMath.log1p(evidence.recentSpendMinor() * spend / unit),
            StrictMath.log1p(evidence.unitsPerOccasion())
        };
    }

    private static BuyingLayer layer(double[] slopes, double intercept, double unit) {
        return new BuyingLayer(
                intercept,
                slopes[0],
                slopes[1],
                slopes[2],
                slopes[3],
                slopes[4],
                slopes[5],
                BuyingLayer.ORDER_HALF_LIFE_MILLIS,
                BuyingLayer.SPEND_HALF_LIFE_MILLIS,
                unit);
    }

    /** By bisection: that with which the layer's mean at the cut is the mean of the models below it. */
    private double intercept(BuyingModel base, double[] slopes, double unit) {
        // Sorted together: a customer's log odds but for the intercept, and the chance without a layer.
        double[][] known = buyers.stream()
                .map(buyer -> {
                    Evidence evidence = buyer.evidence(cut, base);
                    long silence = buyer.silenceMillis(cut);
                    return new double[] {dot(slopes, terms(evidence, silence, base, unit)), base.pBuy(evidence, silence)
                    };
                })
                .sorted(Arrays::compare)
                .toArray(double[][]::new);
        double target = Arrays.stream(known).mapToDouble(one -> one[1]).reduce(0, Double::sum);
        double low = -1e4;
        double high = 1e4;
        for (double middle = 0; low < middle && middle < high; middle = (low + high) / 2) {
            double sum = 0;
            for (double[] one : known) {
                sum += 1 / (1 + StrictMath.exp(-one[0] - middle));
            }
            if (sum < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double dot(double[] slopes, double[] terms) {
        double sum = 0;
        for (int i = 0; i < slopes.length; i++) {
            sum += slopes[i] * terms[i];
        }
        return sum;
    }

    /** Minor units; 1 where nothing was paid, or less than that. */
    private static double meanOrder(List<Buyer.Sample> samples) {
        long gross = 0;
        long orders = 0;
        for (Buyer.Sample sample : samples) {
            gross += sample.grossMinor();
            orders += sample.orders();
        }
        return Math.max(1, (double) gross / orders);
    }
}
