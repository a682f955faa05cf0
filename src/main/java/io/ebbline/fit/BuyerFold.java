package io.ebbline.fit;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.fit.Buyer.Booking;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
import io.ebbline.profile.SeenEvents;
import io.ebbline.profile.ShopClock;
import io.ebbline.profile.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one customer's events into a {@link Buyer} by the engine's own fold: what it takes for a duplicate, for one order, for
 * the amount of a return. Mutable, for one thread.
 */
public final class BuyerFold {

    // How orders are counted depends on no model, but a profile folds more than that.
    private static final ScoringModel MODEL = ScoringModel.shipped();

    private final ShopClock clock;
    private final long dedupHorizonMillis;
    private final Profile profile = new Profile();
    private final List<Booking> bookings = new ArrayList<>();
    private final List<Booking> returns = new ArrayList<>();
    private long counted = Profile.NEVER;

    /**
     * A fold of a customer without events.
     *
     * @param dedupHorizonMillis how long an event id is remembered, event time
     */
    public BuyerFold(ShopClock clock, long dedupHorizonMillis) {
        this.clock = clock;
        this.dedupHorizonMillis = dedupHorizonMillis;
    }

    /**
     * Applies the next event, in the order of time.
     *
     * @return false for a duplicate, which changes nothing
     */
    public boolean add(Event event) {
        long since = event.time() - dedupHorizonMillis;
        if (profile.seen().contains(SeenEvents.identity(event), since)) {
            return false;
        }
        profile.seen().add(SeenEvents.identity(event), event.time(), since);
        long orders = profile.orders();
        long returned = profile.returnedMinor();
        profile.apply(event, MODEL, clock);
        if (event instanceof Purchase purchase) {
            boolean begins = profile.orders() > orders;
            bookings.add(new Booking(purchase.time(), purchase.totalMinor(), units(purchase), begins));
        } else if (profile.returnedMinor() != returned) {
            returns.add(new Booking(event.time(), profile.returnedMinor() - returned, 0, false));
        }
        return true;
    }

    /** The buyer; null for who never ordered. */
    public @Nullable Buyer buyer() {
        if (bookings.isEmpty()) {
            return null;
        }
        return Buyer.of(bookings, returns, clock);
    }

    /** What the population counts of the customer as of an instant, under a look-back window (0: none); of no stage. */
    Figures figures(long lookBackMillis, long asOf) {
        Rfm rfm = profile.rfm(lookBackMillis, asOf);
        counted = asOf;
        return new Figures(Stage.UNKNOWN, 0, rfm.orders(), rfm.monetaryMinor(), rfm.lastOrder());
    }

    /** When something next leaves the window in silence, after the figures were last asked for; NO_DEADLINE: never. */
    long leavesAt(long lookBackMillis) {
        Rfm rfm = profile.rfm(lookBackMillis, counted);
        return Math.min(rfm.ordersChangeAt(), rfm.amountChangesAt());
    }

    private static double units(Purchase purchase) {
        double sum = 0;
        for (Line line : purchase.lines()) {
            sum += line.quantity();
        }
        return sum / StrictMath.pow(10, Line.SCALE);
    }
}
