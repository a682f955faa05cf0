package io.ebbline.engine;

import io.ebbline.event.Event;
import io.ebbline.profile.Profile;

/** Hears of what is done to a customer, so that it can be done again when a late event comes. */
public interface Memory {

    /** Keeps nothing. */
    Memory NONE = new Memory() {
        @Override
        public void before(long instant, Profile profile) {}

        @Override
        public void applied(Event event) {}
    };

    /**
     * Something is about to be done to the customer as of an instant, which never falls.
     *
     * @param profile as it is before
     */
    void before(long instant, Profile profile);

    /** The event that was taken out of the inbox last has been applied in order. */
    void applied(Event event);
}
