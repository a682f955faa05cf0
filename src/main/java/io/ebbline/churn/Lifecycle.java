package io.ebbline.churn;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.StageRules;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;

/**
 * Which lifecycle stage a customer is in.
 *
 * <pre>
 *              first kept order          settled rhythm
 *   PROSPECT ------------------> GROWTH ----------------> MATURE
 *      ^                         |    ^                     |
 *      | no kept order is left   |    |  win-back (order)   | silence for the hiatus
 *      +-------------------------+    +------ DEPARTED <----+---- (from GROWTH too)
 * </pre>
 *
 * <p>Silence runs from the latest kept order or visit. A rhythm is settled at the model's number of kept orders, when the
 * mean gap since the first order is shorter than the hiatus. A visit keeps a customer from departing, but only an order
 * brings a departed one back.
 */
public final class Lifecycle {

    private Lifecycle() {}

    /**
     * The stage at an instant.
     *
     * @param ordered whether the customer has just ordered
     */
    public static Stage stage(Profile profile, StageRules rules, long asOf, boolean ordered) {
        if (profile.keptOrders() == 0) {
            return Stage.PROSPECT;
        }
        boolean away = profile.standing().stage() == Stage.DEPARTED && !ordered;
        if (away || asOf - lastActivity(profile) >= rules.hiatusMillis()) {
            return Stage.DEPARTED;
        }
        return settled(profile, rules) ? Stage.MATURE : Stage.GROWTH;
    }

    /** The first instant after {@code asOf} at which silence alone changes the stage; NO_DEADLINE when it never does. */
    public static long changesAt(Profile profile, StageRules rules, long asOf) {
        if (profile.keptOrders() == 0 || profile.standing().stage() == Stage.DEPARTED) {
            return NO_DEADLINE;
        }
        return Math.max(asOf + 1, Profile.later(lastActivity(profile), rules.hiatusMillis()));
    }

    /** Time of the latest kept order or visit. */
    public static long lastActivity(Profile profile) {
        return Math.max(profile.lastOrder(), profile.lastVisit());
    }

    private static boolean settled(Profile profile, StageRules rules) {
        long gaps = profile.keptOrders() - 1;
        return profile.keptOrders() >= rules.matureOrders()
                && profile.firstOrder() != NEVER
                && (profile.lastOrder() - profile.firstOrder()) / gaps < rules.hiatusMillis();
    }
}
