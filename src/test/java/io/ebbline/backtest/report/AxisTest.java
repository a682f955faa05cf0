package io.ebbline.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Property
    void everyValueStandsBetweenTheEndsAndMarksAreFew(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double one,
            @ForAll @DoubleRange(min = .01, max = 1e6) double more) {
        Axis axis = Axis.fitting("x", one, one + more, 100, 500);

        assertThat(axis.from()).isLessThanOrEqualTo(Math.min(0, one) + 1e-6 * more);
        assertThat(axis.to()).isGreaterThanOrEqualTo((one + more) * (one + more > 0 ? 1 - 1e-9 : 1 + 1e-9));
        assertThat(axis.marks()).hasSizeBetween(2, 9).isSorted();
        assertThat(axis.at(axis.marks().get(0))).isGreaterThanOrEqualTo(100 - 1e-6);
        assertThat(axis.at(axis.to())).isCloseTo(500, within(1e-6));
    }

    @Test
    void marksAreRoundNumbersWithAsManyDecimalsAsTheyNeed() {
        Axis weeks = Axis.between("weeks", -39, 39, 0, 780);
        Axis share = Axis.around("share", .376, .563, 300, 0);

        assertThat(weeks.marks()).containsExactly(-30.0, -20.0, -10.0, 0.0, 10.0, 20.0, 30.0);
        assertThat(weeks.at(0)).isEqualTo(390);
        assertThat(share.marks())
                .extracting(share::text)
                .containsExactly("0.35", "0.40", "0.45", "0.50", "0.55", "0.60");
        assertThat(Axis.fitting("orders", 0, 23_570, 0, 100).marks())
                .isEqualTo(List.of(0.0, 5_000.0, 10_000.0, 15_000.0, 20_000.0, 25_000.0));
    }
}
