package io.ebbline.profile;

/**
 * The steps of AARRR, from a first contact to a customer who brings others.
 *
 * <table>
 * <caption>What leads to each step</caption>
 * <tr><th>step</th><th>touchpoints</th><th>orders</th></tr>
 * <tr><td>ACQUISITION</td><td>any</td><td></td></tr>
 * <tr><td>ACTIVATION</td><td>any that leads to {@link Aidas#INTEREST} or further</td><td></td></tr>
 * <tr><td>RETENTION</td><td>any that is a visit, on another local day than the first visit</td><td></td></tr>
 * <tr><td>REVENUE</td><td></td><td>the first</td></tr>
 * <tr><td>REFERRAL</td><td>REFERRAL</td><td></td></tr>
 * </table>
 *
 * <p>Who orders without coming back first is at REVENUE at once. The order of the constants is part of the state format.
 */
public enum Aarrr {
    ACQUISITION,
    ACTIVATION,
    RETENTION,
    REVENUE,
    REFERRAL
}
