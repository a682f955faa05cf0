package io.ebbline.fit;

import io.ebbline.event.Event;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds one customer after the other into what a fit reads of them, and counts them all. Mutable, for one thread. */
public final class CustomerFold {

    private final ShopClock clock;
    private final long dedupHorizonMillis;
    private final long lookBackMillis;
    private final Census census = new Census();

    /**
     * A fold of nobody.
     *
     * @param dedupHorizonMillis how long an event id is remembered, event time
     * @param lookBackMillis the window that R, F and M are of; 0: all history
     */
    public CustomerFold(ShopClock clock, long dedupHorizonMillis, long lookBackMillis) {
        this.clock = clock;
        this.dedupHorizonMillis = dedupHorizonMillis;
        this.lookBackMillis = lookBackMillis;
    }

    /**
     * Folds a customer.
     *
     * @param events all of them, in their order
     * @return null for who never ordered
     */
    public @Nullable Buyer fold(List<Event> events) {
        BuyerFold fold = new BuyerFold(clock, dedupHorizonMillis);
        Figures before = Figures.NONE;
        boolean first = true;
        for (Event event : events) {
            before = leave(fold, before, event.time());
            if (fold.add(event)) {
                Figures now = fold.figures(lookBackMillis, event.time());
                census.add(event.time(), before, now, first);
                before = now;
                first = false;
            }
        }
        leave(fold, before, Profile.NO_DEADLINE);
        return fold.buyer();
    }

    /** What leaves the window before an instant. */
    private Figures leave(BuyerFold fold, Figures figures, long before) {
        Figures now = figures;
        while (true) {
            long at = fold.leavesAt(lookBackMillis);
            if (at >= before) {
                return now;
            }
            Figures next = fold.figures(lookBackMillis, at);
            census.leave(at, now, next);
            now = next;
        }
    }

    /** Everybody so far, counted. */
    public Census census() {
        return census;
    }
}
