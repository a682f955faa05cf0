package io.ebbline.profile;

import static io.ebbline.testing.Shop.DAY;
import static io.ebbline.testing.Shop.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.TouchpointType;
import io.ebbline.model.ChurnRules;
import io.ebbline.profile.Grievances.Kind;
import io.ebbline.testing.Contacts;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What speaks against the shop. A spree is three returns within 30 days; 2 is a bad rating. */
class GrievancesTest {

    private static final ChurnRules RULES = ChurnRules.shipped();

    private final Grievances grievances = new Grievances();

    private void returned(double... days) {
        Arrays.stream(days).forEach(day -> grievances.returned(day(day), RULES));
    }

    private void mustBe(Kind kind, long at) {
        assertThat(grievances.kind()).isEqualTo(kind);
        assertThat(grievances.at()).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT,,COMPLAINT",
        "COMPLAINT,5,COMPLAINT",
        "UNSUBSCRIBE,,UNSUBSCRIBE",
        "SURVEY,2,SURVEY",
        "SURVEY,2.01,NONE",
        "SURVEY,,NONE",
        "SURVEY,NaN,NONE",
        "REVIEW,-1,REVIEW",
        "REVIEW,3,NONE",
        "REVIEW,,NONE"
    })
    void aContactMaySpeakAgainstTheShop(TouchpointType type, Double value, Kind kind) {
        grievances.contact(
                value == null ? Contacts.on(null, type, day(1)) : Contacts.valued(type, day(1), value), RULES);
        mustBe(kind, kind == Kind.NONE ? Profile.NEVER : day(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = TouchpointType.class,
            names = {"COMPLAINT", "UNSUBSCRIBE", "SURVEY", "REVIEW"},
            mode = EnumSource.Mode.EXCLUDE)
    void noOtherContactDoes(TouchpointType type) {
        grievances.contact(Contacts.valued(type, day(1), 1), RULES);
        mustBe(Kind.NONE, Profile.NEVER);
    }

    @Test
    void theLatestCounts() {
        grievances.contact(Contacts.on(null, TouchpointType.COMPLAINT, day(1)), RULES);
        grievances.contact(Contacts.on(null, TouchpointType.UNSUBSCRIBE, day(3)), RULES);
        mustBe(Kind.UNSUBSCRIBE, day(3));
        grievances.contact(Contacts.on(null, TouchpointType.COMPLAINT, day(2)), RULES);
        mustBe(Kind.UNSUBSCRIBE, day(3));
    }

    @Test
    void threeReturnsWithinThirtyDaysAreASpreeAndTwoAreNot() {
        returned(0, 10);
        mustBe(Kind.NONE, Profile.NEVER);
        returned(30);
        mustBe(Kind.RETURNS, day(30));
    }

    @Test
    void threeReturnsOverAMillisecondMoreAreNone() {
        returned(0, 10);
        grievances.returned(day(30) + 1, RULES);
        mustBe(Kind.NONE, Profile.NEVER);
    }

    @Test
    void aLateReturnMakesUpASpreeAsOfItsLastReturn() {
        returned(0, 20, 10);
        mustBe(Kind.RETURNS, day(20));
        assertThat(grievances.lastReturn()).isEqualTo(day(20));
        assertThat(grievances.returnBefore()).isEqualTo(day(10));
    }

    @Test
    void aLateReturnOfLongBeforeMakesNone() {
        returned(100, 120, 80);
        mustBe(Kind.NONE, Profile.NEVER);
    }

    @Test
    void aLateReturnBeforeASecondOneIsRemembered() {
        returned(20, 10);
        assertThat(grievances.returnBefore()).isEqualTo(day(10));
        returned(40);
        mustBe(Kind.RETURNS, day(40));
    }

    @Property
    void ofThreeReturnsTheOrderOfArrivalDoesNotMatter(
            @ForAll @Size(3) List<@IntRange(min = 0, max = 60) Integer> days) {
        Grievances fresh = new Grievances();
        days.forEach(day -> fresh.returned(day(day), RULES));
        List<Integer> sorted = days.stream().sorted().toList();
        boolean spree = (sorted.get(2) - sorted.get(0)) * DAY <= 30 * DAY;
        assertThat(fresh.kind()).isEqualTo(spree ? Kind.RETURNS : Kind.NONE);
        assertThat(fresh.at()).isEqualTo(spree ? day(sorted.get(2)) : Profile.NEVER);
    }

    @Test
    void theBeginningAndTheFarEndOfTimeAreFarApart() {
        grievances.returned(0, RULES);
        grievances.returned(Long.MAX_VALUE / 2, RULES);
        grievances.returned(Long.MAX_VALUE / 2, RULES);
        mustBe(Kind.NONE, Profile.NEVER);
    }
}
