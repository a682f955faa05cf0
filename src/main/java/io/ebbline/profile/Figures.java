package io.ebbline.profile;

/**
 * What of a customer the funnel and the population count. Under a look-back window, what was told last of the orders in it.
 *
 * @param stage lifecycle stage; UNKNOWN: not counted
 * @param stageSince since when, milliseconds since the epoch
 * @param orders kept orders
 * @param monetaryMinor net spend, minor units
 * @param lastOrder time of the latest kept order, or {@link Profile#NEVER}
 */
public record Figures(Stage stage, long stageSince, long orders, long monetaryMinor, long lastOrder) {

    /** Nobody. */
    public static final Figures NONE = new Figures(Stage.UNKNOWN, 0, 0, 0, Profile.NEVER);
}
