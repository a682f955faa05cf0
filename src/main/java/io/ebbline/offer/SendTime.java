package io.ebbline.offer;

import io.ebbline.model.OfferPolicy;
import io.ebbline.profile.ShopClock;

/** From when on a contact may be sent. */
final class SendTime {

    /** As many hours as two days can have, and one more. */
    private static final int HOURS = 52;

    private SendTime() {}

    /**
     * The first instant from {@code asOf} on in the customer's best hour; where that is not known or a quiet one, the first
     * outside the quiet hours.
     *
     * @param bestHour local, 0 to 23; -1: not known
     * @param asOf milliseconds since the epoch
     */
    static long from(ShopClock clock, OfferPolicy policy, int bestHour, long asOf) {
        boolean best = bestHour >= 0 && !isQuiet(policy, bestHour);
        long at = asOf;
        for (int i = 0; i < HOURS; i++) {
            int hour = clock.hour(at);
            if (best ? hour == bestHour : !isQuiet(policy, hour)) {
                return at;
            }
            at = clock.nextHour(at);
        }
        return asOf;
    }

    static boolean isQuiet(OfferPolicy policy, int hour) {
        int from = policy.quietFromHour();
        int to = policy.quietToHour();
        return from <= to ? from <= hour && hour < to : hour >= from || hour < to;
    }
}
