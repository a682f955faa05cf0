package io.ebbline.engine;

import io.ebbline.event.Event;
import io.ebbline.profile.Profile;

/** Packs what one customer's key hands on to another's, with the version of its format, and makes copies. */
public interface Parcels {

    /** For an engine that no merge comes to. */
    Parcels NONE = new Parcels() {
        @Override
        public byte[] pack(Profile profile) {
            throw refused();
        }

        @Override
        public Profile profile(byte[] packed) {
            throw refused();
        }

        @Override
        public byte[] pack(Event event) {
            throw refused();
        }

        @Override
        public Event event(byte[] packed) {
            throw refused();
        }

        private IllegalStateException refused() {
            return new IllegalStateException("This engine was made without parcels: it can't merge customers.");
        }
    };

    /** A profile as bytes, its members included. */
    byte[] pack(Profile profile);

    /** The profile of bytes. */
    Profile profile(byte[] packed);

    /** An event and its time as bytes. */
    byte[] pack(Event event);

    /** The event of bytes. */
    Event event(byte[] packed);
}
