package io.ebbline.event;

/** Days of event time since the epoch, UTC: tick T covers the instants from T days to before T + 1 days. */
public final class Tick {

    /** Length of a tick, milliseconds. */
    public static final long MILLIS = 86_400_000;

    private Tick() {}

    /** The tick of an instant, milliseconds since the epoch. */
    public static int of(long instant) {
        return Math.toIntExact(Math.floorDiv(instant, MILLIS));
    }

    /** The first instant after a tick, at which it is told. */
    public static long end(int tick) {
        return (tick + 1L) * MILLIS;
    }
}
