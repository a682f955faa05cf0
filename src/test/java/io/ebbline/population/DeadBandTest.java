package io.ebbline.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import org.junit.jupiter.api.Test;

class DeadBandTest {

    private static final Cuts ORDERS = new Cuts(1, 1, 2, 4);

    private static CutPoints cuts(Cuts recency, Cuts frequency, Cuts monetary, long customers) {
        return new CutPoints("population", 7, 0, recency, frequency, monetary, customers, "");
    }

    private static CutPoints cuts(long age, long amount) {
        return cuts(new Cuts(0, 0, age, age), ORDERS, new Cuts(-amount, 0, 0, amount), 500);
    }

    @Test
    void whatMovesNoFurtherThanTheBandIsNotPublished() {
        DeadBand band = new DeadBand(5);
        assertThat(band.isLeft(cuts(1_000, 2_000), cuts(1_000, 2_000))).isFalse();
        assertThat(band.isLeft(cuts(1_000, 2_000), cuts(1_050, 1_900))).isFalse();
        assertThat(band.isLeft(cuts(1_000, 2_000), cuts(1_051, 2_000))).isTrue();
        assertThat(band.isLeft(cuts(1_000, 2_000), cuts(1_000, 1_899))).isTrue();
    }

    @Test
    void oneOrderMoreIsFarForACutAtOneOrder() {
        CutPoints before = cuts(1_000, 2_000);
        CutPoints now = cuts(before.recency(), new Cuts(1, 2, 2, 4), before.monetary(), 500);
        assertThat(new DeadBand(50).isLeft(before, now)).isTrue();
        assertThat(new DeadBand(100).isLeft(before, now)).isFalse();
    }

    @Test
    void theFirstCutsArePublishedOnceThereAreCustomersEnough() {
        CutPoints cuts = cuts(1_000, 2_000);
        assertThat(new DeadBand(5).isLeft(null, cuts)).isTrue();
        assertThat(new DeadBand(5).isLeft(null, cuts(cuts.recency(), ORDERS, cuts.monetary(), 99)))
                .isFalse();
    }

    @Test
    void aBandOfNothingPublishesAnyMoveAndNoOther() {
        assertThat(new DeadBand(0).isLeft(cuts(1_000, 2_000), cuts(1_001, 2_000)))
                .isTrue();
        assertThat(new DeadBand(0).isLeft(cuts(1_000, 2_000), cuts(1_000, 2_000)))
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new DeadBand(-1));
    }
}
