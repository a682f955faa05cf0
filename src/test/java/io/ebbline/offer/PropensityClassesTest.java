package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class PropensityClassesTest {

    @Property
    void aPropensityIsInTheLastClassThatBeginsNotAboveIt(@ForAll @DoubleRange(min = 0, max = 1) double propensity) {
        int number = PropensityClasses.of(propensity);
        assertThat(propensity).isGreaterThanOrEqualTo(PropensityClasses.from(number));
        if (number < PropensityClasses.SIZE - 1) {
            assertThat(propensity).isLessThan(PropensityClasses.from(number + 1));
        }
    }

    @Example
    void theyBeginAtOneTwoAndFiveOfEveryPowerOfTen() {
        assertThat(PropensityClasses.from(0)).isZero();
        assertThat(PropensityClasses.of(0)).isZero();
        assertThat(PropensityClasses.of(1)).isEqualTo(PropensityClasses.SIZE - 1);
        for (int i = 1; i < PropensityClasses.SIZE; i++) {
            int digit = new int[] {1, 2, 5}[(i - 1) % 3];
            double begin = Double.parseDouble(digit + "e" + (-4 + (i - 1) / 3));
            assertThat(PropensityClasses.from(i)).isEqualTo(begin);
            assertThat(PropensityClasses.of(begin)).isEqualTo(i);
            assertThat(PropensityClasses.of(Math.nextDown(begin))).isEqualTo(i - 1);
        }
    }
}
