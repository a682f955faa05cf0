package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.testing.Contacts;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Decayed sums against the plain sum of 2^(-age / half-life) over the list of contacts. */
class EngagementTest {

    private static final long HOUR = 3_600_000;
    private static final int CHANNELS = 8;

    private static final Set<TouchpointType> RESPONSES = Set.of(
            TouchpointType.OPEN,
            TouchpointType.VISIT,
            TouchpointType.VIEW,
            TouchpointType.SEARCH,
            TouchpointType.CLICK,
            TouchpointType.CART_ADD,
            TouchpointType.WISH_LIST,
            TouchpointType.COUPON_CLAIMED,
            TouchpointType.OFFER_ACCEPTED,
            TouchpointType.REVIEW,
            TouchpointType.SURVEY,
            TouchpointType.REFERRAL);

    private static int hour(long time) {
        return (int) (time / HOUR % 24);
    }

    /** Counts contacts one by one, each as of the latest instant so far. */
    private static Engagement counted(List<Touchpoint> contacts, long halfLife) {
        Engagement engagement = new Engagement();
        ShopClock clock = new ShopClock(ZoneOffset.UTC);
        long asOf = Long.MIN_VALUE;
        for (Touchpoint contact : contacts) {
            asOf = Math.max(asOf, contact.time());
            engagement.add(contact, clock.hour(contact.time()), halfLife, asOf);
        }
        return engagement;
    }

    private static double naive(List<Touchpoint> contacts, Predicate<Touchpoint> which, long asOf, long halfLife) {
        return contacts.stream()
                .filter(which)
                .mapToDouble(contact -> Math.pow(2, -(double) (asOf - contact.time()) / halfLife))
                .sum();
    }

    private static boolean isResponse(Touchpoint contact) {
        return RESPONSES.contains(contact.type());
    }

    /** One part in 10^9; what is next to nothing may be nothing. */
    private static Offset<Double> nearly(double expected) {
        return within(1e-9 * expected + 1e-100);
    }

    private static void mustAgree(Engagement engagement, List<Touchpoint> contacts, long asOf, long halfLife) {
        for (TouchpointType type : TouchpointType.values()) {
            double expected = naive(contacts, contact -> contact.type() == type, asOf, halfLife);
            assertThat(engagement.level(type, asOf)).as(type.name()).isCloseTo(expected, nearly(expected));
        }
        double expected = naive(contacts, EngagementTest::isResponse, asOf, halfLife);
        assertThat(engagement.total(asOf)).isCloseTo(expected, nearly(expected));
    }

    /** The shares of what the contacts are grouped by; the weights are relative to the newest, so none underflows. */
    private static Map<Object, Double> shares(List<Touchpoint> contacts, List<?> groups, long halfLife) {
        long newest = contacts.get(contacts.size() - 1).time();
        Map<Object, Double> sums = new HashMap<>();
        for (int i = 0; i < contacts.size(); i++) {
            if (isResponse(contacts.get(i)) && groups.get(i) != null) {
                double age = newest - contacts.get(i).time();
                sums.merge(groups.get(i), Math.pow(2, -age / halfLife), Double::sum);
            }
        }
        double all = sums.values().stream().mapToDouble(sum -> sum).sum();
        sums.replaceAll((group, sum) -> sum / all);
        return sums;
    }

    private static double greatest(Map<Object, Double> shares) {
        return shares.values().stream().mapToDouble(share -> share).max().orElse(0);
    }

    @Property(tries = 500)
    void levelsAreThePlainSums(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 80) int count,
            @ForAll @DoubleRange(min = 0.01, max = 1_000) double halfLifeDays,
            @ForAll @DoubleRange(max = 100) double silence) {
        long halfLife = (long) (halfLifeDays * DAY);
        List<Touchpoint> contacts = Contacts.of(random, day(0), count, 20 * DAY, 12);
        Engagement engagement = counted(contacts, halfLife);
        long asOf = contacts.get(count - 1).time() + (long) (silence * DAY);
        mustAgree(engagement, contacts, asOf, halfLife);
    }

    @Property(tries = 500)
    void theBestChannelAndHourHaveTheGreatestShare(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @DoubleRange(min = 5, max = 1_000) double halfLifeDays) {
        long halfLife = (long) (halfLifeDays * DAY);
        List<Touchpoint> contacts = Contacts.of(random, day(0), count, 5 * DAY, CHANNELS);
        Engagement engagement = counted(contacts, halfLife);

        List<String> channels = new ArrayList<>();
        contacts.forEach(contact -> channels.add(contact.channel()));
        Map<Object, Double> byChannel = shares(contacts, channels, halfLife);
        Engagement.Channel channel = engagement.bestChannel();
        assertThat(channel == null).isEqualTo(byChannel.isEmpty());
        if (channel != null) {
            assertThat(channel.share()).isCloseTo(byChannel.get(channel.name()), within(1e-9));
            assertThat(channel.share()).isCloseTo(greatest(byChannel), within(1e-9));
        }

        Map<Object, Double> byHour = shares(
                contacts, contacts.stream().map(contact -> hour(contact.time())).toList(), halfLife);
        Engagement.Hour hour = engagement.bestHour();
        assertThat(hour == null).isEqualTo(byHour.isEmpty());
        if (hour != null) {
            assertThat(hour.share()).isCloseTo(byHour.get(hour.hour()), within(1e-9));
            assertThat(hour.share()).isCloseTo(greatest(byHour), within(1e-9));
        }
    }

    @Property(tries = 300)
    void anyOrderOfArrivalGivesTheSameLevels(@ForAll Random random, @ForAll @IntRange(min = 1, max = 60) int count) {
        List<Touchpoint> contacts = Contacts.of(random, day(0), count, 10 * DAY, 5);
        long asOf = contacts.get(count - 1).time() + DAY;
        List<Touchpoint> shuffled = new ArrayList<>(contacts);
        Collections.shuffle(shuffled, random);
        mustAgree(counted(shuffled, 30 * DAY), contacts, asOf, 30 * DAY);
    }

    @Property(tries = 100)
    void theSameOrderGivesTheSameBits(@ForAll Random random, @ForAll @IntRange(min = 1, max = 60) int count) {
        List<Touchpoint> contacts = Contacts.of(random, day(0), count, 10 * DAY, 12);
        Engagement one = counted(contacts, DAY);
        Engagement other = counted(contacts, DAY);
        assertThat(other).usingRecursiveComparison().isEqualTo(one);
        assertThat(other.total(day(900))).isEqualTo(one.total(day(900)));
    }

    /** With an hour's half-life a year is 8,760 of them: weights against one landmark would overflow ten times over. */
    @Property(tries = 50)
    void theLandmarkMovesOnBeforeAnythingOverflows(@ForAll Random random) {
        List<Touchpoint> contacts = Contacts.of(random, day(0), 400, 2 * DAY, 5);
        Engagement engagement = new Engagement();
        for (int i = 0; i < contacts.size(); i++) {
            Touchpoint contact = contacts.get(i);
            engagement.add(contact, 0, HOUR, contact.time());
            mustAgree(engagement, contacts.subList(0, i + 1), contact.time(), HOUR);
        }
        assertThat(engagement.decay().landmark()).isGreaterThan(contacts.get(0).time());
    }

    @Property(tries = 300)
    void aNewHalfLifeHoldsFromTheInstantOfTheContactThatBringsIt(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 30) int before,
            @ForAll @IntRange(min = 1, max = 30) int after,
            @ForAll @DoubleRange(min = 1, max = 200) double oldDays,
            @ForAll @DoubleRange(min = 1, max = 200) double newDays) {
        long oldHalfLife = (long) (oldDays * DAY);
        long newHalfLife = (long) (newDays * DAY);
        List<Touchpoint> contacts = Contacts.of(random, day(0), before + after, 5 * DAY, 5);
        Engagement engagement = counted(contacts.subList(0, before), oldHalfLife);
        contacts.subList(before, before + after)
                .forEach(contact -> engagement.add(contact, 0, newHalfLife, contact.time()));

        long change = contacts.get(before).time();
        long asOf = contacts.get(before + after - 1).time() + 3 * DAY;
        double decayed = naive(contacts.subList(0, before), contact -> true, change, oldHalfLife)
                * Math.pow(2, -(double) (asOf - change) / newHalfLife);
        double expected = decayed + naive(contacts.subList(before, before + after), contact -> true, asOf, newHalfLife);
        double level = 0;
        for (TouchpointType type : TouchpointType.values()) {
            level += engagement.level(type, asOf);
        }
        assertThat(level).isCloseTo(expected, nearly(expected));
    }

    @Test
    void aContactIsWorthHalfAfterAHalfLife() {
        Engagement engagement = counted(List.of(touch(TouchpointType.VISIT, day(0))), 30 * DAY);
        assertThat(engagement.total(day(0))).isEqualTo(1);
        assertThat(engagement.total(day(30))).isCloseTo(0.5, within(1e-15));
        assertThat(engagement.total(day(90))).isCloseTo(0.125, within(1e-15));
        assertThat(engagement.total(day(1e6))).isZero();
    }

    @Test
    void contactsThatAreNoResponseSayNothingOfChannelAndHour() {
        Engagement engagement = new Engagement();
        engagement.add(Contacts.on("email", TouchpointType.IMPRESSION, day(0)), 9, DAY, day(0));
        assertThat(engagement.level(TouchpointType.IMPRESSION, day(0))).isEqualTo(1);
        assertThat(engagement.total(day(0))).isZero();
        assertThat(engagement.bestChannel()).isNull();
        assertThat(engagement.bestHour()).isNull();
    }

    @Test
    void ofEqualsTheFirstByNameAndTheEarliestHourIsBest() {
        Engagement engagement = new Engagement();
        engagement.add(Contacts.on("web", TouchpointType.CLICK, day(0)), 21, DAY, day(0));
        engagement.add(Contacts.on("app", TouchpointType.CLICK, day(0)), 8, DAY, day(0));
        engagement.add(Contacts.on(null, TouchpointType.CLICK, day(0)), 13, DAY, day(0));
        engagement.add(Contacts.on(null, TouchpointType.CLICK, day(0)), 13, DAY, day(0));
        assertThat(engagement.bestChannel()).isEqualTo(new Engagement.Channel("app", 0.5));
        assertThat(engagement.bestHour()).isEqualTo(new Engagement.Hour(13, 0.5));
        engagement.add(Contacts.on("", TouchpointType.CLICK, day(0)), 8, DAY, day(0));
        assertThat(engagement.bestChannel()).isEqualTo(new Engagement.Channel("app", 0.5));
        assertThat(engagement.bestHour()).isEqualTo(new Engagement.Hour(8, 0.4));
    }

    @Test
    void aNinthChannelTakesThePlaceOfTheWeakest() {
        Engagement engagement = new Engagement();
        for (String channel : List.of("a", "b", "c", "d", "e", "f", "g", "h", "a", "b", "c", "e", "f", "g")) {
            engagement.add(Contacts.on(channel, TouchpointType.VISIT, day(0)), 0, DAY, day(0));
        }
        engagement.add(Contacts.on("new", TouchpointType.VISIT, day(0)), 0, DAY, day(0));
        assertThat(names(engagement)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g", "new");
        engagement.add(Contacts.on("newer", TouchpointType.VISIT, day(1)), 0, DAY, day(1));
        assertThat(names(engagement)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g", "newer");
        engagement.add(Contacts.on("newest", TouchpointType.VISIT, day(1)), 0, DAY, day(1));
        assertThat(names(engagement)).containsExactlyInAnyOrder("a", "b", "c", "e", "f", "g", "newer", "newest");
    }

    @Test
    void whateverChannelsAreCalledTheirNamesTakeLittleRoom() {
        Engagement engagement = new Engagement();
        for (int i = 0; i < 1_000; i++) {
            String channel = "c".repeat(1 + i % 100) + i;
            engagement.add(Contacts.on(channel, TouchpointType.VISIT, day(i)), 0, DAY, day(i));
        }
        assertThat(names(engagement)).hasSize(CHANNELS).allMatch(name -> name.length() <= 64);
        assertThat(engagement.total(day(999))).isCloseTo(2, within(1e-9));
    }

    private static List<String> names(Engagement engagement) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < engagement.channels().size(); i++) {
            names.add(engagement.channels().name(i));
        }
        return names;
    }

    @Test
    void aContactAThousandHalfLivesLateCountsForNothing() {
        Engagement engagement =
                counted(List.of(touch(TouchpointType.VISIT, day(2_000)), touch(TouchpointType.CLICK, day(900))), DAY);
        assertThat(engagement.types().mask()).isEqualTo(1L << TouchpointType.VISIT.ordinal());
    }

    @Test
    void whatDecayedToNothingTakesNoRoom() {
        Engagement engagement = counted(
                List.of(Contacts.on("web", TouchpointType.VISIT, day(0)), touch(TouchpointType.CONSENT, day(2_000))),
                DAY);
        assertThat(engagement.types().mask()).isEqualTo(1L << TouchpointType.CONSENT.ordinal());
        assertThat(engagement.hours().mask()).isZero();
        assertThat(engagement.channels().size()).isZero();
    }

    @Test
    void aHalfLifeIsPositive() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> counted(List.of(touch(TouchpointType.VISIT, day(0))), -1));
    }
}
