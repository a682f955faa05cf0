package io.ebbline.engine;

import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import io.ebbline.profile.Stage;
import java.util.function.Consumer;

/**
 * Says of customers whether they will order within the model's horizon, and checks it when the horizon ends.
 *
 * <p>Predictions are made on a grid as wide as the horizon, which the customer's hash shifts: not when something happens, for
 * then they would be about those of whom something happened. A customer has one at a time. They are made of those who have a
 * kept order and have not departed; one that is open when a customer departs is checked all the same.
 */
final class Checks {

    private Checks() {}

    /**
     * The first instant not before {@code from} at which a prediction is to be checked or made; {@link Profile#NO_DEADLINE} when
     * there is none.
     *
     * @param hash of the customer's name
     */
    static long due(long hash, Profile profile, ScoringModel model, long from) {
        Prediction open = profile.prediction();
        if (open != null) {
            return Math.max(open.end(), from);
        }
        return isPredictable(profile)
                ? EngineRules.gridAfter(hash, model.buying().horizonMillis(), from - 1)
                : NO_DEADLINE;
    }

    /** Checks and makes what is due at an instant. */
    static void at(long hash, Profile profile, ScoringModel model, long asOf, Consumer<Effect> out) {
        Prediction open = profile.prediction();
        if (open != null && open.end() <= asOf) {
            close(profile, open, asOf, out);
            open = null;
        }
        long horizon = model.buying().horizonMillis();
        if (open == null && isPredictable(profile) && EngineRules.gridAfter(hash, horizon, asOf - 1) == asOf) {
            Rhythm rhythm = profile.rhythm();
            profile.prediction(
                    new Prediction(asOf, Profile.later(asOf, horizon), rhythm.pBuy(model, asOf), rhythm.silence(asOf)));
        }
    }

    /** Checks what is open, before its end if need be: nothing more will be known of this customer. */
    static void forget(Profile profile, long asOf, Consumer<Effect> out) {
        Prediction open = profile.prediction();
        if (open != null) {
            close(profile, open, asOf, out);
        }
    }

    private static void close(Profile profile, Prediction open, long asOf, Consumer<Effect> out) {
        out.accept(new Effect.Checked(asOf, open));
        profile.prediction(null);
    }

    private static boolean isPredictable(Profile profile) {
        return profile.keptOrders() > 0 && profile.standing().stage() != Stage.DEPARTED;
    }
}
