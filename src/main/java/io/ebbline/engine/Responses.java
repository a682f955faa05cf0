package io.ebbline.engine;

import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.event.Event;
import io.ebbline.event.Touchpoint;
import io.ebbline.profile.Exposures;
import io.ebbline.profile.Profile;
import java.util.function.Consumer;

/** Tells what comes of the offers that customers are shown. */
final class Responses {

    private Responses() {}

    /** Takes an event that may be about an offer. */
    static void note(Profile profile, Event event, Exposures.Lives lives, long asOf, Consumer<Effect> out) {
        if (event instanceof Touchpoint contact && contact.offerId() != null) {
            profile.exposures().contact(contact, profile.pace(contact.time()), lives, watcher(asOf, out));
        }
    }

    /** The first instant not before {@code from} at which the life of an offer is over; {@link Profile#NO_DEADLINE}: none. */
    static long due(Profile profile, long from) {
        long next = profile.exposures().next();
        return next == NO_DEADLINE ? next : Math.max(next, from);
    }

    /** Tells what came of the offers whose lives are over. */
    static void at(Profile profile, long asOf, Consumer<Effect> out) {
        profile.exposures().end(asOf, watcher(asOf, out));
    }

    /** Tells what came of all that wait: nothing more will be known of this customer. */
    static void forget(Profile profile, long asOf, Consumer<Effect> out) {
        profile.exposures().end(NO_DEADLINE, watcher(asOf, out));
    }

    private static Exposures.Watcher watcher(long asOf, Consumer<Effect> out) {
        return (step, exposure) -> out.accept(new Effect.Responded(asOf, step, exposure));
    }
}
