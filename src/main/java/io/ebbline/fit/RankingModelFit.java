package io.ebbline.fit;

import io.ebbline.event.Tick;
import io.ebbline.fit.OrderHistory.Order;
import io.ebbline.model.RankingModel;
import io.ebbline.offer.Market;
import io.ebbline.profile.Shelf;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All weights of ranking from the orders of a history, which are gone through in the order of time, as the stream meets them: before
 * each one what is known is as of the end of the day before. Fitted is to the orders of the last {@value RankingFit#DAYS} days.
 */
final class RankingModelFit {

    /** Who waits hears so often. */
    private static final int TOLD = 10;

    /** Who waits. */
    @FunctionalInterface
    interface Progress {
        void walked(int orders, int all);
    }

    private final RankingFit explore = new RankingFit();
    private final OwnFit own = new OwnFit();
    private final Set<String> customers = new HashSet<>();
    private final long from;
    private final Progress progress;
    private final int all;
    private int walked;
    private int orders;

    private RankingModelFit(int all, long from, Progress progress) {
        this.all = all;
        this.from = from;
        this.progress = progress;
    }

    /**
     * Fits.
     *
     * @param history orders before that instant
     * @param until milliseconds since the epoch
     * @param base lends the weights of first or of repeated purchases where too little is known of those alone
     * @throws FitException when too little is known of both
     */
    static Fitted<RankingModel> of(OrderHistory history, long until, RankingModel base, Progress progress) {
        RankingModelFit fit =
                new RankingModelFit(history.orders().size(), until - RankingFit.DAYS * Tick.MILLIS, progress);
        history.walk(history.minorDigits(), 1, fit::before);
        return fit.fitted(until, base);
    }

    private void before(Order order, Shelf shelf, Market market) {
        if (order.time() >= from && order.begins() && !shelf.items().isEmpty()) {
            orders++;
            customers.add(order.customer());
            explore.add(order, shelf, market);
            own.add(order, shelf, market);
        }
        walked++;
        if ((long) walked * TOLD / all > (walked - 1L) * TOLD / all) {
            progress.walked(walked, all);
        }
    }

    private Fitted<RankingModel> fitted(long until, RankingModel base) {
        StringBuilder note = new StringBuilder(String.format(
                Locale.ROOT, "%,d orders of %d days by who had ordered before.", orders, RankingFit.DAYS));
        var first = part("First", () -> explore.fit(until), note);
        var again = part("Repeated", () -> own.fit(until), note);
        if (first == null && again == null) {
            throw new FitException(note.toString());
        }
        return new Fitted<>(
                new RankingModel(
                        first == null ? base.explore() : first.parameters(),
                        again == null ? base.own() : again.parameters()),
                (first == null ? 0 : first.logLikelihood()) + (again == null ? 0 : again.logLikelihood()),
                customers.size(),
                note.toString());
    }

    private static <P> @Nullable Fitted<P> part(String name, Supplier<Fitted<P>> fit, StringBuilder note) {
        try {
            Fitted<P> fitted = fit.get();
            note.append(String.format(Locale.ROOT, " %s purchases fitted to: %,d.", name, fitted.customers()));
            return fitted;
        } catch (FitException e) {
            note.append(' ').append(name).append(" purchases not fitted: ").append(e.getMessage());
            return null;
        }
    }
}
