package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ScoringModel;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** The oracle is one customer to whom everything happened. */
class UnionTest {

    private static final ScoringModel MODEL = Shop.calm();
    private static final ShopClock CLOCK = new ShopClock(ZoneOffset.UTC);

    private static Profile union(Profile one, Profile other) {
        long asOf = Math.max(one.lastEvent(), other.lastEvent());
        return Profile.union(one, other, asOf, MODEL, CLOCK);
    }

    /** Goods go back where they were bought; else chance decides. */
    private static boolean isOfTheFirst(Event event, long seed) {
        String order = event instanceof Purchase purchase
                ? purchase.orderId()
                : event instanceof Return goods ? goods.orderId() : null;
        return ((order == null ? event.id() : order).hashCode() * 31 + seed) % 3 != 0;
    }

    @Property(tries = 500)
    void isWhatOneCustomerWouldHaveBeen(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        Profile one = new Profile();
        Profile other = new Profile();
        Profile all = new Profile();
        for (Event event : NaiveEngine.sorted(RandomHistory.of(seed, size).events())) {
            Profile part = isOfTheFirst(event, seed) ? one : other;
            Shop.apply(part, event, MODEL);
            Shop.apply(all, event, MODEL);
        }
        mustBe(all, union(one, other));
        mustBe(all, union(other, one));
    }

    private static void mustBe(Profile all, Profile both) {
        long asOf = all.lastEvent();
        assertThat(both.orders()).isEqualTo(all.orders());
        assertThat(both.firstOrder()).isEqualTo(all.firstOrder());
        assertThat(both.grossMinor()).isEqualTo(all.grossMinor());
        assertThat(both.touchpoints()).isEqualTo(all.touchpoints());
        assertThat(both.lastVisit()).isEqualTo(all.lastVisit());
        assertThat(both.lastEvent()).isEqualTo(all.lastEvent());
        assertThat(both.keptOrders()).isEqualTo(all.keptOrders());
        assertThat(both.lastOrder()).isEqualTo(all.lastOrder());
        assertThat(both.returnedMinor()).isEqualTo(all.returnedMinor());
        for (long days : new long[] {0, 1, 30, 400}) {
            assertThat(both.rfm(days * DAY, asOf)).isEqualTo(all.rfm(days * DAY, asOf));
        }
        mustBe(all.spend(), both.spend());
        mustBe(all.contacts(), both.contacts());
        assertThat(both.spending().recent(asOf))
                .isCloseTo(all.spending().recent(asOf), about(all.spending().recent(asOf)));
        for (TouchpointType type : TouchpointType.values()) {
            double level = all.engagement().level(type, asOf);
            assertThat(both.engagement().level(type, asOf)).isCloseTo(level, about(level));
        }
        assertThat(both.grievances().lastReturn()).isEqualTo(all.grievances().lastReturn());
        assertThat(both.grievances().returnBefore()).isEqualTo(all.grievances().returnBefore());
        assertThat(both.journey().aidas()).isEqualTo(all.journey().aidas());
        for (Sentiment.Voice voice : Sentiment.Voice.values()) {
            double level = all.sentiment().level(voice, asOf);
            assertThat(both.sentiment().level(voice, asOf)).isCloseTo(level, about(level));
        }
        Rhythm rhythm = all.rhythm();
        assertThat(both.rhythm().first()).isEqualTo(rhythm.first());
        assertThat(both.rhythm().last()).isEqualTo(rhythm.last());
        assertThat(both.rhythm().spent()).isCloseTo(rhythm.spent(), about(rhythm.spent()));
        assertThat(both.rhythm().quantity()).isEqualTo(rhythm.quantity());
        if (all.ledger().size() == all.orders()) {
            assertThat(both.rhythm().repeats()).isEqualTo(rhythm.repeats());
            assertThat(both.rhythm().decayed()).isCloseTo(rhythm.decayed(), about(rhythm.decayed()));
            assertThat(both.rhythm().recent()).isCloseTo(rhythm.recent(), about(rhythm.recent()));
            assertThat(both.rhythm().cusum()).isCloseTo(rhythm.cusum(), about(rhythm.cusum()));
        } else {
            // Occasions of one day that fell out of both ledgers count twice.
            assertThat(both.rhythm().repeats()).isBetween(rhythm.repeats(), rhythm.repeats() + all.orders());
        }
    }

    private static void mustBe(Trend all, Trend both) {
        assertThat(both.at()).isEqualTo(all.at());
        assertThat(both.count()).isEqualTo(all.count());
        assertThat(both.fast()).isCloseTo(all.fast(), about(all.fast()));
        assertThat(both.slow()).isCloseTo(all.slow(), about(all.slow()));
    }

    private static Offset<Double> about(double number) {
        return within(1e-6 + 1e-9 * Math.abs(number));
    }
}
