package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SelectTest {

    /** Against sorting all: few and many, far apart and equal, with an end of the line among them. */
    @Property
    void theNumberOfARankIsThatWhichStandsThereWhenAllAreSorted(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int size, @ForAll @IntRange(max = 3) int kind) {
        Random random = new Random(seed);
        double[] numbers = new double[size + 5];
        for (int k = 0; k < numbers.length; k++) {
            double number = random.nextGaussian();
            numbers[k] = switch (kind) {
                case 0 -> number;
                case 1 -> StrictMath.exp(20 * number);
                case 2 -> random.nextInt(4);
                default -> random.nextInt(50) == 0 ? Double.NEGATIVE_INFINITY : number;
            };
        }
        double[] sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        int n = 1 + random.nextInt(size);

        assertThat(Select.greatest(numbers, size, n)).isEqualTo(sorted[size - n]);

        double[] left = Arrays.copyOf(numbers, size);
        Arrays.sort(left);
        assertThat(left).as("the same numbers").isEqualTo(sorted);
    }
}
