package io.ebbline.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The shop's clock against java.time's calendar. */
class ShopClockTest {

    private static final long LATEST = 253_402_300_799_999L; // the end of 9999
    private static final long HOUR = 3_600_000;

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(
                "UTC",
                "+05:45",
                "-11:30",
                "Europe/London",
                "America/New_York",
                "Asia/Shanghai",
                "Asia/Kathmandu",
                "Australia/Lord_Howe", // half an hour of summer
                "Pacific/Apia", // left out a day in 2011
                "Africa/Casablanca", // its transitions end in 2087
                "America/Sao_Paulo"); // sprang forward at midnight
    }

    private static void mustAgree(String zone, long millis) {
        ShopClock clock = new ShopClock(ZoneId.of(zone));
        ZonedDateTime local = Instant.ofEpochMilli(millis).atZone(ZoneId.of(zone));
        assertThat(clock.day(millis))
                .as("day of %s", local)
                .isEqualTo(local.toLocalDate().toEpochDay());
        assertThat(clock.hour(millis)).as("hour of %s", local).isEqualTo(local.getHour());
    }

    @Property(tries = 1_000)
    void itTellsTheCalendarsDayAndHour(
            @ForAll("zones") String zone, @ForAll @LongRange(min = -LATEST, max = LATEST) long millis) {
        mustAgree(zone, millis);
    }

    @Property(tries = 1_000)
    void itTellsThemInOurTimesToo(
            @ForAll("zones") String zone, @ForAll @LongRange(max = 5_000_000_000_000L) long millis) {
        mustAgree(zone, millis);
    }

    @Property(tries = 500)
    void itTurnsWithTheZone(@ForAll("zones") String zone, @ForAll @LongRange(max = 4_200_000_000_000L) long millis) {
        ZoneOffsetTransition next = ZoneId.of(zone).getRules().nextTransition(Instant.ofEpochMilli(millis));
        long turn = next == null ? millis : next.toEpochSecond() * 1_000;
        for (long around : new long[] {turn - HOUR, turn - 1, turn, turn + 1, turn + HOUR}) {
            mustAgree(zone, around);
        }
    }

    @Test
    void theClocksChangeInLondon() {
        ShopClock london = new ShopClock(ZoneId.of("Europe/London"));
        long summerBegins = Instant.parse("2024-03-31T01:00:00Z").toEpochMilli();
        assertThat(london.hour(summerBegins - 1)).isZero();
        assertThat(london.hour(summerBegins)).isEqualTo(2);
        assertThat(london.day(Instant.parse("1970-06-01T22:59:59Z").toEpochMilli()))
                .isEqualTo(151);
        assertThat(london.day(Instant.parse("1970-06-01T23:00:00Z").toEpochMilli()))
                .isEqualTo(152);
    }
}
