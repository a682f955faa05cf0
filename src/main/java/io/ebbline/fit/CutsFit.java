package io.ebbline.fit;

import io.ebbline.event.Event;
import io.ebbline.model.CutPoints;
import io.ebbline.model.ScoringModel;
import io.ebbline.population.Population;
import io.ebbline.population.Tick;
import io.ebbline.population.TickTally;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import io.ebbline.profile.Stage;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cut points of a history: every customer's profile as the engine folds it, counted as the stream counts its own. */
public final class CutsFit {

    private final int tick;
    // Cut points depend on neither, but a profile folds more than what they count.
    private final ScoringModel model = ScoringModel.shipped();
    private final ShopClock clock = new ShopClock(ZoneOffset.UTC);
    private final Map<String, Profile> profiles = new HashMap<>();
    private long events;

    /**
     * A fit as of the end of a tick.
     *
     * @param tick days since 1970-01-01; what comes after it is left out
     */
    public CutsFit(int tick) {
        this.tick = tick;
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

    /** The cut points; null when nobody has a kept order. */
    public @Nullable CutPoints cuts() {
        TickTally everything = new TickTally();
        for (Profile profile : profiles.values()) {
            // Cut points are of customers with a kept order, whatever their stage.
            everything.add(
                    Figures.NONE,
                    new Figures(Stage.UNKNOWN, 0, profile.keptOrders(), profile.monetaryMinor(), profile.lastOrder()),
                    Tick.end(tick));
        }
        Population population = new Population();
        population.apply(everything);
        return population.cuts(tick);
    }
}
