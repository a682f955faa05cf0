package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.event.Touchpoint;
import io.ebbline.model.ChurnRules;

/** The latest event that speaks against the shop. Mutable, for one thread. */
public final class Grievances {

    /** Kinds. The order of the constants is part of the state format: add at the end. */
    public enum Kind {
        NONE,
        COMPLAINT,
        SURVEY,
        REVIEW,
        UNSUBSCRIBE,
        /** Three returns in a short time. */
        RETURNS
    }

    private Kind kind = Kind.NONE;
    private long at = NEVER;
    private long lastReturn = NEVER;
    private long returnBefore = NEVER;

    void contact(Touchpoint touchpoint, ChurnRules rules) {
        Double rating = touchpoint.value();
        boolean bad = rating != null && rating <= rules.badRating();
        Kind found = switch (touchpoint.type()) {
            case COMPLAINT -> Kind.COMPLAINT;
            case UNSUBSCRIBE -> Kind.UNSUBSCRIBE;
            case SURVEY -> bad ? Kind.SURVEY : Kind.NONE;
            case REVIEW -> bad ? Kind.REVIEW : Kind.NONE;
            default -> Kind.NONE;
        };
        note(found, touchpoint.time());
    }

    void returned(long time, ChurnRules rules) {
        if (returnBefore != NEVER) {
            long newest = Math.max(time, lastReturn);
            if (newest - Math.min(time, returnBefore) <= rules.spreeMillis()) {
                note(Kind.RETURNS, newest);
            }
        }
        if (time >= lastReturn) {
            returnBefore = lastReturn;
            lastReturn = time;
        } else {
            returnBefore = Math.max(returnBefore, time);
        }
    }

    private void note(Kind found, long time) {
        if (found != Kind.NONE && time >= at) {
            kind = found;
            at = time;
        }
    }

    /** Which kind the latest was. */
    public Kind kind() {
        return kind;
    }

    /** When the latest was, or NEVER. */
    public long at() {
        return at;
    }

    /** Time of the latest return, or NEVER. */
    public long lastReturn() {
        return lastReturn;
    }

    /** Time of the return before the latest, or NEVER. */
    public long returnBefore() {
        return returnBefore;
    }

    /** Takes over stored values. */
    public void restore(Kind latest, long time, long latestReturn, long earlierReturn) {
        kind = latest;
        at = time;
        lastReturn = latestReturn;
        returnBefore = earlierReturn;
    }
}
