package io.ebbline.engine;

import io.ebbline.event.EventIds;
import java.util.Arrays;

/** An entry of a customer's {@link History}. */
public sealed interface Kept {

    /** The instant in whose place it stands, milliseconds since the epoch. */
    long at();

    /** Bytes that it takes, about. */
    int weight();

    /**
     * An event that was applied.
     *
     * @param time its own
     * @param body its bytes: together with the time they put a customer's events into their total order
     * @param at the instant as of which it was applied: its own time, or that at which it was booked
     * @param booked whether it was booked late, as of an instant that is not its own
     */
    record Applied(long time, byte[] body, long at, boolean booked) implements Kept {

        /** An event that was applied where it belongs. */
        public static Applied inOrder(long time, byte[] body) {
            return new Applied(time, body, time, false);
        }

        static int compare(Applied a, Applied b) {
            return a.time != b.time ? Long.compare(a.time, b.time) : Arrays.compareUnsigned(a.body, b.body);
        }

        @Override
        public int weight() {
            return body.length + 16;
        }
    }

    /**
     * Something that was told.
     *
     * @param line which line it was told on
     * @param id the event id that it has in a run in which nothing is late
     * @param again how often that id's event had been told before with other content, or had been taken back; of a move its number
     * @param content hash of what it says
     * @param takenBack whether it was taken back since
     */
    record Told(Line line, String id, int again, long at, long content, boolean takenBack) implements Kept {

        /** What is told under event ids. The order is part of the state format: add at the end. */
        public enum Line {
            TRANSITION,
            SIGNAL,
            CHANGE,
            /** To another customer's key. Taken back, if need be, by another move. */
            MOVE
        }

        /**
         * What an effect says.
         *
         * @throws IllegalArgumentException when it is told under no event id
         */
        public static Told of(Effect effect, long content) {
            if (effect instanceof Effect.Transition transition) {
                return new Told(Line.TRANSITION, transition.eventId(), 0, effect.asOf(), content, false);
            }
            if (effect instanceof Effect.Signal signal) {
                return new Told(Line.SIGNAL, signal.eventId(), 0, effect.asOf(), content, false);
            }
            if (effect instanceof Effect.Changed changed) {
                return new Told(Line.CHANGE, changed.eventId(), 0, effect.asOf(), content, false);
            }
            if (effect instanceof Effect.Moved moved) {
                String id = moved.move().id();
                return new Told(Line.MOVE, MoveIds.base(id), MoveIds.number(id), effect.asOf(), content, false);
            }
            throw new IllegalArgumentException("A " + effect.getClass().getSimpleName() + " has no event id.");
        }

        /** Whether an effect is told under an event id. */
        public static boolean hasId(Effect effect) {
            return effect instanceof Effect.Transition
                    || effect instanceof Effect.Signal
                    || effect instanceof Effect.Changed
                    || effect instanceof Effect.Moved;
        }

        /** The event id under which it was told. */
        public String toldId() {
            if (line == Line.MOVE) {
                return MoveIds.numbered(id, again);
            }
            return again == 0 ? id : EventIds.of(id, "", "AGAIN", at, again);
        }

        Told again(int times) {
            return new Told(line, id, line == Line.MOVE ? 2 * times : times, at, content, false);
        }

        Told takeBack() {
            return new Told(line, id, again, at, content, true);
        }

        @Override
        public int weight() {
            return 48;
        }
    }
}
