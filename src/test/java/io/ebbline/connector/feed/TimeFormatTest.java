package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2011-12-09, 2011-12-08T23:00:00Z",
        "2011-12-09 12:50, 2011-12-09T11:50:00Z",
        "2011-12-09T12:50:01, 2011-12-09T11:50:01Z",
        "2011-12-09T12:50:01.250, 2011-12-09T11:50:01.250Z",
        "2011-12-09 12:50:01.250999, 2011-12-09T11:50:01.250Z",
        "2011-12-09T12:50:00Z, 2011-12-09T12:50:00Z",
        "2011-12-09T12:50:00-05:00, 2011-12-09T17:50:00Z",
        // The hour that the clocks skip, and the first of the two that they repeat.
        "2011-03-27 02:30, 2011-03-27T01:30:00Z",
        "2011-10-30 02:30, 2011-10-30T00:30:00Z"
    })
    void isoTimesAreReadInTheZoneUnlessTheyNameOne(String text, Instant expected) {
        assertThat(TimeFormat.of(null, BERLIN).millis(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "yyyyMMdd, 19970131, 1997-01-31T00:00:00Z",
        "M/d/yy h:mm a, 1/2/11 3:04 PM, 2011-01-02T15:04:00Z",
        "epoch-s, 1323435000, 2011-12-09T12:50:00Z",
        "epoch-ms, 1323435000001, 2011-12-09T12:50:00.001Z"
    })
    void patternsAreFollowed(String pattern, String text, Instant expected) {
        assertThat(TimeFormat.of(pattern, ZoneOffset.UTC).millis(text)).isEqualTo(expected.toEpochMilli());
    }

    @Test
    void daysThatDoNotExistAreRefused() {
        assertThatThrownBy(() -> TimeFormat.of(null, BERLIN).millis("2011-02-31"))
                .isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> TimeFormat.of("yyyyMMdd", BERLIN).millis("20110231"))
                .isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> TimeFormat.of("epoch-s", BERLIN).millis("1.5")).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> TimeFormat.of("epoch-days", BERLIN))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("epoch-s or epoch-ms");
    }

    @Test
    void examplesAreTimesOfTheFormat() {
        for (String pattern : new String[] {null, "yyyyMMdd", "dd.MM.yyyy HH:mm", "epoch-s", "epoch-ms"}) {
            TimeFormat format = TimeFormat.of(pattern, ZoneOffset.UTC);
            assertThat(Instant.ofEpochMilli(format.millis(format.example())))
                    .isBetween(Instant.parse("2011-12-09T00:00:00Z"), Instant.parse("2011-12-09T12:50:00Z"));
        }
    }
}
