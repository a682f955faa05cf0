package io.ebbline.churn;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.DecayedBuying;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.StageRules;
import io.ebbline.profile.Profile;
import io.ebbline.testing.Shop;
import org.junit.jupiter.api.Test;

/** Decline where orders are more regular than chance: k above 1. */
class RegularOrdersTest {

    /** k = 4: orders come every 19 days, and the chance of one in the next five days rises until one is due. */
    private static ScoringModel regularModel(double low, double depart) {
        ScoringModel shipped =
                Shop.under(new ChurnRules(low, 0.99, 0.99, 0.5, depart, 0, 0, 0.5, 1e9, 1e-9, 5, 0, 0, 2));
        BuyingModel buying = new BuyingModel(
                new RepeatBuying(RepeatBuying.Family.MBG, 4, .6518, 15.085, .21383, .70459),
                new DecayedBuying(.7905, 5.612, .0014937),
                5 * DAY);
        return new ScoringModel(
                "regular",
                1,
                0,
                false,
                shipped.recency(),
                shipped.frequency(),
                shipped.monetary(),
                shipped.segments(),
                new StageRules(3, 10 * DAY),
                buying,
                shipped.churn(),
                shipped.decay(),
                shipped.value(),
                shipped.matrix(),
                shipped.ranking(),
                shipped.lookBackMillis(),
                "");
    }

    private static Profile clockwork(ScoringModel model) {
        Profile profile = new Profile();
        for (int i = 0; i < 10; i++) {
            Shop.apply(profile, order("o" + i, day(18.7 * i), 1_000), model);
        }
        return profile;
    }

    @Test
    void beforeAnOrderIsDueALowChanceMeansNothing() {
        ScoringModel model = regularModel(0.9, 1e-9);
        Profile profile = Shop.profile();
        Shop.apply(profile, order("a", day(0), 1_000), model);
        double threshold = model.churn().threshold(0, profile.rhythm().fresh());
        long due = day(0) + 1 + (long) (model.buying().repeat().expectedGapDays(0, 0) * DAY);
        long early = day(0) + (due - day(0)) / 2;
        assertThat(profile.rhythm().pBuy(model, early)).isLessThan(threshold);
        assertThat(profile.rhythm().pBuy(model, due - 1)).isLessThan(threshold);
        assertThat(Decline.signs(profile, model, early)).isZero();
        assertThat(Decline.signs(profile, model, due - 1)).isZero();
        assertThat(Decline.signs(profile, model, due) & Decline.LOW).isEqualTo(Decline.LOW);
        assertThat(Decline.appears(Decline.LOW, profile, model, day(0), Profile.NO_DEADLINE))
                .isEqualTo(due);
    }

    @Test
    void aChanceThatIsLowWhenAnOrderIsDueAndRisesOnceMoreIsNotMissed() {
        Profile profile = clockwork(regularModel(0.9, 0.5));
        long last = profile.rhythm().last();
        double gap = regularModel(0.9, 0.5)
                .buying()
                .repeat()
                .expectedGapDays(9, profile.rhythm().span() / (double) DAY);
        long due = last + 1 + (long) (gap * DAY);
        long later = due + 3 * DAY;
        double atDue = profile.rhythm().pBuy(regularModel(0.9, 0.5), due);
        double peak = profile.rhythm().pBuy(regularModel(0.9, 0.5), later);
        assertThat(peak).as("the chance still rises").isGreaterThan(atDue);
        ScoringModel model = regularModel(0.9, (atDue + peak) / 2);
        assertThat(Decline.falls(model.churn().departBelow(), profile, model, last + 10 * DAY, later))
                .isEqualTo(due);
        assertThat(Decline.gone(profile, model, due)).isTrue();
        assertThat(Decline.gone(profile, model, due - 1)).isFalse();
    }
}
