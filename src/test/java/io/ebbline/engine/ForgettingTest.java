package io.ebbline.engine;

import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.visit;
import static io.ebbline.testing.Shop.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Effect.Changed;
import io.ebbline.engine.Effect.Counted;
import io.ebbline.engine.Effect.Forgotten;
import io.ebbline.engine.Effect.Transition;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.testing.ListInbox;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import io.ebbline.testing.Shop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Prospects are forgotten after 400 days without an event, and what is counted of a customer goes with them. */
class ForgettingTest {

    private static final String CUSTOMER = "12583";

    private final Profile profile = new Profile();
    private final ListInbox inbox = new ListInbox();
    private final List<Effect> said = new ArrayList<>();
    private final Engine engine;

    ForgettingTest() {
        ModelTimeline models = new ModelTimeline();
        models.add(Shop.calm(), 0);
        engine = new Engine(
                EngineRules.defaults().until(day(3_000)), models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
    }

    private void advance(long watermark, Event... events) {
        inbox.addAll(Arrays.asList(events));
        engine.advance(CUSTOMER, profile, inbox, watermark, watermark, said::add);
    }

    @Test
    void aProspectIsForgottenAfterExactly400Days() {
        advance(day(400) - 1, visit(day(0)));
        assertThat(profile.standing().stage()).isEqualTo(Stage.PROSPECT);
        said.clear();
        advance(day(400));
        assertThat(said).hasSize(4);
        Transition transition = (Transition) said.get(0);
        assertThat(transition.asOf()).isEqualTo(day(400));
        assertThat(transition.kind()).isEqualTo(Transition.Kind.STAGE);
        assertThat(transition.previous()).isEqualTo("PROSPECT");
        assertThat(transition.current()).isNull();
        assertThat(transition.previousSince()).isEqualTo(day(0));
        assertThat(transition.trigger()).isEqualTo(Trigger.SILENCE);
        assertThat(transition.reasons()).containsExactly(Reason.of(ReasonCode.FORGOTTEN, 400));
        assertThat(said.get(1))
                .isEqualTo(
                        new Counted(day(400), new Figures(Stage.PROSPECT, day(0), 0, 0, Profile.NEVER), Figures.NONE));
        assertThat(((Changed) said.get(2)).asOf()).isEqualTo(day(400));
        assertThat(((Changed) said.get(2)).standing()).isEqualTo(Standing.NONE);
        assertThat(said.get(3)).isEqualTo(new Forgotten(day(400), 0, 0));
    }

    @Test
    void nothingIsLeftAndTheyBeginAnewAfterwards() {
        advance(day(450), visit(day(0)));
        assertThat(profile.data()).isEqualTo(new Profile().data());
        assertThat(profile.standing()).isEqualTo(Standing.NONE);
        assertThat(profile.seen().contains(1, Long.MIN_VALUE)).isFalse();
        said.clear();
        advance(day(500), visit(day(500)));
        assertThat(((Transition) said.get(0)).previous()).isNull();
        assertThat(((Transition) said.get(0)).current()).isEqualTo("PROSPECT");
        assertThat(((Counted) said.get(1)).before()).isEqualTo(Figures.NONE);
        assertThat(said.get(2)).isInstanceOf(Changed.class);
        assertThat(said.get(3)).isInstanceOf(Answer.class);
        assertThat(profile.touchpoints()).isEqualTo(1);
    }

    @Test
    void anEventAtTheVeryInstantKeepsThem() {
        advance(day(799), visit(day(0)), visit(day(400)));
        assertThat(said).noneMatch(Forgotten.class::isInstance);
        advance(day(800));
        assertThat(said).anyMatch(Forgotten.class::isInstance);
    }

    @Test
    void theMoneyOfWhoBroughtEverythingBackIsHandedOver() {
        advance(day(500), order("a", day(0), 1_000), wholeBack("a", day(10)));
        assertThat(said.get(said.size() - 1)).isEqualTo(new Forgotten(day(410), 1_000, 1_000));
    }

    @Test
    void whoHasAKeptOrderIsNeverForgotten() {
        advance(day(2_900), order("a", day(0), 1_000));
        assertThat(said).noneMatch(Forgotten.class::isInstance);
    }

    @Test
    void inOneStepTheForgottenAreToldBeforeTheyBeginAnew() {
        advance(day(900), visit(day(0)), visit(day(600)));
        assertThat(said.stream().map(Object::getClass).toList())
                .containsExactly(
                        Transition.class,
                        Counted.class,
                        Changed.class,
                        Transition.class,
                        Counted.class,
                        Changed.class,
                        Forgotten.class,
                        Transition.class,
                        Counted.class,
                        Changed.class,
                        Answer.class);
    }

    @Property(tries = 500)
    void eachCountTakesUpWhereTheOneBeforeItEnded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        RandomHistory history = RandomHistory.of(seed, size);
        List<Effect> effects = new ArrayList<>();
        Profile customer = new Profile();
        new Engine(history.rules(), history.timeline(), NaiveEngine.TOPIC, "churn-signals", "score-changes")
                .advance(
                        history.customer(),
                        customer,
                        ListInbox.of(history.events()),
                        Long.MAX_VALUE,
                        history.rules().until(),
                        effects::add);
        Figures standing = Figures.NONE;
        long orders = 0;
        long money = 0;
        for (Effect effect : effects) {
            if (effect instanceof Counted counted) {
                assertThat(counted.before()).isEqualTo(standing);
                assertThat(counted.now()).isNotEqualTo(standing);
                standing = counted.now();
                orders += counted.now().orders() - counted.before().orders();
                money += counted.now().monetaryMinor() - counted.before().monetaryMinor();
            }
        }
        assertThat(standing).isEqualTo(customer.figures());
        Rfm rfm = customer.rfm(
                customer.standing().lookBackMillis(), customer.standing().asOf());
        assertThat(orders).isEqualTo(rfm.orders());
        assertThat(money).isEqualTo(rfm.monetaryMinor());
    }
}
