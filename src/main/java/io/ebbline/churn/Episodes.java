package io.ebbline.churn;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Episode;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which episode of decline a customer is in, and which signal a change is worth: one at the first sign, one more each time
 * that the risk rises or another telling sign comes to it, one at the first order, one when it is over.
 */
public final class Episodes {

    private static final double DAY_MILLIS = 86_400_000;

    private Episodes() {}

    /**
     * The episode at an instant.
     *
     * @param stage the stage at that instant
     * @param signs the signs of decline at that instant
     */
    public static Episode episode(Profile profile, Stage stage, long asOf, int signs) {
        Standing before = profile.standing();
        Episode open = before.episode();
        return switch (stage) {
            case DECLINE -> {
                Risk risk = (signs & Decline.SEVERE) != 0 ? Risk.HIGH : Risk.ELEVATED;
                if (!open.isOpen()) {
                    yield new Episode(risk, asOf, signs, false);
                }
                if (!open.woke() && Lifecycle.orderedSince(profile, before)) {
                    yield new Episode(risk, open.since(), signs, true);
                }
                // Only an order lowers the risk: what a visit or a newer model says is not worth a second signal later.
                Risk kept = open.risk().compareTo(risk) > 0 ? open.risk() : risk;
                yield new Episode(kept, open.since(), open.signs() | signs, open.woke());
            }
            case DEPARTED -> new Episode(Risk.LOST, open.isOpen() ? open.since() : asOf, open.signs() | signs, false);
            default -> Episode.NONE;
        };
    }

    /** The signal that a change from one standing to the next is worth; null: none. */
    public static @Nullable SignalKind signal(Standing before, Standing now) {
        Episode then = before.episode();
        Episode next = now.episode();
        return switch (now.stage()) {
            case DECLINE -> {
                if (!then.isOpen()) {
                    yield SignalKind.DECLINE;
                }
                if (next.woke() && !then.woke()) {
                    yield SignalKind.WAKE_UP;
                }
                yield escalates(then, next) ? SignalKind.ESCALATION : null;
            }
            case DEPARTED -> then.risk() == Risk.LOST ? null : SignalKind.DEPARTURE;
            case GROWTH, MATURE -> {
                if (!then.isOpen()) {
                    yield null;
                }
                yield then.risk() == Risk.LOST
                        ? SignalKind.WIN_BACK
                        : then.woke() ? SignalKind.RECOVERY : SignalKind.WAKE_UP;
            }
            default -> then.isOpen() ? SignalKind.ENDED : null;
        };
    }

    private static boolean escalates(Episode then, Episode next) {
        return next.risk().compareTo(then.risk()) > 0 || (next.signs() & ~then.signs() & Decline.ESCALATING) != 0;
    }

    /**
     * Why a customer came into a stage, or has got a signal in it.
     *
     * @param before the standing before
     * @param now the standing then
     * @param signs the signs of decline then
     */
    public static List<Reason> reasons(Profile profile, ScoringModel model, Standing before, Standing now, int signs) {
        long asOf = now.asOf();
        return switch (now.stage()) {
            case DECLINE -> {
                List<Reason> reasons = new ArrayList<>();
                if (now.episode().woke() && !before.episode().woke()) {
                    reasons.add(wokeAfter(before, asOf));
                }
                reasons.addAll(Decline.reasons(signs, profile, model, asOf));
                yield List.copyOf(reasons);
            }
            case DEPARTED -> {
                List<Reason> reasons = new ArrayList<>();
                reasons.add(new Reason(
                        ReasonCode.DAYS_OF_SILENCE,
                        (asOf - Lifecycle.lastActivity(profile)) / DAY_MILLIS,
                        model.stages().hiatusMillis() / DAY_MILLIS));
                reasons.addAll(Decline.reasons(signs, profile, model, asOf));
                yield List.copyOf(reasons);
            }
            case GROWTH, MATURE -> {
                List<Reason> reasons = new ArrayList<>();
                if (before.stage() == Stage.DEPARTED) {
                    reasons.add(Reason.of(ReasonCode.WIN_BACK, (asOf - before.stageSince()) / DAY_MILLIS));
                } else if (before.stage() == Stage.DECLINE) {
                    reasons.add(wokeAfter(before, asOf));
                } else if (profile.orders() == 1) {
                    reasons.add(Reason.of(ReasonCode.FIRST_ORDER, 1));
                }
                reasons.add(Reason.of(ReasonCode.KEPT_ORDERS, (double) profile.keptOrders()));
                yield List.copyOf(reasons);
            }
            default -> List.of(Reason.of(ReasonCode.NO_ORDER, 0));
        };
    }

    private static Reason wokeAfter(Standing before, long asOf) {
        return Reason.of(ReasonCode.WAKE_UP, (asOf - before.episode().since()) / DAY_MILLIS);
    }
}
