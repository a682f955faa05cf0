package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {

    @ParameterizedTest
    @CsvSource({"1d/s, PT24H", "12h/s, PT12H", "30m/s, PT30M", "90s/s, PT90S", "250ms/s, PT0.25S", "2w/s, PT336H"})
    void speedsAreReadAsPeopleWriteThem(String text, Duration eventTime) {
        assertThat(Speed.parse(text)).isEqualTo(new Speed(eventTime.toMillis()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "1d", "0d/s", "-1d/s", "1.5d/s", "1y/s", "1d/m"})
    void whatIsNoSpeedIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("1d/s");
    }

    @Test
    void recordsAreDueWhenTheirTimeHasPassedAtThatSpeed() {
        Pace pace = new Pace(Speed.parse("1d/s"), 1_000, 0, 500);
        long halfADay = Duration.ofHours(12).toMillis();

        assertThat(pace.nanosUntil(1_000, 0, 500)).isZero();
        assertThat(pace.nanosUntil(1_000 + halfADay, 1_000_000, 500)).isEqualTo(500_000_000);
        assertThat(pace.nanosUntil(1_000 + halfADay, 1, 500 + 600_000_000)).isNegative();
        assertThat(new Pace(Speed.MAX, 0, 0, 0).nanosUntil(Long.MAX_VALUE, 1, 1))
                .isNegative();
        assertThat(new Pace(new Speed(1), 0, 0, 0).nanosUntil(Long.MAX_VALUE, 0, 0))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void recordsAreDueWhenSoManyEventsAreDue() {
        Pace pace = new Pace(Speed.ofEvents(200), 1_000, 7, 500);

        assertThat(pace.nanosUntil(1_000, 7, 500)).isZero();
        assertThat(pace.nanosUntil(Long.MAX_VALUE, 107, 500)).isEqualTo(500_000_000);
        assertThat(pace.nanosUntil(1_000, 8, 500 + 4_000_000)).isEqualTo(1_000_000);
        assertThatThrownBy(() -> Speed.ofEvents(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
