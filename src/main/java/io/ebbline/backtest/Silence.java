package io.ebbline.backtest;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.model.Evidence;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rhythm;
import io.ebbline.profile.ShopClock;
import java.util.ArrayList;
import java.util.List;

/**
 * The time from an occasion to order to the next one, with what is known of the customer's rhythm as it begins. An occasion is
 * a day of the shop with an order, whatever came back later.
 *
 * @param start time of the day's last order, milliseconds since the epoch
 * @param gap milliseconds to the first order of the next occasion; {@link #ENDLESS} when there is none
 * @param evidence what is known of the customer as of the start
 */
public record Silence(long start, long gap, Evidence evidence) {

    /** No next occasion is in the history. */
    public static final long ENDLESS = Long.MAX_VALUE;

    /** A customer's silences, the first one after the first occasion. */
    public static List<Silence> of(CustomerEvents customer, ScoringModel model, ShopClock clock) {
        List<Silence> silences = new ArrayList<>();
        Profile profile = new Profile();
        Rhythm rhythm = profile.rhythm();
        boolean any = false;
        for (Event event : customer.events()) {
            if (event instanceof Purchase) {
                if (any && clock.day(event.time()) != clock.day(rhythm.last())) {
                    silences.add(of(rhythm, event.time() - rhythm.last()));
                }
                profile.apply(event, model, clock);
                any = true;
            }
        }
        if (any) {
            silences.add(of(rhythm, ENDLESS));
        }
        return silences;
    }

    private static Silence of(Rhythm rhythm, long gap) {
        return new Silence(rhythm.last(), gap, rhythm.evidence());
    }

    /** Occasions after the first. */
    public long repeats() {
        return evidence.repeats();
    }

    /** From the first order to the start, milliseconds. */
    public long span() {
        return evidence.spanMillis();
    }

    /** Whether an instant lies in it: from the order on, and before the next one. */
    public boolean holds(long instant) {
        return instant >= start && (gap == ENDLESS || instant - start < gap);
    }
}
