package io.ebbline.score;

import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;

/**
 * One score: a pure function of profile, model and instant. To add one, write a class like {@link AverageOrderValue}, name
 * it in {@link Scores#ALL}, test it, and give it a row in docs/scores.md.
 */
public interface Score {

    /** Its name on the wire, lower case with dashes, frozen once released. */
    String name();

    /** What it says as of an instant (milliseconds since the epoch, not before the latest applied event). */
    ScoreValue evaluate(Profile profile, ScoringModel model, long asOf);

    /**
     * The first instant after {@code asOf} at which it says something else though nothing happens, never late;
     * {@link Profile#NO_DEADLINE} when silence does not change it, or when it drifts with every instant, so that no one
     * instant is news.
     */
    default long changesAt(Profile profile, ScoringModel model, long asOf) {
        return Profile.NO_DEADLINE;
    }

    /**
     * The same for who need not know of anything after {@code before}: then any later instant will do, which may be cheaper to
     * find.
     */
    default long changesAt(Profile profile, ScoringModel model, long asOf, long before) {
        return changesAt(profile, model, asOf);
    }
}
