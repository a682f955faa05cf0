package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.touch;
import static io.ebbline.testing.Shop.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.testing.Contacts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Steps against a table that is searched from the top for every history. */
class JourneyTest {

    private static final double GOOD = 4;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final ShopClock CLOCK = new ShopClock(ZONE);

    private static final String ATTENTION =
            "IMPRESSION OPEN OFFER_SHOWN OFFER_REJECTED COMPLAINT UNSUBSCRIBE CONSENT UNKNOWN";
    private static final String INTEREST = "VISIT VIEW SEARCH CLICK SERVICE_CONTACT REVIEW SURVEY";
    private static final String DESIRE = "CART_ADD WISH_LIST COUPON_CLAIMED OFFER_ACCEPTED";

    private record Step(String name, long since) {}

    /** Orders are instants, touchpoints are what they are; both in order of time. */
    private record Past(List<Touchpoint> touchpoints, List<Long> orders) {

        private long first(Predicate<Touchpoint> which) {
            return touchpoints.stream()
                    .filter(which)
                    .mapToLong(Touchpoint::time)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        private long firstOf(String types) {
            List<String> any = List.of(types.split(" "));
            return first(touchpoint -> any.contains(touchpoint.type().name()));
        }

        private long firstGood() {
            return first(touchpoint -> touchpoint.value() != null
                    && touchpoint.value() >= GOOD
                    && List.of("REVIEW", "SURVEY").contains(touchpoint.type().name()));
        }

        private long order(int nth) {
            return orders.size() < nth ? Long.MAX_VALUE : orders.get(nth - 1);
        }

        private long cameBack() {
            TreeMap<LocalDate, Long> days = new TreeMap<>();
            touchpoints.stream()
                    .filter(touchpoint -> touchpoint.type().isVisit())
                    .forEach(touchpoint -> days.merge(
                            Instant.ofEpochMilli(touchpoint.time()).atZone(ZONE).toLocalDate(),
                            touchpoint.time(),
                            Math::min));
            return days.values().stream().skip(1).findFirst().orElse(Long.MAX_VALUE);
        }

        Step aidas() {
            long satisfied = LongStream.of(firstGood(), firstOf("REFERRAL"), order(2))
                    .min()
                    .orElseThrow();
            return furthest(
                    new Step("SATISFACTION", satisfied),
                    new Step("ACTION", order(1)),
                    new Step("DESIRE", firstOf(DESIRE)),
                    new Step("INTEREST", firstOf(INTEREST)),
                    new Step("ATTENTION", firstOf(ATTENTION)));
        }

        Step aarrr() {
            return furthest(
                    new Step("REFERRAL", firstOf("REFERRAL")),
                    new Step("REVENUE", order(1)),
                    new Step("RETENTION", cameBack()),
                    new Step("ACTIVATION", firstOf(INTEREST + " " + DESIRE)),
                    new Step("ACQUISITION", first(any -> true)));
        }

        private static Step furthest(Step... fromTheTop) {
            return Arrays.stream(fromTheTop)
                    .filter(step -> step.since != Long.MAX_VALUE)
                    .findFirst()
                    .orElse(new Step("null", Profile.NEVER));
        }
    }

    private static Step aidas(Journey journey) {
        return new Step(String.valueOf(journey.aidas()), journey.aidasSince());
    }

    private static Step aarrr(Journey journey) {
        return new Step(String.valueOf(journey.aarrr()), journey.aarrrSince());
    }

    private static Journey of(Touchpoint... touchpoints) {
        Journey journey = new Journey();
        Stream.of(touchpoints).forEach(touchpoint -> journey.on(touchpoint, CLOCK, GOOD));
        return journey;
    }

    @Property(tries = 2_000)
    void theFurthestStepIsTheTables(
            @ForAll Random random,
            @ForAll @IntRange(min = 0, max = 6) int count,
            @ForAll @IntRange(min = 0, max = 2) int ordering) {
        Journey journey = new Journey();
        List<Touchpoint> touchpoints = new ArrayList<>();
        List<Long> orders = new ArrayList<>();
        for (Touchpoint touchpoint : Contacts.of(random, day(0), count, DAY, 3)) {
            if (random.nextInt(8) < ordering) {
                orders.add(touchpoint.time());
                journey.onOrder(touchpoint.time());
            } else {
                touchpoints.add(touchpoint);
                journey.on(touchpoint, CLOCK, GOOD);
            }
            Past past = new Past(touchpoints, orders);
            assertThat(aidas(journey)).isEqualTo(past.aidas());
            assertThat(aarrr(journey)).isEqualTo(past.aarrr());
        }
    }

    @Test
    void everyTypeLeadsSomewhere() {
        Map<String, Integer> steps = new TreeMap<>();
        for (TouchpointType type : TouchpointType.values()) {
            Aidas step = of(touch(type, day(0))).aidas();
            assertThat(step).isNotNull();
            steps.merge(step.name(), 1, Integer::sum);
        }
        assertThat(steps).isEqualTo(Map.of("ATTENTION", 8, "INTEREST", 7, "DESIRE", 4, "SATISFACTION", 1));
    }

    @Test
    void aReviewIsGoodFromTheThresholdOn() {
        assertThat(of(Contacts.valued(TouchpointType.REVIEW, day(0), GOOD)).aidas())
                .isEqualTo(Aidas.SATISFACTION);
        assertThat(of(Contacts.valued(TouchpointType.REVIEW, day(0), Math.nextDown(GOOD)))
                        .aidas())
                .isEqualTo(Aidas.INTEREST);
        assertThat(of(Contacts.valued(TouchpointType.SURVEY, day(0), Double.NaN))
                        .aidas())
                .isEqualTo(Aidas.INTEREST);
    }

    @Test
    void comingBackIsCountedByTheShopsDays() {
        long evening = Instant.parse("2020-01-01T15:59:59Z").toEpochMilli(); // a second before midnight in Shanghai
        assertThat(of(visit(evening), visit(evening + 999)).aarrr()).isEqualTo(Aarrr.ACTIVATION);
        assertThat(aarrr(of(visit(evening), visit(evening + 1_000)))).isEqualTo(new Step("RETENTION", evening + 1_000));
    }

    @Test
    void aLateVisitOrOrderLeadsFurtherAndIsDatedByTheOneThatCompletesTheStep() {
        assertThat(aarrr(of(visit(day(5)), visit(day(2))))).isEqualTo(new Step("RETENTION", day(5)));
        assertThat(aarrr(of(visit(day(5.5)), visit(day(5.4)), visit(day(6))))).isEqualTo(new Step("RETENTION", day(6)));
        assertThat(aarrr(of(visit(day(5.4)), visit(day(5.5)), visit(day(4)))))
                .isEqualTo(new Step("RETENTION", day(5.4)));
        assertThat(aarrr(of(visit(day(5.5)), visit(day(5.4)), visit(day(4)))))
                .isEqualTo(new Step("RETENTION", day(5.4)));
        Journey journey = new Journey();
        journey.onOrder(day(9));
        journey.onOrder(day(7));
        assertThat(aidas(journey)).isEqualTo(new Step("SATISFACTION", day(9)));
    }

    @Test
    void whatWasReachedStaysWithItsTime() {
        Journey journey = of(touch(TouchpointType.REFERRAL, day(3)));
        journey.on(touch(TouchpointType.REFERRAL, day(1)), CLOCK, GOOD);
        journey.onOrder(day(4));
        journey.on(visit(day(5)), CLOCK, GOOD);
        assertThat(aidas(journey)).isEqualTo(new Step("SATISFACTION", day(3)));
        assertThat(aarrr(journey)).isEqualTo(new Step("REFERRAL", day(3)));
    }
}
