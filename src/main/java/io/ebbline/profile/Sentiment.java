package io.ebbline.profile;

import io.ebbline.event.Touchpoint;

/**
 * What a customer says and shows of being content: answers to surveys, reviews, complaints, service contacts, returns and
 * referrals, all decayed ({@link ForwardDecay}). Mutable, for one thread.
 *
 * <p>Instants are milliseconds since the epoch.
 */
public final class Sentiment {

    /** What is summed up; the order is that of the stored form. */
    public enum Voice {
        /** Surveys and reviews that carry a rating. */
        ANSWERS,
        /** Their ratings, from 0 for the worst to 1 for the best. */
        RATINGS,
        COMPLAINTS,
        SERVICE_CONTACTS,
        RETURNS,
        REFERRALS
    }

    /** How many sums there can be. */
    public static final int VOICES = Voice.values().length;

    /** Ratings are 1 to 5. */
    private static final double WORST = 1;

    private static final double BEST = 5;

    /** A return says half as much as a complaint, and a service contact a quarter: both have harmless reasons too. */
    private static final double RETURN = 0.5;

    private static final double SERVICE_CONTACT = 0.25;

    private final ForwardDecay decay = new ForwardDecay();
    private final SparseSums sums = new SparseSums();

    // ---- folds

    /**
     * Counts a contact.
     *
     * @param asOf when it is counted: for a late one the latest instant of the customer, else its own time
     */
    void contact(Touchpoint touchpoint, long halfLifeMillis, long asOf) {
        long time = touchpoint.time();
        switch (touchpoint.type()) {
            case SURVEY, REVIEW -> {
                Double rating = touchpoint.value();
                if (rating != null && !rating.isNaN()) {
                    double weight = add(Voice.ANSWERS, time, halfLifeMillis, asOf);
                    double good = (Math.min(BEST, Math.max(WORST, rating)) - WORST) / (BEST - WORST);
                    if (weight * good > 0) {
                        sums.add(Voice.RATINGS.ordinal(), weight * good);
                    }
                }
            }
            case COMPLAINT -> add(Voice.COMPLAINTS, time, halfLifeMillis, asOf);
            case SERVICE_CONTACT -> add(Voice.SERVICE_CONTACTS, time, halfLifeMillis, asOf);
            case REFERRAL -> add(Voice.REFERRALS, time, halfLifeMillis, asOf);
            default -> {}
        }
    }

    /** Counts a return; the parameters are those of {@link #contact}. */
    void returned(long time, long halfLifeMillis, long asOf) {
        add(Voice.RETURNS, time, halfLifeMillis, asOf);
    }

    /** Adds one, and says what it weighs. */
    private double add(Voice voice, long time, long halfLifeMillis, long asOf) {
        double factor = decay.prepare(time, halfLifeMillis, asOf);
        if (factor != 1) {
            sums.scale(factor);
        }
        double weight = decay.weight(time);
        if (weight < Double.MIN_NORMAL) {
            return 0;
        }
        sums.add(voice.ordinal(), weight);
        return weight;
    }

    // ---- what scores read

    /**
     * How content the customer is, 0 to 1; NaN before the first answer or complaint. The mean of the answers, of complaints as
     * answers of 0, and of returns and service contacts as parts of such, which count together no more than what was said. No
     * silence changes it.
     */
    public double satisfaction() {
        double said = sum(Voice.ANSWERS) + sum(Voice.COMPLAINTS);
        if (said == 0) {
            return Double.NaN;
        }
        double shown = RETURN * sum(Voice.RETURNS) + SERVICE_CONTACT * sum(Voice.SERVICE_CONTACTS);
        return sum(Voice.RATINGS) / (said + Math.min(said, shown));
    }

    /** Mean rating, 1 to 5; NaN without an answer. */
    public double meanRating() {
        double answers = sum(Voice.ANSWERS);
        return answers == 0 ? Double.NaN : WORST + (BEST - WORST) * sum(Voice.RATINGS) / answers;
    }

    /** How many of a kind there were, each half as much with every half-life, as of an instant not before the latest. */
    public double level(Voice voice, long asOf) {
        return decay.level(sum(voice), asOf);
    }

    // ---- stored form

    /** What the sums go by. */
    public ForwardDecay decay() {
        return decay;
    }

    /** The sums by ordinal of the voice, undecayed. */
    public SparseSums sums() {
        return sums;
    }

    private double sum(Voice voice) {
        return sums.get(voice.ordinal());
    }
}
