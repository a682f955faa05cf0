package io.ebbline.score;

import io.ebbline.model.RepeatBuying;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import java.time.LocalDate;
import java.util.List;

/**
 * When the next order is to be expected if the customer is still one, as a day since 1970-01-01 (UTC), its label the date: the
 * day by which half of such customers have ordered. Moves on in silence.
 */
public final class ExpectedNextOrder implements Score {

    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public String name() {
        return "expected-next-order";
    }

    @Override
    public ScoreValue evaluate(Profile profile, ScoringModel model, long asOf) {
        if (profile.keptOrders() == 0) {
            return ScoreValue.noOrder(name());
        }
        Rhythm rhythm = profile.rhythm();
        double silence = rhythm.silence(asOf) / DAY_MILLIS;
        if (rhythm.repeats() == 0) {
            return new ScoreValue(name(), Double.NaN, List.of(Reason.of(ReasonCode.ONE_OCCASION, silence)));
        }
        RepeatBuying repeat = model.buying().repeat();
        double span = rhythm.span() / DAY_MILLIS;
        double wait = repeat.medianWaitDays(rhythm.repeats(), span, silence);
        double day = StrictMath.floor(asOf / DAY_MILLIS + wait);
        return new ScoreValue(
                name(),
                day,
                LocalDate.ofEpochDay((long) day).toString(),
                List.of(
                        Reason.of(ReasonCode.EXPECTED_WAIT, wait),
                        Reason.of(ReasonCode.DAYS_SINCE_ORDER, silence),
                        Reason.of(ReasonCode.ALIVE, rhythm.pAlive(model, asOf))));
    }
}
