package io.ebbline.backtest;

import io.ebbline.event.Tick;
import io.ebbline.fit.FitException;
import io.ebbline.fit.Fitted;
import io.ebbline.fit.OrderHistory;
import io.ebbline.fit.OrderHistory.Order;
import io.ebbline.fit.OwnFit;
import io.ebbline.fit.RankingFit;
import io.ebbline.model.RankingModel;
import io.ebbline.offer.Candidate;
import io.ebbline.offer.Market;
import io.ebbline.offer.Ranker;
import io.ebbline.offer.Replenish;
import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A history as those who make offers live through it, once, in the order of time: before each customer's last order they are asked
 * what it will hold. What they know then is what had happened before, affinities as of the latest tick that had ended; their
 * weights are fitted anew every {@value #REFIT_DAYS} days to what came before.
 */
final class NextBasketReplay {

    private static final int REFIT_DAYS = 28;

    /** An order by its customer and the minute in which it began. */
    private record Place(String customer, long minute) {}

    private final Map<Place, List<Candidate>> foretold = new HashMap<>();
    private final int first;
    private final Ranker explore = new Ranker();
    private final Replenish replenish = new Replenish();
    private final RankingFit exploreFit = new RankingFit();
    private final OwnFit ownFit = new OwnFit();
    private RankingModel model = RankingModel.shipped();
    private long nextFit = Long.MIN_VALUE;

    private NextBasketReplay(int first) {
        this.first = first;
    }

    /**
     * What was foretold of the last order of each user, the likeliest first.
     *
     * @param customers that the users are of
     * @param minorDigits decimals of the currency, 0 to 4
     * @param tickDays affinities move on after so many days
     * @param first products to name
     */
    static List<List<Candidate>> of(
            List<CustomerEvents> customers, BasketHistory history, int minorDigits, int tickDays, int first) {
        NextBasketReplay replay = new NextBasketReplay(first);
        List<Place> places = new ArrayList<>();
        for (BasketHistory.User user : history.users()) {
            Place place = new Place(customers.get(user.place()).customer(), user.targetTime());
            places.add(place);
            replay.foretold.put(place, List.of());
        }
        OrderHistory.Builder orders = new OrderHistory.Builder();
        customers.forEach(customer -> orders.add(customer.customer(), customer.events()));
        orders.build().walk(minorDigits, tickDays, replay::before);
        return places.stream().map(replay.foretold::get).toList();
    }

    private void before(Order order, Shelf shelf, Market market) {
        fit(order.time());
        foretold.computeIfPresent(
                new Place(order.customer(), BasketHistory.minute(order.time())),
                (place, none) -> foretell(shelf, market, order.time()));
        exploreFit.add(order, shelf, market);
        ownFit.add(order, shelf, market);
    }

    private void fit(long time) {
        if (nextFit == Long.MIN_VALUE) {
            nextFit = time + REFIT_DAYS * Tick.MILLIS;
        }
        for (; nextFit <= time; nextFit += REFIT_DAYS * Tick.MILLIS) {
            long until = nextFit;
            model = new RankingModel(
                    fitted(() -> exploreFit.fit(until), model.explore()), fitted(() -> ownFit.fit(until), model.own()));
        }
    }

    /** The weights in use stay where too little is known as yet. */
    private static <P> P fitted(Supplier<Fitted<P>> fit, P inUse) {
        try {
            return fit.get().parameters();
        } catch (FitException e) {
            return inUse;
        }
    }

    private List<Candidate> foretell(Shelf shelf, Market market, long time) {
        List<Candidate> all = new ArrayList<>(replenish.of(shelf, market, model, time, sku -> false, first));
        all.addAll(explore.of(shelf, market, model, time, sku -> false, first));
        all.sort(Comparator.comparingDouble((Candidate c) -> -c.chance()).thenComparing(Candidate::sku));
        return List.copyOf(all.subList(0, Math.min(first, all.size())));
    }
}
