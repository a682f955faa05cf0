package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class RoughlyTest {

    /** Against the exact function, from next to nothing to all; x is ten to that power. */
    @Property
    void whatIsSaidRoughlyIsNearlyWhatIs(@ForAll @DoubleRange(min = -12, max = 3) double power) {
        double x = Math.pow(10, power);
        double exact = -StrictMath.expm1(-x);
        assertThat(Roughly.oneLessExp(x)).isCloseTo(exact, within(1e-9 * exact));
    }
}
