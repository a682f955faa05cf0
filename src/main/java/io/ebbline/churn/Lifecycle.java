package io.ebbline.churn;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.model.ScoringModel;
import io.ebbline.model.StageRules;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;

/**
 * Which lifecycle stage a customer is in, as a state machine.
 *
 * <pre>
 *              first kept order          settled rhythm
 *   PROSPECT ------------------> GROWTH ----------------> MATURE
 *      |  ^                        ^ |                     ^ |
 *      |  | no kept order is left  | | signs of decline    | |
 *      |  | (from every stage)     | v                     | v
 *      |  |                        +-+----- DECLINE -------+-+
 *      |  |     win-back (order)   |           |  order, then no sign, after the least dwell
 *      |  |   to GROWTH or MATURE  |           | little chance of an order, and the hiatus is over
 *      |  |                        |           v
 *      |  |                        +------- DEPARTED   (from GROWTH and MATURE too)
 *      v
 *   forgotten after 400 days without an event
 * </pre>
 *
 * <table>
 * <caption>Transitions: the first row that applies</caption>
 * <tr><th>from</th><th>to</th><th>when</th></tr>
 * <tr><td>any</td><td>PROSPECT</td><td>no kept order</td></tr>
 * <tr><td>any</td><td>DEPARTED</td><td>P(buy) below {@code departBelow}, and neither order nor visit for the hiatus</td></tr>
 * <tr><td>DEPARTED</td><td>GROWTH, MATURE</td><td>an order: win-back</td></tr>
 * <tr><td>DEPARTED</td><td>DEPARTED</td><td>anything else; a visit alone brings nobody back</td></tr>
 * <tr><td>DECLINE</td><td>GROWTH, MATURE</td><td>ordered since, {@code dwellMillis} are over, no sign holds and P(buy)
 *     exceeds the threshold by the margin</td></tr>
 * <tr><td>DECLINE</td><td>DECLINE</td><td>else</td></tr>
 * <tr><td>any</td><td>DECLINE</td><td>{@link Decline#declines}</td></tr>
 * <tr><td>any</td><td>MATURE</td><td>settled rhythm: {@code matureOrders} kept orders with a mean gap below the hiatus</td>
 * </tr>
 * <tr><td>any</td><td>GROWTH</td><td>else</td></tr>
 * </table>
 */
public final class Lifecycle {

    private Lifecycle() {}

    /**
     * The stage at an instant.
     *
     * @param ordered whether the customer has just begun an order
     * @param signs the signs of decline at that instant
     */
    public static Stage stage(Profile profile, ScoringModel model, long asOf, boolean ordered, int signs) {
        Standing before = profile.standing();
        Stage buying = settled(profile, model.stages()) ? Stage.MATURE : Stage.GROWTH;
        if (profile.keptOrders() == 0) {
            return Stage.PROSPECT;
        }
        boolean away =
                asOf - lastActivity(profile) >= model.stages().hiatusMillis() && Decline.gone(profile, model, asOf);
        if (away || (before.stage() == Stage.DEPARTED && !ordered)) {
            return Stage.DEPARTED;
        }
        if (before.stage() == Stage.DEPARTED) {
            return buying;
        }
        if (before.stage() == Stage.DECLINE) {
            boolean over = orderedSince(profile, before)
                    && asOf - before.stageSince() >= model.churn().dwellMillis()
                    && Decline.recovers(profile, model, asOf, signs);
            return over ? buying : Stage.DECLINE;
        }
        return Decline.declines(signs) ? Stage.DECLINE : buying;
    }

    /**
     * An instant after {@code asOf} before which silence alone changes neither the stage nor the signs that are told;
     * NO_DEADLINE when it does not by {@code before}. Call it once the customer's standing is set.
     *
     * @param before how far to look: some other deadline
     */
    public static long changesAt(Profile profile, ScoringModel model, long asOf, long before) {
        Standing now = profile.standing();
        if (profile.keptOrders() == 0 || now.stage() == Stage.DEPARTED) {
            return NO_DEADLINE;
        }
        long next = departs(profile, model, asOf, before);
        long by = Math.min(before, next);
        if (now.stage() == Stage.DECLINE) {
            int untold = (Decline.LOW | Decline.SLOW | Decline.SEVERE)
                    & ~now.episode().signs();
            next = Math.min(next, Decline.appears(untold, profile, model, asOf, by));
            if (orderedSince(profile, now)) {
                next = Math.min(
                        next,
                        after(
                                asOf,
                                Profile.later(now.stageSince(), model.churn().dwellMillis())));
                next = Math.min(next, after(asOf, Decline.negativeEnds(profile, model)));
            }
        } else {
            next = Math.min(next, Decline.appears(Decline.LOW | Decline.SLOW, profile, model, asOf, by));
            next = Math.min(next, Decline.pairs(profile, model, asOf));
        }
        return next;
    }

    /** Time of the latest kept order or visit. */
    public static long lastActivity(Profile profile) {
        return Math.max(profile.lastOrder(), profile.lastVisit());
    }

    private static long departs(Profile profile, ScoringModel model, long asOf, long before) {
        long hiatus = Profile.later(lastActivity(profile), model.stages().hiatusMillis());
        if (hiatus > before) {
            return NO_DEADLINE;
        }
        long from = Math.max(hiatus, asOf + 1);
        if (Decline.gone(profile, model, from)) {
            return from;
        }
        return Decline.falls(model.churn().departBelow(), profile, model, from, before);
    }

    private static long after(long asOf, long instant) {
        return instant > asOf ? instant : NO_DEADLINE;
    }

    /** Whether the customer has begun an order since the stage of that standing began. */
    static boolean orderedSince(Profile profile, Standing standing) {
        return profile.rhythm().last() > standing.stageSince();
    }

    private static boolean settled(Profile profile, StageRules rules) {
        long gaps = profile.keptOrders() - 1;
        return profile.keptOrders() >= rules.matureOrders()
                && profile.firstOrder() != NEVER
                && (profile.lastOrder() - profile.firstOrder()) / gaps < rules.hiatusMillis();
    }
}
