package io.ebbline.backtest;

import io.ebbline.engine.Effect;
import io.ebbline.engine.EngineRules;
import io.ebbline.fit.Buyer;
import io.ebbline.model.ScoringModel;
import io.ebbline.score.ScoreValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A history divided at a cut: every customer who had ordered by then, answered by the engine under a model that knows nothing of
 * what follows, beside what followed.
 *
 * @param predictions by customer, in the history's order
 * @param buyers the same customers with all their orders
 */
public record HoldOut(Cutoff cutoff, ScoringModel model, List<Prediction> predictions, List<Buyer> buyers) {

    /** The score that says what a customer will spend within the horizon, minor units. */
    public static final String SPEND_SCORE = "spend-forecast";

    public HoldOut {
        predictions = List.copyOf(predictions);
        buyers = List.copyOf(buyers);
    }

    /**
     * Divides a history and asks the engine.
     *
     * @param customers everybody of the history, with all their events
     * @throws IllegalArgumentException when nobody had ordered by the cut
     */
    public static HoldOut of(List<CustomerEvents> customers, Cutoff cutoff, ModelSource source, EngineRules rules) {
        List<CustomerEvents> known = new ArrayList<>();
        List<Buyer> knownBuyers = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        long start = Long.MAX_VALUE;
        for (int i = 0; i < customers.size(); i++) {
            CustomerEvents customer = customers.get(i).until(cutoff.cut());
            Buyer buyer = customer.buyer(rules);
            if (buyer != null) {
                knownBuyers.add(buyer);
                places.add(i);
                start = Math.min(start, buyer.firstOrder());
            }
            if (!customer.events().isEmpty()) {
                known.add(customer);
            }
        }
        if (knownBuyers.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nobody had ordered by " + cutoff.day() + ": choose a day after the first order.");
        }
        Past past = new Past(List.copyOf(known), List.copyOf(knownBuyers), start, cutoff.cut());
        ScoringModel model = source.model(past, cutoff.horizonMillis());
        Replay replay = new Replay(model, rules, cutoff.end());
        List<Prediction> predictions = new ArrayList<>();
        List<Buyer> buyers = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            CustomerEvents customer = customers.get(places.get(i));
            Buyer whole = customer.buyer(rules);
            if (whole == null) {
                throw new AssertionError(customer.customer() + " had ordered and never did");
            }
            buyers.add(whole);
            List<Effect.Answer> answers = replay.answers(customer, cutoff.cut(), cutoff.end());
            predictions.add(prediction(places.get(i), knownBuyers.get(i), whole, answers, cutoff));
        }
        return new HoldOut(cutoff, model, predictions, buyers);
    }

    private static Prediction prediction(
            int place, Buyer known, Buyer whole, List<Effect.Answer> answers, Cutoff cutoff) {
        Effect.Answer answer = answers.get(0);
        return new Prediction(
                place,
                known.at(cutoff.cut()),
                answer.standing().stage(),
                answer.pBuy(),
                value(answer, SPEND_SCORE),
                whole.occasions(cutoff.cut(), cutoff.end()),
                whole.netMinor(cutoff.cut(), cutoff.end()),
                answers.get(1).standing().stage());
    }

    private static double value(Effect.Answer answer, String name) {
        for (ScoreValue score : answer.scores()) {
            if (score.name().equals(name)) {
                return score.value();
            }
        }
        return Double.NaN;
    }
}
