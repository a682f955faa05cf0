package io.ebbline.state;

import java.util.Arrays;

/**
 * When the live timers of a customer go off: each before the one that was armed before it, and mostly there is one. Whoever is
 * forgotten leaves none behind. Mutable, for one thread.
 */
public final class LiveTimers {

    /** There is none. */
    public static final long NONE = Long.MAX_VALUE;

    private static final long[] EMPTY = {};

    private long[] instants = EMPTY;

    /** Instant of the earliest; {@link #NONE}. */
    public long earliest() {
        return instants.length == 0 ? NONE : instants[instants.length - 1];
    }

    /** Notes that a timer has been armed, for before the earliest. */
    public void arm(long instant) {
        if (instant >= earliest()) {
            throw new IllegalArgumentException("A timer for " + instant + " is not before " + earliest() + ".");
        }
        instants = Arrays.copyOf(instants, instants.length + 1);
        instants[instants.length - 1] = instant;
    }

    /** Notes that a timer has gone off; returns whether it was the earliest. */
    public boolean fired(long instant) {
        if (instants.length == 0 || instant != earliest()) {
            return false;
        }
        instants = instants.length == 1 ? EMPTY : Arrays.copyOf(instants, instants.length - 1);
        return true;
    }

    /** All of them, the latest first, and from now on none. */
    public long[] clear() {
        long[] all = instants;
        instants = EMPTY;
        return all;
    }

    void write(PackedWriter out) {
        out.writeUnsigned(instants.length);
        for (long instant : instants) {
            out.writeInstant(instant);
        }
    }

    /**
     * Takes over stored timers.
     *
     * @throws PackedReader.MalformedException when they are in no order that they were armed in
     */
    void read(PackedReader in) {
        for (int left = in.readCount(1); left > 0; left--) {
            long instant = in.readInstant();
            if (instant >= earliest()) {
                throw new PackedReader.MalformedException("A timer was armed for after the one before it.");
            }
            arm(instant);
        }
    }
}
