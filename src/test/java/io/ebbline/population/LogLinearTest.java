package io.ebbline.population;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LogLinearTest {

    @Test
    void whatIsSmallHasABucketOfItsOwn() {
        for (int value = 0; value < 128; value++) {
            assertThat(LogLinear.bucket(value)).isEqualTo(value);
            assertThat(LogLinear.lower(value)).isEqualTo(value);
            assertThat(LogLinear.upper(value)).isEqualTo(value);
        }
        assertThat(LogLinear.bucket(-1)).isZero();
        assertThat(LogLinear.bucket(Long.MIN_VALUE)).isZero();
    }

    @Test
    void bucketsFollowEachOtherWithoutGapToTheGreatestLong() {
        for (int bucket = 0; bucket < 3_711; bucket++) {
            assertThat(LogLinear.lower(bucket + 1)).isEqualTo(LogLinear.upper(bucket) + 1);
        }
        assertThat(LogLinear.bucket(Long.MAX_VALUE)).isEqualTo(3_711);
        assertThat(LogLinear.upper(3_711)).isEqualTo(Long.MAX_VALUE);
    }

    @Property
    void aValueLiesInItsBucketWhichIsNoWiderThanASixtyFourthOfIt(@ForAll @LongRange(min = 0) long value) {
        int bucket = LogLinear.bucket(value);
        assertThat(value).isBetween(LogLinear.lower(bucket), LogLinear.upper(bucket));
        assertThat(LogLinear.middle(bucket)).isBetween(LogLinear.lower(bucket), LogLinear.upper(bucket));
        assertThat(LogLinear.upper(bucket) - LogLinear.lower(bucket)).isLessThanOrEqualTo(value / 64);
    }
}
