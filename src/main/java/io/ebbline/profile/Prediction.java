package io.ebbline.profile;

/**
 * What was said of a customer's next order, kept until it is known whether it came true.
 *
 * @param made when it was said, milliseconds since the epoch
 * @param end until when it looks ahead; it is about the instants after {@code made} up to this one
 * @param chance of an occasion in that time, 0 to 1
 * @param silence from the latest occasion to {@code made}, milliseconds
 * @param boughtAt when the first occasion in that time began; {@link Profile#NEVER}: there was none yet
 */
public record Prediction(long made, long end, double chance, long silence, long boughtAt) {

    /** A new one. */
    public Prediction(long made, long end, double chance, long silence) {
        this(made, end, chance, silence, Profile.NEVER);
    }

    /** Whether an occasion has begun in that time. */
    public boolean bought() {
        return boughtAt != Profile.NEVER;
    }

    /** Whether one has begun no later than so many milliseconds after it was made. */
    public boolean boughtWithin(long millis) {
        return bought() && boughtAt - made <= millis;
    }

    /** The same after an occasion, which may come late. */
    Prediction occasion(long time) {
        boolean within = time > made && time <= end;
        return within && (!bought() || time < boughtAt) ? new Prediction(made, end, chance, silence, time) : this;
    }
}
