package io.ebbline.connector.feed;

import static io.ebbline.connector.feed.ShopEvents.DAY;
import static io.ebbline.connector.feed.ShopEvents.START;
import static io.ebbline.connector.feed.ShopEvents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the campaign tool reports, against the truth about the offers and the customers. */
class CampaignsTest {

    private static final double SHARE = 0.4;
    private static final SimulatedShop SHOP = new SimulatedShop(3, 3_000, 700, START, with(ShopRates.clean(), SHARE));
    private static final List<CustomerTruth> CUSTOMERS =
            SHOP.truth().customers().toList();

    private static ShopEvents events;

    @BeforeAll
    static void send() {
        events = new ShopEvents(SHOP);
    }

    /** A hundred megabytes, which the tests after this one need. */
    @AfterAll
    static void forget() {
        events = new ShopEvents(List.of());
    }

    private static ShopRates with(ShopRates r, double campaigns) {
        return new ShopRates(
                r.returns(),
                r.named(),
                r.whole(),
                r.duplicates(),
                r.delayed(),
                r.late(),
                r.future(),
                r.anonymous(),
                r.foreign(),
                r.broken(),
                campaigns);
    }

    private static List<Touchpoint> reports(CustomerTruth customer) {
        List<Touchpoint> reports = new ArrayList<>();
        for (Event event : events.of(customer.id())) {
            if (event instanceof Touchpoint t && t.id().contains("/campaign/")) {
                reports.add(t);
            }
        }
        return reports;
    }

    @Property(tries = 15)
    void withoutThemAllElseIsTheSame(@ForAll long seed) {
        SimulatedShop with = new SimulatedShop(seed, 40, 200, START, with(ShopRates.defaults(), 0.8));
        SimulatedShop without = new SimulatedShop(seed, 40, 200, START, with(ShopRates.defaults(), 0));
        List<FeedRecord> records = with.history().records();
        List<FeedRecord> rest = records.stream()
                .filter(r -> r.event() == null || !r.event().id().contains("/campaign/"))
                .toList();

        assertThat(text(rest)).isEqualTo(text(without.history().records()));
        assertThat(records).hasSizeGreaterThan(rest.size());
    }

    /** Whoever is settled and never breaks is interested; whoever has stopped is not. */
    private static @Nullable Boolean isGone(CustomerTruth c, long time) {
        if (c.kind() == BreakKind.NONE && c.rhythmDays() != null) {
            return false;
        }
        boolean stopped = c.kind() == BreakKind.STOPPED && millis(c.brokeAt()) <= time;
        return stopped && (c.returnedAt() == null || time < millis(c.returnedAt())) ? true : null;
    }

    private static long millis(@Nullable Instant instant) {
        return Objects.requireNonNull(instant).toEpochMilli();
    }

    @Test
    void offersAreTakenAsTheTruthSays() {
        Map<String, double[]> counts = new HashMap<>();
        long last = SHOP.close() - (long) (8 * DAY);
        for (CustomerTruth c : CUSTOMERS) {
            boolean @Nullable [] gone = null;
            for (Touchpoint t : reports(c)) {
                if (t.type() == TouchpointType.OFFER_SHOWN) {
                    Boolean known = t.time() < last ? isGone(c, t.time()) : null;
                    gone = known == null ? null : new boolean[] {known};
                }
                if (gone != null && t.offerId() != null) {
                    double[] of = counts.computeIfAbsent(
                            t.offerId() + " " + c.segment() + " " + gone[0], key -> new double[3]);
                    of[t.type().ordinal() - TouchpointType.OFFER_SHOWN.ordinal()]++;
                }
            }
        }

        int checked = 0;
        for (OfferTruth truth : SHOP.truth().offers()) {
            for (boolean gone : new boolean[] {false, true}) {
                double[] of = counts.get(truth.offerId() + " " + truth.segment() + " " + gone);
                if (of != null) {
                    checked++;
                    double accepted = gone ? truth.acceptedGone() : truth.accepted();
                    assertThat(of[1]).isCloseTo(of[0] * accepted, within(1 + 4.5 * Math.sqrt(of[0] * accepted)));
                    assertThat(of[2])
                            .isCloseTo(of[0] * truth.rejected(), within(1 + 4.5 * Math.sqrt(of[0] * truth.rejected())));
                }
            }
        }
        // Four offers to those of five segments who stay, and five to those of them who have gone.
        assertThat(checked).isEqualTo(45);
        double[] regulars = counts.getOrDefault("FREE-SHIPPING REGULAR false", new double[3]);
        assertThat(regulars[0]).isGreaterThan(2_000);
        assertThat(regulars[1] / regulars[0]).isCloseTo(0.15, within(0.03));
    }

    @Test
    void asManyAreShownOneInAWeekAsAsked() {
        double weeks = 0;
        double shown = 0;
        for (CustomerTruth c : CUSTOMERS) {
            List<Touchpoint> reports = reports(c);
            boolean left = reports.stream().anyMatch(t -> t.type() == TouchpointType.CONSENT)
                    || events.of(c.id()).stream()
                            .anyMatch(e -> e instanceof Touchpoint t && t.type() == TouchpointType.UNSUBSCRIBE);
            if (!left) {
                List<Touchpoint> shows = reports.stream()
                        .filter(t -> t.type() == TouchpointType.OFFER_SHOWN)
                        .toList();
                long first = events.of(c.id()).get(0).time();
                weeks += (SHOP.close() - first) / (7 * DAY);
                shown += shows.size();
                assertThat(shows.stream().map(t -> (long) ((t.time() - START.toEpochMilli()) / DAY)))
                        .doesNotHaveDuplicates();
            }
        }

        assertThat(shown / weeks).isCloseTo(SHARE, within(0.01));
    }

    @Test
    void anAnswerFollowsWhatWasShownAndComesOnce() {
        long answers = 0;
        for (CustomerTruth c : CUSTOMERS) {
            Touchpoint shown = null;
            boolean answered = false;
            for (Touchpoint t : reports(c)) {
                if (t.type() == TouchpointType.OFFER_SHOWN) {
                    shown = t;
                    answered = false;
                } else if (t.type() != TouchpointType.CONSENT) {
                    answers++;
                    assertThat(shown).isNotNull();
                    assertThat(t.offerId()).isEqualTo(shown.offerId());
                    assertThat(t.channel()).isEqualTo(shown.channel()).isIn("email", "app");
                    assertThat(t.time() - shown.time()).isBetween(60_000L, (long) (7 * DAY));
                    assertThat(answered).isFalse();
                    answered = true;
                }
            }
        }

        assertThat(answers).isGreaterThan(5_000);
    }

    @Test
    void whoDoesNotWantToHearIsLeftAlone() {
        double withdrawn = 0;
        double shown = 0;
        for (CustomerTruth c : CUSTOMERS) {
            Set<@Nullable String> closed = new HashSet<>();
            for (Event event : events.of(c.id())) {
                if (event instanceof Touchpoint t) {
                    switch (t.type()) {
                        case OFFER_SHOWN -> {
                            shown++;
                            assertThat(closed).doesNotContain(t.channel());
                        }
                        case CONSENT -> {
                            withdrawn++;
                            assertThat(t.value()).isZero();
                            closed.add(t.channel());
                        }
                        case UNSUBSCRIBE -> closed.add("email");
                        default -> {}
                    }
                }
            }
        }

        assertThat(withdrawn / shown).isBetween(0.003, 0.005);
    }
}
