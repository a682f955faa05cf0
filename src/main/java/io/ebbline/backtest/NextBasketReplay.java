package io.ebbline.backtest;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.fit.OwnFit;
import io.ebbline.model.RankingModel;
import io.ebbline.offer.Affinities;
import io.ebbline.offer.Candidate;
import io.ebbline.offer.Candidates;
import io.ebbline.offer.Replenish;
import io.ebbline.population.Tick;
import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A history as those who make offers live through it, once, in the order of time: before each customer's last order they are asked
 * what it will hold. What they know then is what had happened before; their weights are fitted anew every 28 days, to the orders
 * of the 91 days before.
 */
final class NextBasketReplay {

    private static final long REFIT_MILLIS = 28 * Tick.MILLIS;
    private static final long WINDOW_MILLIS = 91 * Tick.MILLIS;

    /** An event of a customer. */
    private record Step(int place, Event event) {}

    private static final class Known {
        private final Shelf shelf = new Shelf();
        private final Set<String> orders = new HashSet<>();
        private long minute = Long.MIN_VALUE;
    }

    private final List<CustomerEvents> customers;
    private final Map<Integer, Long> lastOrders = new HashMap<>();
    private final Candidates explore;
    private final Replenish replenish = new Replenish();
    private final int first;
    static int tickDays = 7;
    private final Map<Integer, List<Candidate>> foretold = new HashMap<>();

    private final Affinities affinities;
    private final OwnFit fit = new OwnFit();
    private RankingModel model;
    private int openWeek = Integer.MIN_VALUE;
    private long refit;

    /**
     * Prepares.
     *
     * @param history of these customers
     * @param explore finds what is not owned
     * @param model weights until enough is known to fit others
     * @param first how many products to name
     */
    NextBasketReplay(
            List<CustomerEvents> customers,
            BasketHistory history,
            int minorDigits,
            Candidates explore,
            RankingModel model,
            int first) {
        this.customers = customers;
        this.explore = explore;
        this.model = model;
        this.first = first;
        this.affinities = new Affinities(minorDigits);
        history.users().forEach(user -> lastOrders.put(user.place(), user.targetTime()));
    }

    /** What was foretold of the last order of each, the likeliest first, by place in the list of customers. */
    Map<Integer, List<Candidate>> run() {
        List<Step> steps = new ArrayList<>();
        List<Known> known = new ArrayList<>();
        for (int place = 0; place < customers.size(); place++) {
            known.add(new Known());
            for (Event event : customers.get(place).events()) {
                if (event instanceof Purchase || event instanceof Return) {
                    steps.add(new Step(place, event));
                }
            }
        }
        steps.sort(Comparator.comparingLong(step -> step.event.time()));
        refit = steps.isEmpty() ? 0 : steps.get(0).event.time() + REFIT_MILLIS;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            advance(step.event.time());
            Known customer = known.get(step.place);
            if (step.event instanceof Purchase purchase) {
                long minute = BasketHistory.minute(purchase.time());
                if (minute > customer.minute && customer.shelf.orders() > 0) {
                    order(step.place, customer, purchase.time(), basket(steps, i, minute));
                }
                customer.minute = minute;
                boolean begins = customer.orders.add(purchase.orderId());
                affinities.add(customer.shelf.purchase(purchase, begins, purchase.time()));
            } else if (step.event instanceof Return goods) {
                customer.shelf.giveBack(goods);
            }
        }
        return foretold;
    }

    /** What the customer buys in that minute. */
    private static Set<String> basket(List<Step> steps, int from, long minute) {
        Set<String> basket = new TreeSet<>();
        for (int i = from; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (BasketHistory.minute(step.event.time()) > minute) {
                break;
            }
            if (step.place == steps.get(from).place && step.event instanceof Purchase purchase) {
                purchase.lines().stream().map(Line::sku).forEach(basket::add);
            }
        }
        return basket;
    }

    private void advance(long time) {
        int week = Math.floorDiv(Tick.of(time), tickDays);
        if (week == openWeek) {
            return;
        }
        if (openWeek != Integer.MIN_VALUE) {
            affinities.endTick((openWeek + 1) * tickDays - 1);
            affinities.market().advance(week * tickDays - 1);
        }
        openWeek = week;
        if (time >= refit) {
            fit.forgetBefore(time - WINDOW_MILLIS);
            model = new RankingModel(model.explore(), fit.fit(model.own()));
            refit += REFIT_MILLIS;
        }
    }

    private void order(int place, Known customer, long time, Set<String> basket) {
        Long last = lastOrders.get(place);
        if (last != null && BasketHistory.minute(time) == last) {
            foretold.put(place, foretell(customer.shelf, time));
        }
        fit.add(customers.get(place).customer(), time, customer.shelf, affinities.market(), basket);
    }

    private List<Candidate> foretell(Shelf shelf, long time) {
        List<Candidate> all = new ArrayList<>(
                replenish.of(shelf, affinities.market(), model, time, sku -> false, first));
        all.addAll(explore.of(shelf, affinities.market(), model, time, sku -> shelf.get(sku) != null, first));
        all.sort(Comparator.comparingDouble((Candidate c) -> -c.chance()).thenComparing(Candidate::sku));
        return List.copyOf(all.subList(0, Math.min(first, all.size())));
    }

    /** The weights that the last fit found. */
    RankingModel model() {
        return model;
    }
}
