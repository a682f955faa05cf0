package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

/**
 * An offer that a customer was shown. It waits until its life is over, however early it is answered: of offers that wait for
 * less, the accepted would be known before the others, and every share of them be too high.
 *
 * @param pace of the customer when it was shown
 * @param shown when, milliseconds since the epoch
 * @param ends when its life is over: an answer at this instant still counts
 * @param again when it was last shown after that; {@link Profile#NEVER}: it was not
 * @param answer so far
 * @param answered when; {@link Profile#NEVER}: not yet
 */
public record Exposure(String offerId, Pace pace, long shown, long ends, long again, Answer answer, long answered) {

    /** What the customer says to it. The order is part of the state format: add at the end. */
    public enum Answer {
        /** Nothing; when its life is over: it expired. */
        NONE,
        ACCEPTED,
        REJECTED
    }

    /** What happens to it. The order is part of the state format: add at the end. */
    public enum Step {
        /** It is shown. */
        SHOWN,
        /** It is accepted, for the first time. */
        ACCEPTED,
        /** Its life is over. */
        ENDED
    }

    /** An offer shown just now. */
    static Exposure of(String offerId, Pace pace, long shown, long life) {
        return new Exposure(offerId, pace, shown, Profile.later(shown, life), NEVER, Answer.NONE, NEVER);
    }

    /** The same, shown again. */
    Exposure shownAgain(long at) {
        return at <= shown ? this : new Exposure(offerId, pace, shown, ends, Math.max(again, at), answer, answered);
    }

    /** The same with an answer. An acceptance stands whatever else is said; of several of one kind the first counts. */
    Exposure answered(Answer said, long at) {
        boolean stands = answer == Answer.ACCEPTED || answer == said;
        return stands ? this : new Exposure(offerId, pace, shown, ends, again, said, at);
    }
}
