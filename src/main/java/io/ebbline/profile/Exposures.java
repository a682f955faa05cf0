package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.event.Touchpoint;
import io.ebbline.profile.Exposure.Answer;
import io.ebbline.profile.Exposure.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The offers that a customer was shown and whose lives are not over. Mutable, for one thread.
 *
 * <p>What is shown again while it waits for an answer is one and the same: channels report every display. If nothing is said
 * until the end of its life, it waits on for the life that began when it was shown last. What is accepted without having been
 * shown was shown all the same, just then.
 */
public final class Exposures {

    /** Offers that wait at a time, at most; more are not counted, whatever comes of them. */
    public static final int CAPACITY = 64;

    /** How long an offer stands. */
    @FunctionalInterface
    public interface Lives {
        /**
         * Milliseconds, above 0.
         *
         * @param at when it was shown, milliseconds since the epoch
         */
        long lifeMillis(String offerId, long at);
    }

    private final List<Exposure> open = new ArrayList<>();

    // ---- folds

    /** Sees what happens to offers. */
    @FunctionalInterface
    public interface Watcher {
        void see(Step step, Exposure exposure);
    }

    /**
     * Takes a contact; one that is not about an offer says nothing.
     *
     * @param pace of the customer
     */
    public void contact(Touchpoint contact, Pace pace, Lives lives, Watcher watcher) {
        String offerId = contact.offerId();
        if (offerId != null) {
            switch (contact.type()) {
                case OFFER_SHOWN -> show(offerId, pace, contact.time(), lives, watcher);
                case OFFER_ACCEPTED -> accept(offerId, pace, contact.time(), lives, watcher);
                case OFFER_REJECTED -> reject(offerId, contact.time());
                default -> {}
            }
        }
    }

    private void show(String offerId, Pace pace, long at, Lives lives, Watcher watcher) {
        for (int i = 0; i < open.size(); i++) {
            Exposure one = open.get(i);
            // An answer at the same instant, or before a display that comes late, was to this display.
            boolean waits = one.answer() == Answer.NONE ? at <= one.ends() : one.answered() >= at;
            if (one.offerId().equals(offerId) && waits) {
                open.set(i, one.shownAgain(at));
                return;
            }
        }
        add(Exposure.of(offerId, pace, at, lives.lifeMillis(offerId, at)), watcher);
    }

    private void accept(String offerId, Pace pace, long at, Lives lives, Watcher watcher) {
        int found = find(offerId, at);
        if (found < 0) {
            found = open.size();
            add(Exposure.of(offerId, pace, at, lives.lifeMillis(offerId, at)), watcher);
        }
        if (found < open.size() && open.get(found).answer() != Answer.ACCEPTED) {
            open.set(found, open.get(found).answered(Answer.ACCEPTED, at));
            watcher.see(Step.ACCEPTED, open.get(found));
        }
    }

    private void reject(String offerId, long at) {
        int found = find(offerId, at);
        if (found >= 0) {
            open.set(found, open.get(found).answered(Answer.REJECTED, at));
        }
    }

    /** The one of that offer whose life that instant is in, rather one that waits for an answer; negative: there is none. */
    private int find(String offerId, long at) {
        int found = -1;
        for (int i = 0; i < open.size(); i++) {
            Exposure one = open.get(i);
            if (one.offerId().equals(offerId) && one.shown() <= at && at <= one.ends()) {
                if (one.answer() == Answer.NONE) {
                    return i;
                }
                found = i;
            }
        }
        return found;
    }

    private void add(Exposure one, Watcher watcher) {
        if (open.size() < CAPACITY) {
            open.add(one);
            watcher.see(Step.SHOWN, one);
        }
    }

    /** Takes out those whose lives are over at an instant. */
    public void end(long asOf, Watcher watcher) {
        // What goes on for another life stands behind the others, and is looked at in its turn.
        for (int i = 0; i < open.size(); ) {
            if (open.get(i).ends() > asOf) {
                i++;
                continue;
            }
            Exposure one = open.remove(i);
            watcher.see(Step.ENDED, one);
            if (one.again() != NEVER && one.answer() == Answer.NONE) {
                add(Exposure.of(one.offerId(), one.pace(), one.again(), one.ends() - one.shown()), watcher);
            }
        }
    }

    // ---- what is asked

    /** When the next life is over; {@link Profile#NO_DEADLINE}: nothing waits. */
    public long next() {
        long next = NO_DEADLINE;
        for (Exposure one : open) {
            next = Math.min(next, one.ends());
        }
        return next;
    }

    /** Those that wait, in the order in which they came. */
    public List<Exposure> open() {
        return Collections.unmodifiableList(open);
    }

    /** Takes over stored ones. */
    public void restore(List<Exposure> stored) {
        open.clear();
        open.addAll(stored);
    }
}
