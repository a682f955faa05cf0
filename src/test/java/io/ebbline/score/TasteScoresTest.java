package io.ebbline.score;

import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static io.ebbline.testing.Shop.profile;
import static io.ebbline.testing.Shop.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.testing.Contacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Categories, channels and deals. All at one instant, so that nothing has faded. */
class TasteScoresTest {

    private static final ScoringModel MODEL = ScoringModel.shipped();

    /** An order of lines "category=cents"; the discount in cents. */
    private static Purchase bought(String id, @Nullable String channel, @Nullable Long off, String... lines) {
        List<Line> bought = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            String category = parts[0].isEmpty() ? null : parts[0];
            bought.add(new Line("sku", category, 10_000, 100 * Long.parseLong(parts[1]), null));
        }
        return new Purchase(
                id, day(0), id, "GBP", channel, off == null ? null : 100 * off, bought, Line.sumMinor(bought, 2));
    }

    private static ScoreValue value(Score score, Profile profile) {
        return score.evaluate(profile, MODEL, day(0));
    }

    private static void mustBeUnknown(Score score, Profile profile, ReasonCode why) {
        ScoreValue value = value(score, profile);
        assertThat(value.value()).isNaN();
        assertThat(value.reasons()).containsExactly(Reason.of(why, 0));
    }

    @Test
    void theFirstThreeCategoriesHaveTheirShares() {
        Profile profile = profile(
                bought("a", null, null, "tea=400", "cups=250", "=9000"),
                bought("b", null, null, "pots=200", "milk=150"));
        ScoreValue affinity = value(new CategoryAffinity(), profile);
        assertThat(affinity.label()).isEqualTo("tea");
        assertThat(affinity.value()).isCloseTo(0.4, within(1e-12));
        assertThat(affinity.reasons()).extracting(Reason::label).containsExactly("tea", "cups", "pots");
        assertThat(affinity.reasons().get(1).value()).isCloseTo(0.25, within(1e-12));
        assertThat(affinity.reasons().get(2).value()).isCloseTo(0.2, within(1e-12));
        ScoreValue needs = value(new FourCNeeds(), profile);
        assertThat(needs.label()).isEqualTo("tea");
        assertThat(needs.value()).isEqualTo(affinity.value());
        assertThat(needs.reasons()).isEqualTo(affinity.reasons().subList(0, 1));
    }

    @Test
    void fewCategoriesGiveFewReasons() {
        Profile profile = profile(bought("a", null, null, "tea=400"));
        assertThat(value(new CategoryAffinity(), profile).reasons())
                .containsExactly(new Reason(ReasonCode.CATEGORY, 1, Double.NaN, "tea"));
    }

    @Test
    void withoutACategoryOrAChannelNothingIsSaid() {
        Profile profile = profile(order("a", day(0), 100));
        mustBeUnknown(new CategoryAffinity(), profile, ReasonCode.NO_CATEGORY_KNOWN);
        mustBeUnknown(new FourCNeeds(), profile, ReasonCode.NO_CATEGORY_KNOWN);
        mustBeUnknown(new FourCConvenience(), profile, ReasonCode.NO_CHANNEL_KNOWN);
    }

    @Test
    void theChannelOfMostOrdersIsTheConvenientOne() {
        Profile profile = profile(
                bought("a", "web", null, "tea=9000"),
                bought("b", "store", null, "tea=1"),
                bought("c", "store", null, "tea=1"),
                bought("c", "app", null, "tea=1")); // more of the same order
        ScoreValue value = value(new FourCConvenience(), profile);
        assertThat(value.label()).isEqualTo("store");
        assertThat(value.value()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(value.reasons())
                .containsExactly(new Reason(ReasonCode.ORDER_CHANNEL, value.value(), Double.NaN, "store"));
    }

    @Test
    void theHourAndTheChannelOfResponsesMakeTheCommunication() {
        Touchpoint click = Contacts.on("email", TouchpointType.CLICK, day(0) + 9 * 3_600_000);
        ScoreValue value = value(new FourCCommunication(), profile(click));
        assertThat(value.value()).isEqualTo(9);
        assertThat(value.label()).isEqualTo("email");
        assertThat(value.reasons())
                .containsExactly(
                        new Reason(ReasonCode.CHANNEL, 1, Double.NaN, "email"),
                        new Reason(ReasonCode.HOUR, 1, Double.NaN, "9"));
        ScoreValue nowhere = value(new FourCCommunication(), profile(visit(day(0))));
        assertThat(nowhere.value()).isZero();
        assertThat(nowhere.label()).isNull();
        assertThat(nowhere.reasons()).containsExactly(new Reason(ReasonCode.HOUR, 1, Double.NaN, "0"));
        mustBeUnknown(
                new FourCCommunication(),
                profile(Contacts.on("email", TouchpointType.IMPRESSION, day(0))),
                ReasonCode.NO_CONTACT);
    }

    @Test
    void priceSensitivityIsTheShareOfSpendOnDeals() {
        Touchpoint campaign =
                new Touchpoint("t", day(0) - 1, TouchpointType.OPEN, null, null, null, "spring", null, null);
        Profile profile = profile(
                bought("a", null, 0L, "tea=600"),
                campaign,
                bought("b", null, 75L, "tea=300"),
                bought("c", null, 25L, "tea=100"));
        ScoreValue value = value(new PriceSensitivity(), profile);
        assertThat(value.value()).isCloseTo(0.4, within(1e-9));
        assertThat(value.reasons())
                .extracting(Reason::code)
                .containsExactly(ReasonCode.DEAL_SHARE, ReasonCode.DISCOUNT_DEPTH, ReasonCode.CAMPAIGN_SHARE);
        assertThat(value.reasons().get(0).value()).isEqualTo(value.value());
        assertThat(value.reasons().get(1).value()).isCloseTo(100 / 500.0, within(1e-9));
        assertThat(value.reasons().get(2).value()).isCloseTo(0.4, within(1e-9));
        ScoreValue cost = value(new FourCCost(), profile);
        assertThat(cost.value()).isEqualTo(value.value());
        assertThat(cost.reasons()).isEqualTo(value.reasons().subList(0, 1));
    }

    @Test
    void priceSensitivityTakesTwoOrdersAndAWordOfDiscounts() {
        for (Score score : List.of(new PriceSensitivity(), new FourCCost())) {
            mustBeUnknown(score, profile(visit(day(0))), ReasonCode.NO_ORDER);
            mustBeUnknown(score, profile(bought("a", null, 0L, "tea=1")), ReasonCode.ONE_ORDER);
            mustBeUnknown(
                    score,
                    profile(bought("a", null, null, "tea=1"), bought("b", null, null, "tea=1")),
                    ReasonCode.NO_DISCOUNT_KNOWN);
        }
    }
}
