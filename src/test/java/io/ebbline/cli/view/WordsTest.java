package io.ebbline.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.churn.SignalKind;
import io.ebbline.event.TouchpointType;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
    /** Codes that say it all. */
    private static final Set<String> WITHOUT_NUMBER = Set.of("FIRST", "NO", "ONE", "MERGED", "UNMERGED");

    private final Words words = new Words(Currency.getInstance("GBP"));

    @ParameterizedTest
    @EnumSource
    void everyReasonHasWordsWithItsNumberAndWithoutItsCode(ReasonCode code) {
        boolean share = words.of(Reason.of(code, 0.37)).contains("37 %");
        String bare = words.of(new Reason(code, share ? 0.37 : 3700, Double.NaN, null));
        String full = words.of(new Reason(code, share ? 0.37 : 3700, share ? 0.43 : 4300, "COMPLAINT"));

        assertThat(List.of(bare, full)).allSatisfy(text -> {
            assertThat(text)
                    .isNotBlank()
                    .doesNotContain("NaN", "null", "_", "  ")
                    .doesNotEndWith(".");
            assertThat(text).doesNotContain(code.name().length() > 4 ? code.name() : "P_");
            if (!WITHOUT_NUMBER.contains(code.name().split("_", 2)[0])) {
                assertThat(text).containsPattern("37 %|3,700|37\\.00|529 weeks");
            }
        });
    }

    @Test
    void noTwoReasonsShareTheirWords() {
        // Being overdue is the same number as the days since an order, held against another.
        assertThat(Arrays.stream(ReasonCode.values())
                        .map(code -> words.of(new Reason(code, 0.5, 0.7, "X")))
                        .toList())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "OVERDUE | 48.2 | 14 | - | 48 days since the last order, usually every 14",
                "OVERDUE | 2.5 | 1 | - | 2.5 days since the last order, usually every day",
                "HORIZON | 182 | - | - | looks ahead 26 weeks",
                "HORIZON | 30 | - | - | looks ahead 30 days",
                "REPEATS | 1 | - | - | 1 repeat order",
                "LOW_REPURCHASE | 0.004 | - | - | chance of another order less than 1 %",
                "LOW_REPURCHASE | 0.21 | 0.3 | - | chance of another order 21 %, a sign below 30 %",
                "SPEND_FALL | 0.32 | 0.5 | - | spends 32 % of what it used to, a sign below 50 %",
                "FREQUENCY_FALL | 5.24 | 4 | - | orders less often than it used to (evidence 5.2, a sign from 4)",
                "NEGATIVE | 1 | - | COMPLAINT | a complaint 1 day ago",
                "NEGATIVE | 3 | - | SURVEY | a poor survey answer 3 days ago",
                "NEGATIVE | 3 | - | RETURNS | returns 3 days ago",
                "NO_RECENT_ORDER | 400 | 365 | - | no order for 400 days, counted within 365 days",
                "WAKE_UP | 12 | - | - | an order after 12 days in decline",
                "WIN_BACK | 210.4 | - | - | an order after 210 days away",
                "CHANNEL | 0.995 | - | app | more than 99 % of contacts by app",
                "CHANNEL | 1 | - | app | 100 % of contacts by app",
                "NET_SPEND | 123456 | 200000 | - | 1,234.56 GBP spent, a better score above 2,000.00 GBP",
                "KEPT_ORDERS | 1 | 2 | - | 1 order, a better score above 2",
                "ENGAGEMENT | 3.25 | - | CART_ADD | 3.3 recent contacts of type cart add",
                "EXPECTED_ORDERS | 1.25 | - | - | 1.3 orders expected",
                "EXPECTED_VALUE | 123456 | - | - | 1,234.56 GBP still expected",
                "DISCOUNT_RATE | 0.1 | - | - | discounted by 10 % a year",
                "STEP | 12 | - | first basket | reached first basket 12 days ago",
                "CHANNEL | 0.62 | - | app | 62 % of contacts by app",
                "HOUR | 0.34 | - | 18 | 34 % of contacts in the hour from 18",
                "AVERAGE_ORDER | 4250 | 5000 | - | 42.50 GBP an order, much above 50.00 GBP",
                "POTENTIAL | 1234.4 | - | - | 12.34 GBP still to come",
                "DEAL_SHARE | 0.62 | 0.5 | - | 62 % of the spend on deals, dependent above 50 %",
                "CATEGORY | 0.4 | - | tea | 40 % of the spend on tea",
                "RATING | 4.25 | - | - | rates 4.3 of 5",
                "COMPLAINTS | 1 | - | - | 1 recent complaint",
                "NO_SURVEY | 0 | - | - | no answer, review or complaint is known",
                "FOLLOWS | 6.1 | - | 22384 | bought 22384; its buyers go on to it 6.1 times as often",
                "CATEGORY_FOLLOWS | 2 | - | TEA | bought of TEA; its buyers go on to it 2 times as often",
                "GOES_WITH | 5.24 | - | 22384 | bought 22384, with which it goes 5.2 times as often",
                "POPULAR | 0.0212 | - | - | popular now: in 2.1 % of orders",
                "POPULAR | 0.0004 | - | - | popular now: in less than 0.1 % of orders",
                "USED_UP | 31 | 28 | - | bought about every 28 days, 31 days ago",
                "USED_UP | 31 | - | - | bought 31 days ago",
                "OWN_ORDERS | 5 | - | - | bought 5 times",
                "BOUGHT_AGAIN | 0.42 | - | - | 42 % of its buyers buy it again",
                "TAKEN_UP | 0.125 | - | - | 13 % of customers with orders like these took it up",
            })
    void numbersHaveTheirUnits(ReasonCode code, double value, Double reference, String label, String expected) {
        Reason reason = new Reason(code, value, reference == null ? Double.NaN : reference, label);

        assertThat(words.of(reason)).isEqualTo(expected);
    }

    @Test
    void whatFollowsIsNamedWhereItIsKnown() {
        assertThat(words.of(new Reason(ReasonCode.FOLLOWS, 6.1, Double.NaN, "LUNCH BAG RED"), "LUNCH BAG PINK"))
                .isEqualTo("bought LUNCH BAG RED; its buyers go on to LUNCH BAG PINK 6.1 times as often");
    }

    @Test
    void moneyHasTheDigitsOfItsCurrency() {
        Reason spend = Reason.of(ReasonCode.NET_SPEND, -1500);

        assertThat(new Words(Currency.getInstance("JPY")).of(spend)).isEqualTo("-1,500 JPY spent");
        assertThat(new Words(Currency.getInstance("EUR")).of(spend)).isEqualTo("-15.00 EUR spent");
    }

    @Test
    void aSignalIsWhatItSaysAndWhy() {
        Reason overdue = new Reason(ReasonCode.OVERDUE, 48, 14);
        Reason chance = new Reason(ReasonCode.LOW_REPURCHASE, 0.1, 0.3);

        assertThat(words.of(new Signal(0, "c", SignalKind.RECOVERY, Risk.NONE, List.of())))
                .isEqualTo("back in rhythm");
        assertThat(words.of(new Signal(0, "c", SignalKind.ESCALATION, Risk.HIGH, List.of(overdue, chance))))
                .isEqualTo("slipping further, high risk: 48 days since the last order, usually every 14; chance of"
                        + " another order 10 %, a sign below 30 %");
    }

    @Test
    void everyKindOfSignalHasWordsOfItsOwn() {
        assertThat(Arrays.stream(SignalKind.values()).map(Words::of).toList())
                .containsExactly(
                        "slipping",
                        "slipping further",
                        "woke up",
                        "back in rhythm",
                        "gone",
                        "won back",
                        "every order came back");
    }

    @Test
    void anOfferIsWhatItIsAndWhatItIsWorthAndWhy() {
        Reason follows = new Reason(ReasonCode.FOLLOWS, 6.1, Double.NaN, "22384");

        assertThat(words.of(new MadeOffer(
                        0, "c", "sku:20725", Kind.EXPLORE, "20725", "bags", 4, 0.043, 49.6, List.of(follows))))
                .isEqualTo(
                        "cross-sell 20725 and 4 more, 4.3 % likely, worth 0.50 GBP: bought 22384; its buyers go on to"
                                + " 20725 6.1 times as often");
        assertThat(words.of(new MadeOffer(
                        0, "c", "spring", Kind.CAMPAIGN, "20725", "bags", 0, 0.25, 1200, List.of(follows))))
                .isEqualTo("campaign spring (20725), 25 % likely, worth 12.00 GBP: bought 22384; its buyers go on to"
                        + " 20725 6.1 times as often");
        assertThat(words.of(new MadeOffer(0, "c", "any", Kind.RESCUE, null, null, 0, 0, 0, List.of())))
                .isEqualTo("rescue any, 0 % likely, worth 0.00 GBP");
        assertThat(words.of(new WithdrawnOffer(0, "c", "sku:20725", Withdrawn.Why.CONSENT_WITHDRAWN)))
                .isEqualTo("withdrawn 20725: consent withdrawn");
    }

    @Test
    void everyKindOfOfferAndEveryWithdrawalHasWordsOfItsOwn() {
        assertThat(Arrays.stream(Kind.values()).map(Words::of).toList())
                .containsExactly("cross-sell", "replenish", "bundle", "popular", "rescue", "win back with", "campaign");
        assertThat(Arrays.stream(Withdrawn.Why.values()).map(Words::of).toList())
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches("[a-z ]+"));
    }

    @Test
    void flowsHaveShortWords() {
        assertThat(Words.flow(null, "PROSPECT")).isEqualTo("new");
        assertThat(Words.flow(null, "GROWTH")).isEqualTo("first order");
        assertThat(Words.flow("DECLINE", "MATURE")).isEqualTo("woke up");
        assertThat(Words.flow("DEPARTED", "GROWTH")).isEqualTo("won back");
        assertThat(Words.flow("MATURE", "DECLINE")).isEqualTo("slipping");
        assertThat(Words.flow("PROSPECT", null)).isEqualTo("forgotten");
        for (Stage from : Stage.values()) {
            for (Stage to : Stage.values()) {
                assertThat(Words.flow(from.name(), to.name())).hasSizeLessThanOrEqualTo(14);
            }
        }
    }

    @Test
    void everyTypeOfContactCanBeALabel() {
        for (TouchpointType type : TouchpointType.values()) {
            assertThat(words.of(new Reason(ReasonCode.ENGAGEMENT, 2, Double.NaN, type.name())))
                    .matches("2 recent contacts of type [a-z ]+");
        }
    }
}
