package io.ebbline.churn;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.ChurnRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The signs that a customer is slipping away. Each is a yes or no at an instant, and each says when silence alone turns it
 * to yes. A set of signs is a bit mask, so that it is cheap to keep and compare.
 *
 * <p>A customer declines by a low chance of another order, by a slowdown of their own rhythm, or by two of falling spend,
 * falling engagement and a negative event.
 */
public final class Decline {

    /** The chance of an order has fallen below the threshold of decline. */
    public static final int LOW = 1;
    /** The CUSUM has found that orders come more slowly than they used to. */
    public static final int SLOW = 1 << 1;
    /** Recent spend is a small share of the usual. */
    public static final int SPEND = 1 << 2;
    /** Recent contacts are a small share of the usual. */
    public static final int ENGAGEMENT = 1 << 3;
    /** A negative event is recent. */
    public static final int NEGATIVE = 1 << 4;
    /** The chance of an order has fallen to a small share of the threshold of decline. */
    public static final int SEVERE = 1 << 5;

    /** Signs that are worth another signal when they come to an episode. */
    public static final int ESCALATING = LOW | SLOW | NEGATIVE;

    private static final int PAIRED = SPEND | ENGAGEMENT | NEGATIVE;
    private static final double DAY_MILLIS = 86_400_000;

    private Decline() {}

    /** The signs at an instant. Only for a customer who has ordered. */
    public static int signs(Profile profile, ScoringModel model, long asOf) {
        Rhythm rhythm = profile.rhythm();
        ChurnRules rules = model.churn();
        int signs = 0;
        if (isOverdue(rhythm, model, asOf)) {
            double chance = profile.rhythm().pBuy(model, asOf);
            double threshold = threshold(rhythm, rules);
            signs |= chance < threshold ? LOW : 0;
            signs |= chance < rules.severeShare() * threshold ? SEVERE : 0;
        }
        signs |= settled(profile, model) && rhythm.cusum(asOf, model) >= rules.cusumAlarm() ? SLOW : 0;
        signs |= asOf >= spendFalls(profile, model) ? SPEND : 0;
        signs |= asOf >= engagementFalls(profile, model) ? ENGAGEMENT : 0;
        signs |= asOf < negativeEnds(profile, model) ? NEGATIVE : 0;
        return signs;
    }

    /** Whether a set of signs means decline. */
    public static boolean declines(int signs) {
        return (signs & (LOW | SLOW)) != 0 || Integer.bitCount(signs & PAIRED) >= 2;
    }

    /** Whether the chance of an order is far enough above the threshold to leave decline, and no other sign holds on. */
    static boolean recovers(Profile profile, ScoringModel model, long asOf, int signs) {
        double threshold = threshold(profile.rhythm(), model.churn());
        return !declines(signs)
                && profile.rhythm().pBuy(model, asOf)
                        >= threshold * (1 + model.churn().recoverMargin());
    }

    /** Whether the chance of an order is so low that a long silence means departure. */
    static boolean gone(Profile profile, ScoringModel model, long asOf) {
        return isOverdue(profile.rhythm(), model, asOf)
                && profile.rhythm().pBuy(model, asOf) < model.churn().departBelow();
    }

    // ---- when silence brings a sign

    /**
     * The first instant after {@code asOf} and not after {@code before} at which silence brings one of the wanted signs
     * ({@link #LOW}, {@link #SLOW} or {@link #SEVERE}); NO_DEADLINE when none comes by then.
     */
    static long appears(int wanted, Profile profile, ScoringModel model, long asOf, long before) {
        ChurnRules rules = model.churn();
        long next = NO_DEADLINE;
        if ((wanted & LOW) != 0) {
            next = falls(threshold(profile.rhythm(), rules), profile, model, asOf, before);
        }
        if ((wanted & SEVERE) != 0) {
            double severe = rules.severeShare() * threshold(profile.rhythm(), rules);
            next = Math.min(next, falls(severe, profile, model, asOf, Math.min(before, next)));
        }
        if ((wanted & SLOW) != 0 && settled(profile, model)) {
            next = Math.min(next, slows(profile.rhythm(), model));
        }
        return next == NO_DEADLINE ? next : Math.max(next, asOf + 1);
    }

    /** The first instant after {@code asOf} at which silence makes a pair of the lesser signs; NO_DEADLINE: never. */
    static long pairs(Profile profile, ScoringModel model, long asOf) {
        long spend = spendFalls(profile, model);
        long engagement = engagementFalls(profile, model);
        long negative = negativeEnds(profile, model);
        long both = Math.max(Math.max(spend, engagement), asOf + 1);
        long one = Math.max(Math.min(spend, engagement), asOf + 1);
        return one < negative ? one : both;
    }

    /** When a negative event stops counting; NEVER when there is none. */
    static long negativeEnds(Profile profile, ScoringModel model) {
        long at = profile.grievances().at();
        return at == NEVER ? NEVER : Profile.later(at, model.churn().negativeMillis());
    }

    /** The first instant from {@code asOf} on, by {@code before}, at which an order is due and its chance below a level. */
    static long falls(double level, Profile profile, ScoringModel model, long asOf, long before) {
        Rhythm rhythm = profile.rhythm();
        long start = Math.max(asOf, overdueFrom(rhythm, model));
        // Under parameters at the edge of what doubles hold the level may be 0: no chance is below it.
        if (start > before || !(level > 0)) {
            return NO_DEADLINE;
        }
        // With k above 1 the chance may still rise a little when an order is due, and be low for a while.
        if (model.buying().repeat().k() > 1 && rhythm.pBuy(model, start) < level) {
            return start;
        }
        // One look ahead spares the search for a crossing that the next deadline comes before anyway.
        if (before != NO_DEADLINE && rhythm.pBuy(model, before) >= level) {
            return NO_DEADLINE;
        }
        long silence = model.buying().fallsBelow(level, rhythm.evidence(), rhythm.silence(start));
        return silence == Long.MAX_VALUE ? NO_DEADLINE : Profile.later(rhythm.last(), silence);
    }

    private static long slows(Rhythm rhythm, ScoringModel model) {
        double missing = model.churn().cusumAlarm() - rhythm.cusum();
        double millis = Math.max(0, missing) / rhythm.slip(model);
        if (!(millis < 0x1p61)) {
            return NO_DEADLINE;
        }
        long at = rhythm.last() + (long) millis;
        while (rhythm.cusum(at, model) < model.churn().cusumAlarm()) {
            at++;
        }
        while (at > rhythm.last()
                && rhythm.cusum(at - 1, model) >= model.churn().cusumAlarm()) {
            at--;
        }
        return at;
    }

    private static long spendFalls(Profile profile, ScoringModel model) {
        return settled(profile, model)
                ? profile.spend().fallsBelow(model.churn().trendFall(), model.decay())
                : NO_DEADLINE;
    }

    private static long engagementFalls(Profile profile, ScoringModel model) {
        return profile.contacts().count() >= model.churn().trendContacts()
                ? profile.contacts().fallsBelow(model.churn().trendFall(), model.decay())
                : NO_DEADLINE;
    }

    private static double threshold(Rhythm rhythm, ChurnRules rules) {
        return rules.threshold(rhythm.repeats(), rhythm.fresh());
    }

    private static boolean settled(Profile profile, ScoringModel model) {
        return profile.rhythm().repeats() + 1 >= model.stages().matureOrders();
    }

    /**
     * With k above 1 the chance first rises, to the day on which an order is due: before that day a low one means nothing.
     */
    private static boolean isOverdue(Rhythm rhythm, ScoringModel model, long asOf) {
        return asOf > rhythm.last() && asOf >= overdueFrom(rhythm, model);
    }

    private static long overdueFrom(Rhythm rhythm, ScoringModel model) {
        if (model.buying().repeat().k() == 1) {
            return rhythm.last();
        }
        double gap = model.buying().repeat().expectedGapDays(rhythm.repeats(), rhythm.span() / DAY_MILLIS);
        return Profile.later(rhythm.last(), 1 + (long) (gap * DAY_MILLIS));
    }

    // ---- reasons

    /** The signs with their numbers, the strongest first. */
    static List<Reason> reasons(int signs, Profile profile, ScoringModel model, long asOf) {
        List<Reason> reasons = new ArrayList<>();
        Rhythm rhythm = profile.rhythm();
        ChurnRules rules = model.churn();
        if ((signs & LOW) != 0) {
            reasons.add(new Reason(
                    ReasonCode.LOW_REPURCHASE, profile.rhythm().pBuy(model, asOf), threshold(rhythm, rules)));
        }
        if ((signs & SLOW) != 0) {
            reasons.add(new Reason(ReasonCode.FREQUENCY_FALL, rhythm.cusum(asOf, model), rules.cusumAlarm()));
        }
        double gap = rhythm.repeats() == 0 ? Double.NaN : (double) rhythm.span() / rhythm.repeats();
        if (asOf - rhythm.last() > gap) {
            reasons.add(new Reason(ReasonCode.OVERDUE, (asOf - rhythm.last()) / DAY_MILLIS, gap / DAY_MILLIS));
        }
        if ((signs & SPEND) != 0) {
            reasons.add(
                    new Reason(ReasonCode.SPEND_FALL, profile.spend().ratio(asOf, model.decay()), rules.trendFall()));
        }
        if ((signs & ENGAGEMENT) != 0) {
            reasons.add(new Reason(
                    ReasonCode.ENGAGEMENT_FALL, profile.contacts().ratio(asOf, model.decay()), rules.trendFall()));
        }
        if ((signs & NEGATIVE) != 0) {
            reasons.add(new Reason(
                    ReasonCode.NEGATIVE,
                    (asOf - profile.grievances().at()) / DAY_MILLIS,
                    rules.negativeMillis() / DAY_MILLIS,
                    profile.grievances().kind().name()));
        }
        return List.copyOf(reasons);
    }
}
