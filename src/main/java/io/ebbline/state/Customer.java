package io.ebbline.state;

import io.ebbline.engine.History;
import io.ebbline.profile.Membership;
import io.ebbline.profile.Profile;

/**
 * All that is kept of one customer: the packed state value, unpacked.
 *
 * <p>Mutable, for one thread.
 */
public final class Customer {

    private Profile profile;
    private final WaitingEvents waiting;
    private final LiveTimers timers = new LiveTimers();
    private final History history = new History();
    private int slotsInUse;
    private long overflow;
    private long overflowed;
    private boolean answerDue;

    /** A customer of whom nothing is known. */
    public Customer() {
        this(new Profile(), new WaitingEvents());
    }

    Customer(Profile profile, WaitingEvents waiting) {
        this.profile = profile;
        this.waiting = waiting;
    }

    /** What is remembered of the customer. */
    public Profile profile() {
        return profile;
    }

    /** Puts another profile in the place of the customer's. */
    public void profile(Profile corrected) {
        profile = corrected;
    }

    /** What is kept for corrections; its beginning may be in the store. */
    public History history() {
        return history;
    }

    /** Whether something is stored in a slot of the history. */
    public boolean usesSlot(int slot) {
        return (slotsInUse & 1 << slot) != 0;
    }

    /** Notes whether something is stored in a slot of the history. */
    public void useSlot(int slot, boolean used) {
        slotsInUse = used ? slotsInUse | 1 << slot : slotsInUse & ~(1 << slot);
    }

    /** The first of the waiting events; the rest overflows into a map state. */
    public WaitingEvents waiting() {
        return waiting;
    }

    /** When the customer is woken. */
    public LiveTimers timers() {
        return timers;
    }

    /** Waiting events in the overflow. */
    public long overflow() {
        return overflow;
    }

    /** Events that ever went into the overflow: tells identical ones apart there. */
    public long overflowed() {
        return overflowed;
    }

    /** Notes that an event went into the overflow; returns its number. */
    public long intoOverflow() {
        overflow++;
        return overflowed++;
    }

    /** Notes that an event left the overflow. */
    public void outOfOverflow() {
        overflow--;
        if (overflow == 0) {
            overflowed = 0;
        }
    }

    void restoreOverflow(long waitingThere, long everThere) {
        overflow = waitingThere;
        overflowed = everThere;
    }

    /** Notes whether there is an answer that is still to be told: it is before the customer is stored, and so not stored itself. */
    public void answerDue(boolean due) {
        answerDue = due;
    }

    /** Whether there is one. */
    public boolean isAnswerDue() {
        return answerDue;
    }

    /** Whether nothing is known of the customer and nothing waits: there is nothing to keep. */
    public boolean isBlank() {
        return profile.appliedThrough() == Profile.NEVER
                && profile.membership().equals(Membership.NONE)
                && waitingCount() == 0;
    }

    /** Events that wait to be applied, all of them. */
    public long waitingCount() {
        return waiting.size() + overflow;
    }
}
