package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.model.LifetimeValue.Model;
import io.ebbline.model.Past;
import io.ebbline.model.SpendLayer;
import io.ebbline.model.ValueModel;
import io.ebbline.profile.ShopClock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ValueFitTest {

    private static final long DAY = 86_400_000L;
    private static final long START = 1_577_836_800_000L;
    private static final long CUT = START + 300 * DAY;

    /**
     * A shop in which customers begin within 240 days, buy at a rate of their own, leave, and spend around a mean of their own.
     * What comes after the cut is drawn from another seed.
     */
    private static List<Buyer> shop(int customers, long seedAfter) {
        List<Buyer> buyers = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            SplittableRandom random = new SplittableRandom(1_000 + i);
            BuyerFold fold = new BuyerFold(new ShopClock(ZoneOffset.UTC), 30 * DAY);
            double rate = -Math.log(1 - random.nextDouble()) / 60;
            double mean = 2_000 * Math.exp(.6 * random.nextGaussian());
            double time = 240 * random.nextDouble();
            double end = time - 300 * Math.log(1 - random.nextDouble());
            boolean after = false;
            while (time < Math.min(end, 700)) {
                fold.add(order(i + "@" + time, time, Math.round(-mean * Math.log(1 - random.nextDouble())) + 1));
                time += gap(random, rate);
                if (time > 300 && !after) {
                    after = true;
                    random = new SplittableRandom(seedAfter + i);
                    time = 300 + gap(random, rate); // gaps don't remember
                }
            }
            Buyer buyer = fold.buyer();
            if (buyer != null) {
                buyers.add(buyer);
            }
        }
        return buyers;
    }

    private static double gap(SplittableRandom random, double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    private static Purchase order(String id, double day, long minor) {
        Line line = new Line("s", null, 10_000, 100 * minor, null);
        return new Purchase(id, START + (long) (day * DAY), id, "EUR", null, null, List.of(line), minor);
    }

    @Test
    void nothingAfterTheCutAndNoOrderOfCustomersReachesTheFit() {
        List<Buyer> buyers = shop(1_450, 1);
        Fitted<ValueModel> fitted = ValueFit.of(buyers, START, CUT, 100 * DAY, .1);

        List<Buyer> others = new ArrayList<>(shop(1_450, 999_999));
        Collections.shuffle(others, new Random(4));
        assertThat(others.stream()
                        .mapToLong(b -> b.netMinor(CUT, Long.MAX_VALUE))
                        .sum())
                .isNotEqualTo(buyers.stream()
                        .mapToLong(b -> b.netMinor(CUT, Long.MAX_VALUE))
                        .sum());
        assertThat(ValueFit.of(others, START, CUT, 100 * DAY, .1)).isEqualTo(fitted);

        ValueModel model = fitted.parameters();
        assertThat(fitted.note()).contains("Spend layer by quasi-Poisson on 3 inner cuts");
        assertThat(model.formula()).isEqualTo(Model.SPEND_LAYER);
        // The models below are right about this shop: the layer leaves it to them.
        SpendLayer layer = Objects.requireNonNull(model.layer());
        assertThat(layer.base()).isEqualTo(1, within(.1));
        assertThat(layer.recent()).isEqualTo(0, within(.1));
        assertThat(layer.silence()).isEqualTo(0, within(.1));
        assertThat(layer.mean()).isEqualTo(0, within(.1));
        assertThat(fitted.customers()).isEqualTo(1_450);
        double told = 0;
        double spent = 0;
        for (Buyer buyer : buyers) {
            Buyer.Sample sample = buyer.at(CUT);
            Past past = new Past(
                    sample.repeats(),
                    sample.spanDays(),
                    sample.silenceDays(),
                    sample.grossMinor(),
                    buyer.decayedSpend(CUT, SpendLayer.LAMBDA_PER_DAY));
            told += model.spendWithin(past, 100 * DAY).minor();
            spent += buyer.netMinor(CUT, CUT + 100 * DAY);
        }
        assertThat(told / spent).isBetween(.85, 1.15);
    }

    @Test
    void aHistoryTooShortForTheHorizonGivesTheModelsAloneAndSaysSo() {
        Fitted<ValueModel> fitted = ValueFit.of(shop(400, 1), START, CUT, 3_000 * DAY, .1);
        assertThat(fitted.parameters().layer()).isNull();
        assertThat(fitted.parameters().formula()).isEqualTo(Model.PARETO_NBD);
        assertThat(fitted.note()).contains("No spend layer: the history is too short for the horizon");
    }

    @Test
    void aHandfulOfCustomersIsRefused() {
        assertThatExceptionOfType(FitException.class)
                .isThrownBy(() -> ValueFit.of(shop(30, 1), START, CUT, 100 * DAY, .1))
                .withMessageContaining("a fit needs 50");
    }
}
