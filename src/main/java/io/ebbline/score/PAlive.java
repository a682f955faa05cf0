package io.ebbline.score;

import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import java.util.List;

/**
 * The chance that the customer is still one (Fader, Hardie and Lee 2005; Batislam et al. 2007). A one-time buyer has one too:
 * under the shipped family it is below 1 from the first order on.
 *
 * <p>It falls in silence all the time. It is news when it comes to be below .75, .5 and .25, so that what was said last of a
 * silent customer is never more than such a level off.
 */
public final class PAlive implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    private static final double[] LEVELS = {.25, .5, .75};

    @Override
    public String name() {
        return "p-alive";
    }

    /** How many of the levels are reached, plus 1: 1 to 4; 0 without a kept order. */
    public static int level(Profile profile, ScoringModel model, long asOf) {
        return profile.keptOrders() == 0 ? 0 : 1 + reached(profile.rhythm().pAlive(model, asOf));
    }

    private static int reached(double chance) {
        int reached = 0;
        while (reached < LEVELS.length && chance >= LEVELS[reached]) {
            reached++;
        }
        return reached;
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        return new ScoreValue(
                name(),
                profile.rhythm().pAlive(model, asOf),
                List.of(
                        Reason.of(ReasonCode.DAYS_SINCE_ORDER, profile.rhythm().silence(asOf) / DAY_MILLIS),
                        Reason.of(ReasonCode.REPEATS, (double) profile.rhythm().repeats())));
    }

    /** When it falls below the next level. */
    @Override
    public long changesAt(Profile profile, ScoringModel model, long asOf) {
        return changesAt(profile, model, asOf, NO_DEADLINE);
    }

    @Override
    public long changesAt(Profile profile, ScoringModel model, long asOf, long before) {
        if (profile.keptOrders() == 0) {
            return NO_DEADLINE;
        }
        Rhythm rhythm = profile.rhythm();
        int reached = reached(rhythm.pAlive(model, asOf));
        boolean still = before != NO_DEADLINE && reached > 0 && rhythm.pAlive(model, before) >= LEVELS[reached - 1];
        if (reached == 0 || still) {
            return NO_DEADLINE;
        }
        long silence = model.buying()
                .aliveFallsBelow(LEVELS[reached - 1], rhythm.repeats(), rhythm.span(), rhythm.silence(asOf));
        return Profile.later(rhythm.last(), silence);
    }
}
