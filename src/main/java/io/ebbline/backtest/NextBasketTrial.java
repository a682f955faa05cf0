package io.ebbline.backtest;

import io.ebbline.backtest.BasketHistory.User;
import io.ebbline.offer.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * What of a customer's last order is foretold: replenishment and first purchases in one list, beside three baselines.
 *
 * <p>The protocol is that of Li and others, "A Next Basket Recommendation Reality Check" (2023): the customers are shuffled and
 * divided into 72 % to learn from, 8 % to choose parameters with and 20 % to measure with, several times over; recall is a mean over
 * the latter. A baseline knows all orders but each customer's last one, later ones of other customers too, and popularity is
 * counted over everybody's. Of ties the more popular product stands first, then the first by sku. The engine's own answers know
 * nothing of what came after the order began.
 */
public final class NextBasketTrial {

    /** How many products are foretold. */
    private static final int FIRST = 20;

    /** Rounds over the five parameters of TIFU-KNN. */
    private static final int ROUNDS = 2;

    private static final double LEARN = .72;
    private static final double CHOOSE = .8;

    /** With fewer, the parts are too small to measure with. */
    private static final int LEAST_USERS = 25;

    /** Mean share of an order that is among the 10, and the 20, products that are foretold. */
    public record Recall(double at10, double at20) {

        private Recall plus(Recall other, double weight) {
            return new Recall(at10 + weight * other.at10, at20 + weight * other.at20);
        }
    }

    /**
     * What came of it.
     *
     * @param users customers with at least two orders
     * @param repeatShare mean share of a last order that had been bought before
     * @param engine what the engine foretells
     * @param popularity what is in most orders
     * @param ownThenGlobal what is in most of the customer's own orders, ties by popularity
     * @param tifuKnn TIFU-KNN with its parameters chosen for the history
     * @param everybody what the engine foretells, of all users rather than of those measured with
     * @param rules the parameters that were chosen, shuffle by shuffle
     */
    public record Figures(
            int users,
            double repeatShare,
            Recall engine,
            Recall popularity,
            Recall ownThenGlobal,
            Recall tifuKnn,
            Recall everybody,
            List<String> rules) {

        /** Puts the figures under their keys. */
        public void putInto(Metrics metrics) {
            metrics.put(Metrics.NEXT_BASKET_USERS, users);
            metrics.put(Metrics.REPEAT_SHARE, repeatShare);
            put(metrics, "", engine);
            put(metrics, "baseline_popularity_", popularity);
            put(metrics, "baseline_own_global_", ownThenGlobal);
            put(metrics, "baseline_tifuknn_", tifuKnn);
        }

        private static void put(Metrics metrics, String of, Recall recall) {
            metrics.put(Metrics.OFFERS + of + Metrics.RECALL_10, recall.at10);
            metrics.put(Metrics.OFFERS + of + Metrics.RECALL_20, recall.at20);
        }
    }

    private final BasketHistory history;
    private final FrequencyBaselines frequency;
    private final int[] popular;
    private final List<String> rules = new ArrayList<>();

    private NextBasketTrial(BasketHistory history) {
        this.history = history;
        this.frequency = new FrequencyBaselines(pasts(history.users()), items());
        this.popular = Ranks.best(items(), items(), i -> frequency.global()[i]);
    }

    /**
     * Measures.
     *
     * @param customers everybody of the history
     * @param minorDigits decimals of the currency, 0 to 4
     * @param tickDays what the engine knows of products moves on after so many days
     * @param shuffles how many, at least 1; the first is the same in every run, and so are the others
     * @throws IllegalArgumentException when fewer than 25 customers have ordered twice
     */
    public static Figures of(List<CustomerEvents> customers, int minorDigits, int tickDays, int shuffles) {
        BasketHistory history = BasketHistory.of(customers);
        if (history.users().size() < LEAST_USERS) {
            throw new IllegalArgumentException("Only " + history.users().size()
                    + " customers have ordered twice, less than " + LEAST_USERS + ": take a longer history.");
        }
        return new NextBasketTrial(history)
                .figures(NextBasketReplay.of(customers, history, minorDigits, tickDays, FIRST), shuffles);
    }

    private Figures figures(List<List<Candidate>> foretold, int shuffles) {
        List<User> users = history.users();
        Map<User, int[]> engine = numbers(foretold);
        Recall[] sums = new Recall[4];
        Arrays.fill(sums, new Recall(0, 0));
        for (int shuffle = 1; shuffle <= shuffles; shuffle++) {
            List<User> order = new ArrayList<>(users);
            Collections.shuffle(order, new Random(shuffle));
            int learnt = (int) (LEARN * order.size());
            int chosen = (int) (CHOOSE * order.size());
            List<User> measured = order.subList(chosen, order.size());
            Recall[] found = {
                recall(measured, user -> Objects.requireNonNull(engine.get(user))),
                recall(measured, user -> best(frequency.global())),
                recall(measured, user -> best(frequency.ownThenGlobal(user.past()))),
                tifuKnn(order.subList(0, learnt), order.subList(learnt, chosen), measured)
            };
            for (int i = 0; i < sums.length; i++) {
                sums[i] = sums[i].plus(found[i], 1.0 / shuffles);
            }
        }
        return new Figures(
                users.size(),
                repeatShare(users),
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                recall(users, user -> Objects.requireNonNull(engine.get(user))),
                List.copyOf(rules));
    }

    private Recall tifuKnn(List<User> learn, List<User> choose, List<User> measure) {
        TifuKnn.Rules best = TifuKnn.choose(rules -> recall(learn, choose, rules).at10, ROUNDS);
        rules.add(best.toString());
        return recall(learn, measure, best);
    }

    private Recall recall(List<User> learn, List<User> users, TifuKnn.Rules rules) {
        TifuKnn knn = new TifuKnn(pasts(learn), items(), rules);
        return recall(users, user -> best(knn.scores(user.past())));
    }

    // ---- rankings

    private interface Ranking {
        int[] of(User user);
    }

    private static Recall recall(List<User> users, Ranking ranking) {
        Recall sum = new Recall(0, 0);
        for (User user : users) {
            int[] ranked = ranking.of(user);
            int[] target = user.target();
            sum = sum.plus(
                    new Recall(Ranks.recall(ranked, target, 10), Ranks.recall(ranked, target, FIRST)),
                    1.0 / users.size());
        }
        return sum;
    }

    /** The best; of equals the more popular. */
    private int[] best(double[] scores) {
        int[] best = Ranks.best(scores.length, FIRST, i -> scores[popular[i]]);
        return Arrays.stream(best).map(i -> popular[i]).toArray();
    }

    private Map<User, int[]> numbers(List<List<Candidate>> foretold) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < items(); i++) {
            numbers.put(history.skus().get(i), i);
        }
        Map<User, int[]> ranked = new TreeMap<>(Comparator.comparingInt(User::place));
        for (int i = 0; i < foretold.size(); i++) {
            ranked.put(
                    history.users().get(i),
                    foretold.get(i).stream()
                            .mapToInt(candidate -> Objects.requireNonNull(numbers.get(candidate.sku())))
                            .toArray());
        }
        return ranked;
    }

    private static double repeatShare(List<User> users) {
        double sum = 0;
        for (User user : users) {
            int[] owned = user.past().stream()
                    .flatMapToInt(Arrays::stream)
                    .distinct()
                    .sorted()
                    .toArray();
            sum += Ranks.recall(owned, user.target(), owned.length);
        }
        return sum / users.size();
    }

    private int items() {
        return history.skus().size();
    }

    private static List<List<int[]>> pasts(List<User> users) {
        return users.stream().map(User::past).toList();
    }
}
