package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.SpendLayer;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.BuyerCodec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BuyerTest {

    private static final ShopClock UTC = new ShopClock(ZoneOffset.UTC);
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

    @Property(tries = 200)
    void knowsAtEveryInstantWhatTheEnginesOwnFoldKnows(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 2_000) Integer> hours,
            @ForAll @IntRange(min = 0, max = 3_000) int cutHour) {
        List<Event> events = new ArrayList<>();
        hours.stream()
                .sorted()
                .forEach(hour -> events.add(order("o" + events.size(), START + hour * HOUR, 100 + hour, 1 + hour % 3)));
        long cut = START + cutHour * HOUR;
        Profile profile = new Profile();
        ScoringModel model = ScoringModel.shipped();
        events.stream().filter(e -> e.time() <= cut).forEach(e -> profile.apply(e, model, UTC));
        Buyer buyer = fold(events);

        if (profile.orders() == 0) {
            assertThatThrownBy(() -> buyer.at(cut)).hasMessageContaining("first order comes after");
            return;
        }
        Buyer.Sample sample = buyer.at(cut);
        double lambda = model.buying().decayed().lambdaPerDay();
        double silence = profile.rhythm().silence(cut) / (double) DAY;
        assertThat(sample.orders()).isEqualTo(profile.orders());
        assertThat(sample.repeats()).isEqualTo(profile.rhythm().repeats());
        assertThat(sample.spanDays()).isEqualTo(profile.rhythm().span() / (double) DAY);
        assertThat(sample.silenceDays()).isEqualTo(silence);
        assertThat(sample.ageDays()).isCloseTo((cut - buyer.firstOrder()) / (double) DAY, within(1e-9));
        assertThat(sample.grossMinor()).isEqualTo(profile.grossMinor());
        assertThat(profile.spending().recent(cut))
                .isCloseTo(buyer.decayedSpend(cut, SpendLayer.LAMBDA_PER_DAY), within(1e-9));
        assertThat(buyer.decayedRepeats(cut, lambda))
                .isCloseTo(profile.rhythm().decayed() * Math.exp(-lambda * silence), within(1e-9));
        assertThat(buyer.occasions(cut, Long.MAX_VALUE) + 1 + sample.repeats())
                .isEqualTo(1 + buyer.at(START + 9_999 * HOUR).repeats());
    }

    @Property(tries = 200)
    void untilAnInstantIsAsIfNothingHadComeAfterIt(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 200) Integer> hours,
            @ForAll @IntRange(min = 0, max = 200) int cutHour) {
        List<Event> events = new ArrayList<>();
        hours.stream().sorted().forEach(hour -> {
            String order = "o" + events.size() / 2;
            events.add(order(order, START + hour * HOUR, 100 + hour, 1));
            if (hour % 5 == 0) {
                events.add(new Return("r" + order, START + hour * HOUR, order, false, "EUR", List.of(line(1, 50)), 50));
            }
        });
        long cut = START + cutHour * HOUR;
        List<Event> known = events.stream().filter(e -> e.time() <= cut).toList();
        Buyer buyer = fold(events);
        if (known.isEmpty()) {
            assertThatThrownBy(() -> buyer.until(cut)).hasMessageContaining("first order comes after");
            return;
        }
        Buyer then = buyer.until(cut);
        assertThat(then).usingRecursiveComparison().isEqualTo(fold(known));
        assertThat(then.until(Long.MAX_VALUE)).isSameAs(then);
        byte[] bytes = BuyerCodec.write(then);
        assertThat(BuyerCodec.read(bytes, UTC)).usingRecursiveComparison().isEqualTo(then);
    }

    @Example
    void countsByHand() {
        List<Event> events = List.of(
                order("a", START, 1_000, 2),
                order("b", START + HOUR, 500, 1),
                order("c", START + 10 * DAY, 2_000, 4),
                order("c", START + 11 * DAY, 300, 1),
                new Return("r", START + 12 * DAY, "c", false, "EUR", List.of(line(1, 250)), 250),
                order("d", START + 30 * DAY, 700, 1));
        Buyer buyer = fold(events);

        Buyer.Sample sample = buyer.at(START + 20 * DAY);
        assertThat(sample.orders()).isEqualTo(3);
        assertThat(sample.repeats()).isEqualTo(1);
        assertThat(sample.spanDays()).isEqualTo(10);
        assertThat(sample.silenceDays()).isEqualTo(10);
        assertThat(sample.logGaps()).isCloseTo(Math.log(10 - 1 / 24.0), within(1e-12));
        assertThat(sample.grossMinor()).isEqualTo(3_800);
        assertThat(sample.returnedMinor()).isEqualTo(250);
        assertThat(sample.units()).isEqualTo(8);
        assertThat(buyer.decayedSpend(START + 20 * DAY, 0)).isEqualTo(3_800);
        assertThat(buyer.decayedSpend(START + 20 * DAY, Math.log(2) / 10))
                .isCloseTo(
                        1_000 * Math.pow(.5, 2)
                                + 500 * Math.pow(.5, (20 - 1 / 24.0) / 10)
                                + 2_000 * .5
                                + 300 * Math.pow(.5, .9),
                        within(1e-9));
        assertThat(buyer.occasions(START + 20 * DAY, START + 30 * DAY)).isEqualTo(1);
        assertThat(buyer.occasions(START, START + 5 * DAY)).isZero();
        assertThat(buyer.netMinor(START + 10 * DAY, START + 30 * DAY)).isEqualTo(300 - 250 + 700);

        Buyer then = buyer.until(START + 20 * DAY);
        assertThat(then.at(START + 20 * DAY)).isEqualTo(sample);
        assertThat(then.at(START + 30 * DAY).orders()).isEqualTo(3);
        assertThat(then.netMinor(START + 10 * DAY, START + 30 * DAY)).isEqualTo(300 - 250);
        assertThat(buyer.until(START).at(START + 30 * DAY).returnedMinor()).isZero();
    }

    @Example
    void aSecondDeliveryCountsOnceWithinTheHorizon() {
        Event order = order("a", START, 1_000, 2);
        BuyerFold fold = new BuyerFold(UTC, 30 * DAY);
        fold.add(order);
        fold.add(order);
        Buyer buyer = fold.buyer();

        assertThat(buyer).isNotNull();
        assertThat(buyer.at(START).grossMinor()).isEqualTo(1_000);
        assertThat(new BuyerFold(UTC, DAY).buyer()).isNull();
    }

    private static Buyer fold(List<Event> events) {
        BuyerFold fold = new BuyerFold(UTC, 30 * DAY);
        events.forEach(fold::add);
        Buyer buyer = fold.buyer();
        assertThat(buyer).isNotNull();
        return buyer;
    }

    private static Purchase order(String orderId, long time, long minor, int units) {
        return new Purchase(orderId + "@" + time, time, orderId, "EUR", null, null, List.of(line(units, minor)), minor);
    }

    private static Line line(int units, long minor) {
        return Line.of("sku", null, BigDecimal.valueOf(units), BigDecimal.valueOf(minor, 2));
    }
}
