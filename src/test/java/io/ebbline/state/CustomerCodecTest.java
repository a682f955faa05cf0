package io.ebbline.state;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.back;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.partBack;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Engine;
import io.ebbline.engine.EngineRules;
import io.ebbline.engine.History.Span;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Move.Hop;
import io.ebbline.event.Purchase;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Episode;
import io.ebbline.profile.Exposure;
import io.ebbline.profile.Membership;
import io.ebbline.profile.Membership.Member;
import io.ebbline.profile.Membership.Retired;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Sentiment;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.state.PackedReader.MalformedException;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import io.ebbline.testing.StoredBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class CustomerCodecTest {

    private static final String STORED = "customer-v3.hex";
    private static final String CUSTOMER = "12583";

    /** An order that names its category. */
    private static final Purchase OF_TEA = new Purchase(
            "b@" + day(3), day(3), "b", "GBP", null, null, List.of(new Line("s", "tea", 10_000, 200_000, null)), 2_000);

    private static final ScoringModel MODEL = Shop.calm().withLookBack(400 * DAY);

    private static byte[] bytes(Customer customer) {
        PackedWriter out = new PackedWriter();
        CustomerCodec.write(customer, out);
        return out.toBytes();
    }

    /** One that waits and was shown again, and one that was accepted. */
    private static final List<Exposure> EXPOSURES = List.of(
            new Exposure("tea-10", Pace.TWICE, day(5), day(19), day(6), Exposure.Answer.NONE, Profile.NEVER),
            new Exposure("sku:tea", Pace.NEVER, day(6), day(20), Profile.NEVER, Exposure.Answer.ACCEPTED, day(6) + 1));

    private static Customer throughBytes(Customer customer) {
        return CustomerCodec.read(new PackedReader(bytes(customer)));
    }

    /** Two kept orders, one of them out of the ledger; a returned one; a return beside them; a category; a visit; a prediction that came true; two events waiting, two in the overflow. */
    private static Customer sample() {
        Customer customer = new Customer();
        ModelTimeline models = new ModelTimeline();
        models.add(MODEL, 0);
        List<Event> events = List.of(
                order("z", day(-401), 700),
                order("a", day(0), 1_000),
                OF_TEA,
                partBack("b", day(4), 500),
                wholeBack("a", day(5)),
                back(day(5), 40),
                visit(day(6)));
        new Engine(EngineRules.defaults(), models, NaiveEngine.TOPIC, "churn-signals", "score-changes")
                .advance(CUSTOMER, customer.profile(), ListInbox.of(events), day(6), day(6), effect -> {});
        customer.profile().prediction(new Prediction(day(2), day(184), 0.375, 2 * DAY, day(3)));
        customer.profile().shelf().purchase(OF_TEA, true, day(3));
        customer.profile().exposures().restore(EXPOSURES);
        for (Event event : List.of(order("c", day(9), 300), visit(day(8)))) {
            customer.waiting().insert(event.time(), new EventCodec().encode(event));
        }
        customer.timers().arm(day(20));
        customer.intoOverflow();
        customer.intoOverflow();
        customer.intoOverflow();
        customer.outOfOverflow();
        customer.history().restore(List.of(Span.stored(day(7), 1, 200, true), Span.stored(day(14), 0, 300, false)));
        customer.useSlot(1, true);
        return customer;
    }

    @Test
    @EnabledIfSystemProperty(named = "ebbline.regenerate", matches = ".*", disabledReason = "writes the stored bytes")
    void regenerate() throws IOException {
        StoredBytes.write(STORED, bytes(sample()));
    }

    @Test
    void theStoredBytesOfVersionThreeSayWhatTheyAlwaysSaid() throws IOException {
        Customer customer = CustomerCodec.read(new PackedReader(StoredBytes.read(STORED)));
        assertThat(customer.timers().earliest()).isEqualTo(1_579_564_800_000L); // 2020-01-21
        assertThat(customer.overflow()).isEqualTo(2);
        assertThat(customer.overflowed()).isEqualTo(3);
        assertThat(customer.history().spans()).extracting(Span::end).containsExactly(day(7), day(14));
        assertThat(customer.history().spans()).extracting(Span::slot).containsExactly(1, 0);
        assertThat(customer.history().spans()).extracting(Span::weight).containsExactly(200, 300);
        assertThat(customer.history().spans())
                .allMatch(span -> span.base() == null && span.entries().isEmpty());
        assertThat(customer.usesSlot(0)).isFalse();
        assertThat(customer.usesSlot(1)).isTrue();
        assertThat(customer.waitingCount()).isEqualTo(4);
        assertThat(customer.waiting().size()).isEqualTo(2);
        assertThat(EventCodec.decode(
                        customer.waiting().time(0), customer.waiting().body(0)))
                .isEqualTo(visit(1_578_528_000_000L));
        assertThat(EventCodec.decode(
                        customer.waiting().time(1), customer.waiting().body(1)))
                .isEqualTo(order("c", 1_578_614_400_000L, 300));

        Profile profile = customer.profile();
        assertThat(profile.keptOrders()).isEqualTo(2);
        assertThat(profile.lastOrder()).isEqualTo(1_578_096_000_000L); // 2020-01-04
        assertThat(profile.monetaryMinor()).isEqualTo(700 + 2_000 - 500 - 40);
        assertThat(profile.data())
                .isEqualTo(new Profile.Data(
                        1, // z: kept, out of the ledger
                        1_543_190_400_000L, // 2018-11-26
                        1_543_190_400_000L,
                        3,
                        3_700,
                        1_540,
                        1,
                        1_578_355_200_000L, // 2020-01-07
                        1_578_355_200_000L,
                        1_578_355_200_000L,
                        1_579_682_809_744L, // the next review
                        1_578_268_800_000L, // 2020-01-06: an order came back
                        3)); // told then: another segment, and a change of scores by each of the two returns
        assertThat(profile.standing())
                .isEqualTo(new Standing(
                        5,
                        1, // the order of 2018 is out of the window
                        1,
                        4,
                        "New",
                        1_578_268_800_000L,
                        Stage.GROWTH,
                        1_577_836_800_000L,
                        Episode.NONE,
                        "default/1",
                        34_560_000_000L,
                        1_578_355_200_000L));

        assertThat(profile.spending().at()).isEqualTo(1_578_096_000_000L);
        assertThat(profile.spending().recent())
                .isCloseTo(700 * Math.pow(.5, 404 / 91.0) + 1_000 * Math.pow(.5, 3 / 91.0) + 2_000, within(1e-9));
        assertThat(profile.prediction())
                .isEqualTo(new Prediction(
                        1_578_009_600_000L, // 2020-01-03
                        1_593_734_400_000L, // 2020-07-03
                        0.375,
                        172_800_000,
                        1_578_096_000_000L));

        assertThat(profile.ledger().size()).isEqualTo(2);
        assertThat(profile.ledger().key(0)).isEqualTo(NaiveEngine.hash("a"));
        assertThat(profile.ledger().time(0)).isEqualTo(1_577_836_800_000L);
        assertThat(profile.ledger().gross(0)).isEqualTo(1_000);
        assertThat(profile.ledger().returned(0)).isEqualTo(1_000);
        assertThat(profile.ledger().whole(0)).isTrue();
        assertThat(profile.ledger().key(1)).isEqualTo(NaiveEngine.hash("b"));
        assertThat(profile.ledger().returned(1)).isEqualTo(500);
        assertThat(profile.ledger().whole(1)).isFalse();

        assertThat(profile.looseReturns().size()).isEqualTo(1);
        assertThat(profile.looseReturns().time(0)).isEqualTo(1_578_268_800_000L); // 2020-01-06
        assertThat(profile.looseReturns().minor(0)).isEqualTo(40);
        assertThat(profile.category()).isEqualTo("tea");

        assertThat(profile.seen().size()).isEqualTo(6);
        assertThat(profile.seen().key(0)).isEqualTo(NaiveEngine.hash("purchases\uffffa@1577836800000"));
        assertThat(profile.seen().time(0)).isEqualTo(1_577_836_800_000L);
        assertThat(profile.seen().key(5)).isEqualTo(NaiveEngine.hash("touchpoints\uffffVISIT@1578355200000"));
        assertThat(profile.seen().time(5)).isEqualTo(1_578_355_200_000L);

        // A return two days before the visit and two one day before, under a half-life of 365 days.
        assertThat(profile.sentiment().level(Sentiment.Voice.RETURNS, 1_578_355_200_000L))
                .isCloseTo(Math.pow(2, -2 / 365.0) + 2 * Math.pow(2, -1 / 365.0), within(1e-12));
        assertThat(profile.dealings().campaignShare()).isZero();
        assertThat(profile.dealings().dealShare()).isNaN();

        assertThat(profile.exposures().open()).isEqualTo(EXPOSURES);
        assertThat(profile.shelf().orders()).isEqualTo(1);
        assertThat(profile.shelf().items()).singleElement().satisfies(owned -> {
            assertThat(owned.sku()).isEqualTo("s");
            assertThat(owned.category()).isEqualTo("tea");
            assertThat(owned.last()).isEqualTo(1_578_096_000_000L); // 2020-01-04
            assertThat(owned.lastOrder()).isEqualTo(NaiveEngine.hash("b"));
        });
    }

    @Test
    void versionThreeIsWrittenAsItAlwaysWas() throws IOException {
        assertThat(bytes(sample())).isEqualTo(StoredBytes.read(STORED));
    }

    @Test
    void aNewCustomerIsReadBackAsOne() {
        Customer customer = throughBytes(new Customer());
        assertThat(customer.timers().earliest()).isEqualTo(LiveTimers.NONE);
        assertThat(customer.waitingCount()).isZero();
        assertThat(customer.profile().data()).isEqualTo(new Profile().data());
        assertThat(customer.profile().standing()).isEqualTo(Standing.NONE);
    }

    /** One who has been merged into another, after two had been merged into them. */
    private static Customer merged() {
        Customer customer = sample();
        Hop first = new Hop("änne", day(2), "q1");
        Hop second = new Hop("bert", day(3), "q2");
        customer.profile()
                .membership(new Membership(
                        new Retired("cäsar", new Hop(CUSTOMER, day(9), "q3")),
                        List.of(
                                new Member(List.of(), sample().profile()),
                                new Member(List.of(first, second), new Profile()),
                                new Member(List.of(second), sample().profile()))));
        return customer;
    }

    @Test
    void membersAreReadBackAndCostWhoHasNoneOneByte() {
        Customer read = throughBytes(merged());
        Membership membership = read.profile().membership();
        assertThat(membership.retired())
                .isEqualTo(merged().profile().membership().retired());
        assertThat(membership.members())
                .extracting(Member::path)
                .containsExactlyElementsOf(merged().profile().membership().members().stream()
                        .map(Member::path)
                        .toList());
        assertThat(membership.members())
                .extracting(member -> member.profile().data())
                .containsExactly(
                        sample().profile().data(),
                        new Profile().data(),
                        sample().profile().data());
        assertThat(bytes(read)).isEqualTo(bytes(merged()));
        PackedWriter none = new PackedWriter();
        MembershipCodec.write(Membership.NONE, none);
        assertThat(none.size()).isEqualTo(1);
        Damage.theEnd(bytes(merged()), bytes -> CustomerCodec.read(new PackedReader(bytes)));
        Damage.oneByte(bytes(merged()), 0, bytes -> CustomerCodec.read(new PackedReader(bytes)));
    }

    @Test
    void ofWhomThePointerAloneIsKnownSomethingIsKept() {
        Customer customer = new Customer();
        assertThat(customer.isBlank()).isTrue();
        customer.profile().membership(new Membership(new Retired("b", new Hop("a", 1, "q")), List.of()));
        assertThat(throughBytes(customer).isBlank()).isFalse();
    }

    @Property(tries = 300)
    void whoIsStoredAndReadInBetweenIsToldTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size, @ForAll Random random) {
        RandomHistory history = RandomHistory.of(seed, size);
        Engine engine =
                new Engine(history.rules(), history.timeline(), NaiveEngine.TOPIC, "churn-signals", "score-changes");
        List<List<Effect>> told = new ArrayList<>();
        List<Profile> last = new ArrayList<>();
        for (boolean stored : new boolean[] {false, true}) {
            Customer customer = new Customer();
            List<Effect> effects = new ArrayList<>();
            ListInbox inbox = ListInbox.of(history.events());
            for (long watermark = history.events().get(0).time(); !inbox.isEmpty(); watermark += 20 * DAY) {
                engine.advance(history.customer(), customer.profile(), inbox, watermark, watermark, effects::add);
                if (stored && random.nextInt(3) > 0) {
                    customer = throughBytes(customer);
                }
            }
            told.add(effects);
            last.add(customer.profile());
        }
        assertThat(told.get(1)).isEqualTo(told.get(0));
        assertThat(last.get(1).data()).isEqualTo(last.get(0).data());
        assertThat(last.get(1).standing()).isEqualTo(last.get(0).standing());
        assertThat(last.get(1).prediction()).isEqualTo(last.get(0).prediction());
    }

    @Test
    void flinksSerializerReadsWhatItWroteAndCopiesWithoutSharing() throws IOException {
        CustomerSerializer serializer = new CustomerSerializer();
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(sample(), out);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
        Customer read = serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer()));
        assertThat(bytes(read)).isEqualTo(bytes(sample()));
        Customer copy = serializer.copy(read);
        Shop.apply(copy.profile(), order("new", day(50), 1));
        assertThat(bytes(read)).isEqualTo(bytes(sample()));
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] bytes = bytes(sample());
        assertThat(bytes[0]).isEqualTo((byte) 3);
        bytes[0] = 2;
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> CustomerCodec.read(new PackedReader(bytes)))
                .withMessage("A customer is stored in format 2, which this release does not know: run the release"
                        + " that wrote it, or a newer one.");
    }

    @Test
    void bytesThatEndEarlyAreRefused() {
        Damage.theEnd(bytes(sample()), bytes -> CustomerCodec.read(new PackedReader(bytes)));
    }

    @Test
    void damagedBytesAreRefusedOrReadAsAnotherCustomer() {
        Damage.oneByte(bytes(sample()), 0, bytes -> CustomerCodec.read(new PackedReader(bytes)));
    }
}
