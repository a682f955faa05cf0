package io.ebbline.backtest;

import io.ebbline.engine.Effect;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Tick;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Acceptance;
import io.ebbline.offer.Posterior;
import io.ebbline.offer.Responses;
import io.ebbline.profile.Exposure;
import io.ebbline.profile.Exposures;
import io.ebbline.profile.Pace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chances of acceptance against what came of the offers that were shown. The engine itself finds what happens to them; a chance
 * is what was known at the end of the tick before the offer was shown, and counts when the offer's life is over.
 */
public final class AcceptanceTrial {

    private final Replay replay;

    /** Offers shown: by tick. */
    private final TreeMap<Integer, List<Shown>> shown = new TreeMap<>();

    private final TreeMap<Integer, Responses> responses = new TreeMap<>();

    private static final class Shown {
        private final Exposure exposure;
        private @Nullable Boolean accepted;

        Shown(Exposure exposure) {
            this.exposure = exposure;
        }
    }

    private record Group(int tick, String offerId, Pace pace) {}

    /**
     * A test.
     *
     * @param lives how long offers stand
     * @param until end of the history, milliseconds since the epoch
     */
    public AcceptanceTrial(ScoringModel model, EngineRules rules, Exposures.Lives lives, long until) {
        this.replay = new Replay(model, rules.withOffers(), until, lives);
    }

    /** Adds a customer. */
    public void add(CustomerEvents customer) {
        List<Shown> open = new ArrayList<>();
        replay.play(customer, effect -> {
            if (effect instanceof Effect.Responded responded) {
                int tick = Tick.of(responded.asOf());
                responses.computeIfAbsent(tick, t -> new Responses()).add(responded.step(), responded.exposure());
                boolean isNow = tick == Tick.of(responded.exposure().shown());
                // What waits on for another life was shown, and predicted, before.
                if (responded.step() == Exposure.Step.SHOWN && isNow) {
                    Shown one = new Shown(responded.exposure());
                    open.add(one);
                    shown.computeIfAbsent(tick, t -> new ArrayList<>()).add(one);
                } else if (responded.step() == Exposure.Step.ENDED) {
                    end(open, responded.exposure());
                }
            }
        });
    }

    private static void end(List<Shown> open, Exposure ended) {
        for (Iterator<Shown> each = open.iterator(); each.hasNext(); ) {
            Shown one = each.next();
            if (one.exposure.offerId().equals(ended.offerId()) && one.exposure.shown() == ended.shown()) {
                one.accepted = ended.answer() == Exposure.Answer.ACCEPTED;
                each.remove();
                return;
            }
        }
    }

    /** How the chances of all customers came true. */
    public AcceptanceFigures judge() {
        Acceptance acceptance = new Acceptance();
        List<AcceptanceFigures.Trial> trials = new ArrayList<>();
        Map<Group, Integer> groups = new HashMap<>();
        int unknown = 0;
        int undecided = 0;
        for (Map.Entry<Integer, Responses> tick : responses.entrySet()) {
            Acceptance.Estimate known = acceptance.estimate();
            for (Shown one : shown.getOrDefault(tick.getKey(), List.of())) {
                String offerId = one.exposure.offerId();
                Boolean accepted = one.accepted;
                if (accepted == null) {
                    undecided++;
                } else if (!known.knows(offerId)) {
                    unknown++;
                } else {
                    Posterior chance = known.of(offerId, one.exposure.pace());
                    int group = groups.computeIfAbsent(
                            new Group(tick.getKey(), offerId, one.exposure.pace()), g -> groups.size());
                    trials.add(new AcceptanceFigures.Trial(group, chance.mean(), chance.variance(), accepted));
                }
            }
            acceptance.fold(tick.getKey(), tick.getValue());
        }
        return AcceptanceFigures.of(trials, unknown, undecided);
    }
}
