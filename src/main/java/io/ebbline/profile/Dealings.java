package io.ebbline.profile;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.MatrixRules;
import org.jspecify.annotations.Nullable;

/**
 * What a customer buys, where, and at what price: spend by category, orders by channel, and how much of the spend was on a deal
 * or came after a campaign, all decayed ({@link ForwardDecay}). Mutable, for one thread.
 *
 * <p>A purchase is on a deal when something was taken off, or when a coupon was claimed or an offer accepted shortly before. One
 * whose discount is not known counts as full price unless such a reward led to it. What comes back was bought all the same.
 *
 * <p>Only shares are asked for, which no silence changes. Instants are milliseconds since the epoch.
 */
public final class Dealings {

    /** What is summed up beside names; the order is that of the stored form. */
    private enum Sum {
        /** What was paid, 10^-8 of the major unit. */
        SPEND,
        /** What of it was paid on deals. */
        ON_DEAL,
        /** What of it came after a campaign. */
        AFTER_CAMPAIGN,
        /** What was taken off. */
        TAKEN_OFF,
        /** What was paid where something was taken off. */
        REDUCED
    }

    /** How many sums there can be beside those by name. */
    public static final int SUMS = Sum.values().length;

    /** Categories held at most: each share is too great by a sixteenth at most, and what has more is held. */
    private static final int CATEGORIES = 16;

    private static final int CHANNELS = 8;

    /** From the ten-thousandths of a discount to the unit of a line, quantity x price in ten-thousandths each. */
    private static final double LINE_UNIT = 10_000;

    private final ForwardDecay decay = new ForwardDecay();
    private final NamedSums categories = new NamedSums(CATEGORIES, true);
    private final NamedSums channels = new NamedSums(CHANNELS, false);

    private final SparseSums sums = new SparseSums();

    /** Whether it is known of any purchase that it was on a deal or that it was not. */
    private boolean informed;

    private long lastReward = NEVER;
    private long lastCampaign = NEVER;

    // ---- folds

    /**
     * Counts a purchase.
     *
     * @param begins whether it begins an order; else it adds lines to one
     * @param asOf when it is counted: for a late one the latest instant of the customer, else its own time
     */
    void purchase(Purchase purchase, boolean begins, MatrixRules rules, long halfLifeMillis, long asOf) {
        long time = purchase.time();
        prepare(time, halfLifeMillis, asOf);
        double weight = decay.weight(time);
        if (weight < Double.MIN_NORMAL) {
            return;
        }
        if (begins && purchase.channel() != null) {
            channels.add(purchase.channel(), weight);
        }
        double paid = 0;
        for (Line line : purchase.lines()) {
            double amount = (double) line.quantity() * line.unitPrice();
            if (amount > 0) {
                paid += amount;
                if (line.category() != null) {
                    categories.add(line.category(), weight * amount);
                }
            }
        }
        if (paid > 0) {
            boolean afterCampaign = isShortlyBefore(lastCampaign, time, rules);
            boolean afterReward = isShortlyBefore(lastReward, time, rules);
            pay(weight * paid, purchase.discount(), weight, afterReward, afterCampaign);
        }
    }

    private void pay(double paid, @Nullable Long discount, double weight, boolean afterReward, boolean afterCampaign) {
        long off = discount == null ? 0 : Math.max(0, discount);
        informed |= discount != null || afterReward;
        add(Sum.SPEND, paid);
        if (off > 0 || afterReward) {
            add(Sum.ON_DEAL, paid);
        }
        if (afterCampaign) {
            add(Sum.AFTER_CAMPAIGN, paid);
        }
        if (off > 0) {
            add(Sum.TAKEN_OFF, weight * off * LINE_UNIT);
            add(Sum.REDUCED, paid);
        }
    }

    /** Remembers what may lead to a purchase. */
    void contact(Touchpoint touchpoint) {
        switch (touchpoint.type()) {
            case COUPON_CLAIMED, OFFER_ACCEPTED -> lastReward = Math.max(lastReward, touchpoint.time());
            default -> {}
        }
        if (touchpoint.campaign() != null && touchpoint.type().isResponse()) {
            lastCampaign = Math.max(lastCampaign, touchpoint.time());
        }
    }

    private static boolean isShortlyBefore(long cause, long time, MatrixRules rules) {
        return cause != NEVER && cause <= time && time - cause <= rules.promotionMillis();
    }

    private void prepare(long time, long halfLifeMillis, long asOf) {
        double factor = decay.prepare(time, halfLifeMillis, asOf);
        if (factor != 1) {
            categories.scale(factor);
            channels.scale(factor);
            sums.scale(factor);
        }
    }

    private void add(Sum sum, double amount) {
        sums.add(sum.ordinal(), amount);
    }

    // ---- what scores read

    /** Undecayed spend by category. Shares of its total are those of the spend whose category is known. */
    public NamedSums categories() {
        return categories;
    }

    /** Undecayed orders by channel. */
    public NamedSums channels() {
        return channels;
    }

    /** Share of the spend that was on a deal, 0 to 1; NaN while nothing is known of deals. */
    public double dealShare() {
        return informed ? share(Sum.ON_DEAL) : Double.NaN;
    }

    /** Share of the spend that came shortly after the customer took up a campaign, 0 to 1; NaN before any spend. */
    public double campaignShare() {
        return share(Sum.AFTER_CAMPAIGN);
    }

    /** What was taken off, as a share of the price before, where something was; 0 when nothing ever was. */
    public double discountDepth() {
        double off = sums.get(Sum.TAKEN_OFF.ordinal());
        return off == 0 ? 0 : off / (off + sums.get(Sum.REDUCED.ordinal()));
    }

    private double share(Sum sum) {
        double spend = sums.get(Sum.SPEND.ordinal());
        return spend == 0 ? Double.NaN : sums.get(sum.ordinal()) / spend;
    }

    // ---- stored form

    /** What the sums go by. */
    public ForwardDecay decay() {
        return decay;
    }

    /** The sums beside those by name, undecayed. */
    public SparseSums sums() {
        return sums;
    }

    /** Whether it is known of any purchase that it was on a deal or that it was not. */
    public boolean informed() {
        return informed;
    }

    /** Time of the latest coupon claimed or offer accepted, or {@link Profile#NEVER}. */
    public long lastReward() {
        return lastReward;
    }

    /** Time of the latest response to a campaign, or {@link Profile#NEVER}. */
    public long lastCampaign() {
        return lastCampaign;
    }

    /** Takes over the rest. */
    public void restore(boolean storedInformed, long storedReward, long storedCampaign) {
        informed = storedInformed;
        lastReward = storedReward;
        lastCampaign = storedCampaign;
    }
}
