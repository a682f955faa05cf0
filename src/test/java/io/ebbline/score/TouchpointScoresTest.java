package io.ebbline.score;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.touch;
import static io.ebbline.testing.Shop.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import io.ebbline.testing.Contacts;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchpointScoresTest {

    private static final ShopClock CLOCK = new ShopClock(ZoneOffset.UTC);
    private static final List<Score> ALL =
            List.of(new AarrrStep(), new AidasStep(), new BestChannel(), new BestHour(), new EngagementLevel());

    /** Contacts with a half-life of ten days. */
    private static Profile contacted(Touchpoint... contacts) {
        Profile profile = new Profile();
        for (Touchpoint contact : contacts) {
            profile.engagement().add(contact, CLOCK.hour(contact.time()), 10 * DAY, contact.time());
            profile.journey().on(contact, CLOCK, 4);
        }
        return profile;
    }

    private static ScoreValue value(Score score, Profile profile, long asOf) {
        return score.evaluate(profile, ScoringModel.shipped(), asOf);
    }

    @Test
    void withoutAContactEveryScoreIsUnknownAndSaysWhy() {
        for (Score score : ALL) {
            ScoreValue value = value(score, new Profile(), day(0));
            assertThat(value.name()).isEqualTo(score.name());
            assertThat(value.value()).isNaN();
            assertThat(value.label()).isNull();
            assertThat(value.reasons()).containsExactly(Reason.of(ReasonCode.NO_CONTACT, 0));
        }
    }

    @Test
    void anImpressionAloneIsAStepAndNoResponse() {
        Profile profile = contacted(Contacts.on("email", TouchpointType.IMPRESSION, day(0)));
        assertThat(value(new AidasStep(), profile, day(1)).value()).isEqualTo(1);
        assertThat(value(new AarrrStep(), profile, day(1)).value()).isEqualTo(1);
        for (Score score : List.of(new BestChannel(), new BestHour(), new EngagementLevel())) {
            assertThat(value(score, profile, day(1)).value()).isNaN();
        }
    }

    @Test
    void engagementIsTheDecayedResponsesWithTheThreeStrongestTypes() {
        Profile profile = contacted(
                touch(TouchpointType.OPEN, day(0)),
                touch(TouchpointType.VIEW, day(10)),
                touch(TouchpointType.CLICK, day(10)),
                touch(TouchpointType.VIEW, day(20)),
                touch(TouchpointType.IMPRESSION, day(20)),
                touch(TouchpointType.SEARCH, day(20)));
        ScoreValue value = value(new EngagementLevel(), profile, day(30));
        assertThat(value.value()).isCloseTo(0.125 + 0.25 + 0.25 + 0.5 + 0.5, within(1e-12));
        assertThat(value.label()).isNull();
        assertThat(value.reasons()).extracting(Reason::code).containsOnly(ReasonCode.ENGAGEMENT);
        assertThat(value.reasons()).extracting(Reason::label).containsExactly("VIEW", "SEARCH", "CLICK");
        assertThat(value.reasons().get(0).value()).isCloseTo(0.75, within(1e-12));
        assertThat(value.reasons().get(1).value()).isCloseTo(0.5, within(1e-12));
        assertThat(value.reasons().get(2).value()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void engagementDriftsWithoutNews() {
        Profile profile = contacted(visit(day(0)));
        assertThat(new EngagementLevel().changesAt(profile, ScoringModel.shipped(), day(0)))
                .isEqualTo(Profile.NO_DEADLINE);
        assertThat(value(new EngagementLevel(), profile, day(10)).value()).isCloseTo(0.5, within(1e-12));
        assertThat(value(new EngagementLevel(), profile, day(20)).value()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void theFurthestStepsSayHowLongAgoTheyWereReached() {
        Profile profile = contacted(visit(day(0)), touch(TouchpointType.CART_ADD, day(2)), visit(day(3)));
        assertThat(value(new AidasStep(), profile, day(4.5)))
                .isEqualTo(new ScoreValue(
                        "aidas-step", 3, "DESIRE", List.of(new Reason(ReasonCode.STEP, 2.5, Double.NaN, "DESIRE"))));
        assertThat(value(new AarrrStep(), profile, day(4.5)))
                .isEqualTo(new ScoreValue(
                        "aarrr-step",
                        3,
                        "RETENTION",
                        List.of(new Reason(ReasonCode.STEP, 2.5, Double.NaN, "RETENTION"))));
        profile.journey().onOrder(day(5));
        assertThat(value(new AidasStep(), profile, day(6)).value()).isEqualTo(4);
        assertThat(value(new AarrrStep(), profile, day(6)).value()).isEqualTo(4);
        profile.journey().on(touch(TouchpointType.REFERRAL, day(6)), CLOCK, 4);
        assertThat(value(new AidasStep(), profile, day(6)).value()).isEqualTo(5);
        assertThat(value(new AarrrStep(), profile, day(6)).value()).isEqualTo(5);
    }

    @Test
    void theBestChannelAndHourCarryTheirShare() {
        Profile profile = contacted(
                Contacts.on("web", TouchpointType.VISIT, day(0) + 9 * 3_600_000),
                Contacts.on("app", TouchpointType.VIEW, day(0) + 20 * 3_600_000),
                Contacts.on("app", TouchpointType.VIEW, day(0) + 20 * 3_600_000),
                Contacts.on("app", TouchpointType.VIEW, day(10) + 9 * 3_600_000));
        ScoreValue channel = value(new BestChannel(), profile, day(40));
        double app = 2 * 0.5 * Math.pow(2, 11.0 / 240) + 1; // at 20:00 eleven hours less had passed
        assertThat(channel.value()).isCloseTo(app / (app + 0.5), within(1e-12));
        assertThat(channel.label()).isEqualTo("app");
        assertThat(channel.reasons())
                .containsExactly(new Reason(ReasonCode.CHANNEL, channel.value(), Double.NaN, "app"));

        ScoreValue hour = value(new BestHour(), profile, day(40));
        assertThat(hour.value()).isEqualTo(9);
        assertThat(hour.reasons()).hasSize(1);
        assertThat(hour.reasons().get(0).code()).isEqualTo(ReasonCode.HOUR);
        assertThat(hour.reasons().get(0).value()).isCloseTo(1.5 / (app + 0.5), within(1e-12));
    }
}
