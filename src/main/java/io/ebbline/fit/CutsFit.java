package io.ebbline.fit;

import io.ebbline.event.Event;
import io.ebbline.model.CutPoints;
import io.ebbline.model.ScoringModel;
import io.ebbline.population.Population;
import io.ebbline.population.Tick;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
import io.ebbline.profile.ShopClock;
import io.ebbline.profile.Stage;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cut points of a history: every customer's profile as the engine folds it, counted as the stream counts its own. */
public final class CutsFit {

    private final int tick;
    private final ScoringModel model;
    // Cut points do not depend on it, but a profile folds more than what they count.
    private final ShopClock clock = new ShopClock(ZoneOffset.UTC);
    private final Map<String, Profile> profiles = new HashMap<>();
    private long events;

    /**
     * A fit as of the end of a tick.
     *
     * @param tick days since 1970-01-01; what comes after it is left out
     * @param model whose look-back window R, F and M are of
     */
    public CutsFit(int tick, ScoringModel model) {
        this.tick = tick;
        this.model = model;
    }

    /** Applies a customer's next event. Each one once, in the order of time. */
    public void add(String customer, Event event) {
        if (event.time() < Tick.end(tick)) {
            profiles.computeIfAbsent(customer, c -> new Profile()).apply(event, model, clock);
            events++;
        }
    }

    /** Events applied. */
    public long events() {
        return events;
    }

    /** Customers who have an event. */
    public int customers() {
        return profiles.size();
    }

    /** The cut points; null when nobody has a kept order in the look-back window. */
    public @Nullable CutPoints cuts() {
        TickTally everything = new TickTally();
        for (Profile profile : profiles.values()) {
            // Cut points are of customers with a kept order, whatever their stage. What leaves the window at the tick's
            // end
            // counts in the next tick.
            Rfm rfm = profile.rfm(model.lookBackMillis(), Tick.end(tick) - 1);
            everything.add(
                    Figures.NONE,
                    new Figures(Stage.UNKNOWN, 0, rfm.orders(), rfm.monetaryMinor(), rfm.lastOrder()),
                    Tick.end(tick));
        }
        Population population = new Population();
        population.apply(everything);
        return population.cuts(tick);
    }
}
