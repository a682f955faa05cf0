package io.ebbline.backtest;

import io.ebbline.engine.Effect;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Tick;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Affinities;
import io.ebbline.offer.Assortment;
import io.ebbline.offer.Candidates;
import io.ebbline.offer.Desk;
import io.ebbline.offer.Fact;
import io.ebbline.offer.Kind;
import io.ebbline.offer.Market;
import io.ebbline.offer.OfferBook;
import io.ebbline.offer.OfferEffect;
import io.ebbline.offer.OfferEffect.Outcome;
import io.ebbline.offer.PropensityClasses;
import io.ebbline.offer.Ranker;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Propensities of offers of products against what came of them. Engine, affinities and desk themselves live through a history day by
 * day, as the stream does: what happens on a day is judged by what was known at the end of the day before.
 *
 * <p>Nothing was offered in the history, so what is measured is whether customers buy by themselves what would be offered.
 */
public final class PropensityTrial {

    private final Replay replay;
    private final ModelTimeline models = new ModelTimeline();
    private final EngineRules rules;
    private final int minorDigits;
    private final TreeMap<Integer, Day> days = new TreeMap<>();

    private static final class Day {
        private final List<Said> said = new ArrayList<>();
        private final List<Basket> baskets = new ArrayList<>();
        private final Set<String> due = new LinkedHashSet<>();
    }

    private record Said(String customer, Fact fact) {}

    /**
     * Offers of a kind, or of a class of propensity of it.
     *
     * @param expected sum of the propensities
     * @param bought how many of the products were bought while the offer stood
     */
    public record Sum(long offers, double expected, long bought) {

        private static final Sum NONE = new Sum(0, 0, 0);

        private Sum plus(Sum other) {
            return new Sum(offers + other.offers, expected + other.expected, bought + other.bought);
        }
    }

    /** What came of offers of a kind, by class of propensity; classes that hold none are left out. */
    public record Figures(Map<Kind, TreeMap<Integer, Sum>> byClass) {

        /** Of all classes. */
        public Sum of(Kind kind) {
            return byClass.getOrDefault(kind, new TreeMap<>()).values().stream().reduce(Sum.NONE, Sum::plus);
        }
    }

    /**
     * A trial.
     *
     * @param offered what the shop says of its products and offers, in force from the beginning
     * @param until end of the history, milliseconds since the epoch
     * @param minorDigits decimals of the currency, 0 to 4
     */
    public PropensityTrial(
            ScoringModel model, List<ModelVersion> offered, EngineRules rules, long until, int minorDigits) {
        models.add(model, 0);
        offered.forEach(version -> models.add(version, 0));
        this.rules = rules.withOffers().until(until);
        this.replay = new Replay(model, rules.withOffers(), until, models.offers()::lifeMillis);
        this.minorDigits = minorDigits;
    }

    /** Adds a customer. */
    public void add(CustomerEvents customer) {
        replay.play(customer, effect -> {
            if (effect instanceof Effect.Noted noted) {
                day(noted.fact().asOf()).said.add(new Said(customer.customer(), noted.fact()));
            } else if (effect instanceof Effect.Bought bought) {
                day(bought.basket().asOf()).baskets.add(bought.basket());
            }
        });
    }

    private Day day(long asOf) {
        return days.computeIfAbsent(Tick.of(asOf), tick -> new Day());
    }

    /**
     * Makes offers to all customers, and looks at what came of them.
     *
     * @param from offers of which it was known before this instant what came of them do not count, milliseconds since the epoch
     */
    public Figures judge(long from) {
        Map<Kind, TreeMap<Integer, Sum>> byClass = new EnumMap<>(Kind.class);
        judge((customer, effect) -> {
            if (effect instanceof Outcome outcome
                    && outcome.asOf() >= from
                    && outcome.offerId().startsWith("sku:")) {
                byClass.computeIfAbsent(outcome.kind(), kind -> new TreeMap<>())
                        .merge(
                                PropensityClasses.of(outcome.propensity()),
                                new Sum(1, outcome.propensity(), outcome.bought() ? 1 : 0),
                                Sum::plus);
            }
        });
        return new Figures(byClass);
    }

    void judge(BiConsumer<String, OfferEffect> told) {
        judge(assortment -> assortment, told);
    }

    /** The same with what may be offered seen otherwise. */
    void judge(Function<Assortment, Candidates> candidates, BiConsumer<String, OfferEffect> told) {
        Affinities affinities = new Affinities(minorDigits);
        Assortment assortment = new Assortment(models, new Ranker());
        Desk desk = new Desk(
                new ShopClock(rules.timeZone()),
                rules.until(),
                models,
                candidates.apply(assortment),
                assortment,
                assortment,
                "next-best-offers");
        Map<String, OfferBook> books = new HashMap<>();
        for (Map.Entry<Integer, Day> next = days.firstEntry(); next != null; next = days.firstEntry()) {
            int tick = next.getKey();
            Day day = next.getValue();
            Market market = affinities.market();
            for (Said one : day.said) {
                OfferBook book = books.computeIfAbsent(one.customer, name -> new OfferBook());
                desk.fact(one.customer, book, one.fact, market, effect -> told.accept(one.customer, effect));
                day.due.add(one.customer);
            }
            for (String customer : day.due) {
                OfferBook book = books.computeIfAbsent(customer, name -> new OfferBook());
                desk.deadline(customer, book, Tick.end(tick) - 1, market, effect -> told.accept(customer, effect));
                long deadline = book.deadline();
                if (deadline != Profile.NO_DEADLINE && deadline <= rules.until()) {
                    day(deadline).due.add(customer);
                }
            }
            if (!day.baskets.isEmpty()) {
                day.baskets.forEach(affinities::add);
                affinities.endTick(tick);
            }
            days.remove(tick);
        }
    }
}
