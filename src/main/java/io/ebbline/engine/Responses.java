package io.ebbline.engine;

import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.event.Event;
import io.ebbline.event.Touchpoint;
import io.ebbline.profile.Exposure;
import io.ebbline.profile.Exposures;
import io.ebbline.profile.Profile;
import java.util.function.Consumer;

/** Tells what comes of the offers that customers are shown. */
final class Responses {

    private Responses() {}

    /** Takes an event that may be about an offer. Call it before the customer's standing changes by it. */
    static void note(Profile profile, Event event, Exposures.Lives lives, long asOf, Consumer<Effect> out) {
        if (event instanceof Touchpoint contact) {
            String offerId = contact.offerId();
            if (profile.exposures().contact(contact, profile.standing().segment(), lives) && offerId != null) {
                out.accept(new Effect.Taken(asOf, offerId));
            }
        }
    }

    /** The first instant not before {@code from} at which the life of an offer is over; {@link Profile#NO_DEADLINE}: none. */
    static long due(Profile profile, long from) {
        long next = profile.exposures().next();
        return next == NO_DEADLINE ? next : Math.max(next, from);
    }

    /** Tells what came of the offers whose lives are over. */
    static void at(Profile profile, long asOf, Consumer<Effect> out) {
        for (Exposure ended : profile.exposures().end(asOf)) {
            out.accept(new Effect.Answered(asOf, ended));
        }
    }

    /** Tells what came of all that wait: nothing more will be known of this customer. */
    static void forget(Profile profile, long asOf, Consumer<Effect> out) {
        for (Exposure ended : profile.exposures().end(NO_DEADLINE)) {
            out.accept(new Effect.Answered(asOf, ended));
        }
    }
}
