package io.ebbline.profile;

/**
 * A time in which a customer slips away, from the first sign to the order that ends it.
 *
 * @param since when it began, milliseconds since the epoch; meaningless when there is none
 * @param signs signs of decline seen in it, as a bit mask
 * @param woke whether the customer has ordered in it
 */
public record Episode(Risk risk, long since, int signs, boolean woke) {

    /** The customer is not slipping. */
    public static final Episode NONE = new Episode(Risk.NONE, 0, 0, false);

    /** Whether there is one. */
    public boolean isOpen() {
        return risk != Risk.NONE;
    }
}
