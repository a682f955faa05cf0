package io.ebbline.profile;

/**
 * What R, F and M are drawn from: all orders, or those begun within a look-back window. As of t a window of W holds what has a
 * time in (t - W, t]. An order counts as a whole at the time it began, with lines and returns that came later; a return that
 * belongs to no order in the ledger counts at its own time.
 *
 * @param orders kept orders: the frequency
 * @param monetaryMinor what the orders, kept or not, came to less what was returned of them, less the returns that belong to
 *     none, minor units: the monetary
 * @param lastOrder time of the latest kept order, or {@link Profile#NEVER}
 * @param ordersChangeAt when silence takes the next kept order out of the window; {@link Profile#NO_DEADLINE}: never
 * @param amountChangesAt when silence takes the next amount out of the window; {@link Profile#NO_DEADLINE}: never
 */
public record Rfm(long orders, long monetaryMinor, long lastOrder, long ordersChangeAt, long amountChangesAt) {

    /** Whether no kept order is among them: then there is no R, F or M. */
    public boolean isEmpty() {
        return orders == 0;
    }

    /** Of what the ledger and the returns beside it hold within a window. */
    static Rfm within(long lookBackMillis, long asOf, Ledger ledger, LooseReturns returns) {
        long since = asOf - lookBackMillis;
        long orders = 0;
        long minor = 0;
        long last = Profile.NEVER;
        long firstKept = Profile.NO_DEADLINE;
        long firstAmount = Profile.NO_DEADLINE;
        for (int i = 0; i < ledger.size(); i++) {
            long time = ledger.time(i);
            if (time > since) {
                long net = ledger.gross(i) - ledger.returned(i);
                minor += net;
                firstAmount = net == 0 ? firstAmount : Math.min(firstAmount, time);
                if (ledger.kept(i)) {
                    orders++;
                    last = Math.max(last, time);
                    firstKept = Math.min(firstKept, time);
                }
            }
        }
        for (int i = 0; i < returns.size(); i++) {
            if (returns.time(i) > since) {
                minor -= returns.minor(i);
                firstAmount = Math.min(firstAmount, returns.time(i));
            }
        }
        return new Rfm(
                orders,
                minor,
                last,
                Profile.later(firstKept, lookBackMillis),
                Profile.later(firstAmount, lookBackMillis));
    }
}
