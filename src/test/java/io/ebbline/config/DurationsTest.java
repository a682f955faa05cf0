package io.ebbline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "10s,10000",
        "500ms,500",
        "30d,2592000000",
        "1h,3600000",
        "1h30min,5400000",
        "5m,300000",
        "2w,1209600000",
        "1 d 2 h,93600000",
        "PT10S,10000",
        "P1D,86400000",
        "0s,0",
        "' 7s ',7000",
        "10S,10000"
    })
    void readsWhatPeopleWrite(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10",
                "s",
                "-5s",
                "10 parsecs",
                "1h-",
                "h1",
                "PT-5S",
                "P",
                "99999999999999999d",
                "999999999999999w",
                "1.5s"
            })
    void saysHowToWriteWhatItCantRead(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is no duration")
                .hasMessageContaining("as in 10s");
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll @LongRange(min = 0, max = 900_000_000_000_000L) long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "900000,15min", "2592000000,30d", "90061001,1d1h1min1s1ms"})
    void writesShort(long millis, String text) {
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
