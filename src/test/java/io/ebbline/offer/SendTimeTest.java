package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.OfferPolicy;
import io.ebbline.profile.ShopClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The instant from which a contact may be sent, against a search minute by minute. */
class SendTimeTest {

    private static final String[] ZONES = {
        "UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"
    };

    private static long from(String zone, OfferPolicy policy, int bestHour, long asOf) {
        return SendTime.from(new ShopClock(ZoneId.of(zone)), policy, bestHour, asOf);
    }

    private static OfferPolicy quiet(int from, int to) {
        return new PolicyBuilder().quiet(from, to).build();
    }

    @Property(tries = 400)
    void itIsTheFirstMinuteOfTheBestHourOrOutsideTheQuietHours(
            @ForAll @IntRange(max = 5) int zone,
            @ForAll @IntRange(max = 23) int from,
            @ForAll @IntRange(max = 23) int to,
            @ForAll @IntRange(min = -1, max = 23) int bestHour,
            @ForAll @IntRange(max = 4 * 365 * 24 * 60) int minute) {
        ZoneId id = ZoneId.of(ZONES[zone]);
        long asOf = Instant.parse("2019-01-01T00:00:00Z").toEpochMilli() + minute * 60_000L;
        boolean best = bestHour >= 0 && !isQuiet(bestHour, from, to);
        ZonedDateTime expected = Instant.ofEpochMilli(asOf).atZone(id);
        while (best ? expected.getHour() != bestHour : isQuiet(expected.getHour(), from, to)) {
            expected = expected.plus(Duration.ofMinutes(1));
        }
        assertThat(from(ZONES[zone], quiet(from, to), bestHour, asOf))
                .isEqualTo(expected.toInstant().toEpochMilli());
    }

    private static boolean isQuiet(int hour, int from, int to) {
        for (int quiet = from; quiet != to; quiet = (quiet + 1) % 24) {
            if (quiet == hour) {
                return true;
            }
        }
        return false;
    }

    @Example
    void anHourThatTheClocksSkipComesTheDayAfter() {
        // In London 2021-03-28 has no hour 1.
        long asOf = Instant.parse("2021-03-28T00:30:00Z").toEpochMilli();
        assertThat(from("Europe/London", quiet(5, 6), 1, asOf))
                .isEqualTo(Instant.parse("2021-03-29T00:00:00Z").toEpochMilli());
    }

    @Example
    void inTheHourItselfItIsAtOnce() {
        long asOf = Instant.parse("2021-06-01T17:59:59.999Z").toEpochMilli();
        assertThat(from("UTC", quiet(21, 8), 17, asOf)).isEqualTo(asOf);
        assertThat(from("UTC", quiet(21, 8), 18, asOf)).isEqualTo(asOf + 1);
    }
}
