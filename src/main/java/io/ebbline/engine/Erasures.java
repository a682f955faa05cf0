package io.ebbline.engine;

import io.ebbline.profile.Profile;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Who has been erased, and up to when, so that what comes late does not bring them back. Customers are known by a mark from
 * which nobody who lacks the secret can tell who they are. Not safe for use by several threads.
 */
public final class Erasures {

    /** A mark is kept for this long after the erasure, milliseconds of event time: 400 days. */
    public static final long KEPT_MILLIS = 400L * 86_400_000;

    /**
     * What stands for a customer.
     *
     * @param keyGroup where the customer's state is
     * @param high first half of a keyed hash
     * @param low second half
     */
    public record Mark(int keyGroup, long high, long low) {}

    private final Map<Mark, Long> marks = new HashMap<>();

    /** Whether nobody has been erased. */
    public boolean isEmpty() {
        return marks.isEmpty();
    }

    /** How many marks are kept. */
    public int size() {
        return marks.size();
    }

    /** Notes that a customer has been erased up to an instant, milliseconds since the epoch. */
    public void add(Mark mark, long through) {
        marks.merge(mark, through, Math::max);
    }

    /** Up to when a customer has been erased; {@link Profile#NEVER} when they have not. */
    public long through(Mark mark) {
        return marks.getOrDefault(mark, Profile.NEVER);
    }

    /** Drops the marks that are older than {@link #KEPT_MILLIS} at an instant, milliseconds since the epoch. */
    public void expire(long now) {
        if (now > Long.MIN_VALUE + KEPT_MILLIS) {
            marks.values().removeIf(through -> through < now - KEPT_MILLIS);
        }
    }

    /** Shows every mark, in no order, and up to when. */
    public void forEach(BiConsumer<Mark, Long> action) {
        marks.forEach(action);
    }
}
