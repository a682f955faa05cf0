package io.ebbline.e2e;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * One customer's life under the shipped rules, from the plain list of what they bought and brought back: chances, signs of
 * decline and stages, written anew from the definitions. No code of Ebbline takes part.
 *
 * <p>It goes from instant to instant: events, and between them the first instants at which a condition begins to hold, found
 * by bisection.
 */
final class LifeByHand {

    /** An invoice: what was bought, or brought back, in minor units. */
    record Sale(long time, boolean back, long minor) {}

    /** How things stand at the end. The chances are NaN without an order. */
    record End(String stage, double alive, double buy) {}

    private static final long DAY = 24 * 60 * 60 * 1000L;
    private static final long HIATUS = 180 * DAY;
    private static final long DWELL = 7 * DAY;
    private static final long MONTH = 30 * DAY;
    private static final double HORIZON = 182;

    // MBG/NBD and decayed gamma-Poisson as shipped, days.
    private static final double R = .6371;
    private static final double ALPHA = 51.17;
    private static final double A = .8075;
    private static final double B = 1.2284;
    private static final double DECAYED_R = .279;
    private static final double DECAYED_ALPHA = 139.1;
    private static final double LAMBDA = .00934;

    // The rules of decline as shipped.
    private static final double DECLINE_BELOW = .455;
    private static final double SHARE = .9;
    private static final double SHARE_ONCE = .75;
    private static final double DEPART_BELOW = .2;
    private static final double MARGIN = .05;
    private static final double ALARM = 4;
    private static final double FALL = .5;
    private static final double FAST = Math.log(2) / 28;
    private static final double SLOW = Math.log(2) / 182;

    private final List<Long> orders = new ArrayList<>();
    private final List<Long> returns = new ArrayList<>();
    private final List<Long> occasions = new ArrayList<>();
    private final List<Sale> spent = new ArrayList<>();
    private double cusum;
    private long spreeAt = -1;
    private String stage = "";
    private long since;

    private LifeByHand() {}

    /** How the customer stands at the end of time. */
    static End at(List<Sale> sales, long end) {
        List<Sale> sorted = new ArrayList<>(sales);
        sorted.sort(Comparator.comparingLong(Sale::time).thenComparing(Sale::back));
        LifeByHand life = new LifeByHand();
        long now = sorted.get(0).time;
        for (Sale sale : sorted) {
            life.silence(now, sale.time - 1);
            now = sale.time;
            life.happen(sale);
        }
        life.silence(now, end);
        return life.orders.isEmpty()
                ? new End(life.stage, Double.NaN, Double.NaN)
                : new End(life.stage, life.alive(end), life.buy(end));
    }

    private void happen(Sale sale) {
        if (sale.back) {
            returns.add(sale.time);
            int n = returns.size();
            if (n >= 3 && sale.time - returns.get(n - 3) <= MONTH) {
                spreeAt = sale.time;
            }
        } else {
            order(sale);
        }
        become(sale.time, !sale.back);
    }

    private void order(Sale sale) {
        spent.add(sale);
        boolean anew = orders.isEmpty() || sale.time / DAY != last() / DAY;
        if (!orders.isEmpty()) {
            cusum = cusum(sale.time);
            if (anew) {
                cusum = Math.max(0, cusum + Math.log(.5));
            }
        }
        orders.add(sale.time);
        if (anew) {
            occasions.add(sale.time);
        }
        if (stage.equals("DECLINE") || stage.equals("DEPARTED")) {
            cusum = 0;
        }
        if (stage.equals("DEPARTED")) {
            spent.clear();
        }
    }

    private void silence(long from, long to) {
        long now = from;
        while (!orders.isEmpty()) {
            List<Long> instants = new ArrayList<>();
            first(instants, this::gone, now, to);
            first(instants, this::low, now, to);
            first(instants, this::slow, now, to);
            first(instants, this::spendFell, now, to);
            instants.add(since + DWELL);
            instants.add(spreeAt + MONTH);
            long after = now;
            long next = instants.stream()
                    .filter(at -> at > after && at <= to)
                    .min(Long::compare)
                    .orElse(-1L);
            if (next < 0) {
                return;
            }
            become(next, false);
            now = next;
        }
    }

    /** The first instant at which something holds that does not now, and goes on to hold. */
    private static void first(List<Long> instants, LongPredicate holds, long now, long to) {
        if (to <= now || holds.test(now) || !holds.test(to)) {
            return;
        }
        long no = now;
        long yes = to;
        while (yes - no > 1) {
            long middle = (no + yes) / 2;
            if (holds.test(middle)) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        instants.add(yes);
    }

    private void become(long now, boolean ordered) {
        String next = stageAt(now, ordered);
        if (!next.equals(stage)) {
            stage = next;
            since = now;
        }
    }

    private String stageAt(long now, boolean ordered) {
        if (orders.isEmpty()) {
            return "PROSPECT";
        }
        int gaps = orders.size() - 1;
        String buying = gaps >= 2 && (last() - orders.get(0)) / gaps < HIATUS ? "MATURE" : "GROWTH";
        if (gone(now)) {
            return "DEPARTED";
        }
        if (stage.equals("DEPARTED")) {
            return ordered ? buying : stage;
        }
        boolean negative = spreeAt >= 0 && now < spreeAt + MONTH;
        boolean declines = low(now) || slow(now) || (spendFell(now) && negative);
        if (stage.equals("DECLINE")) {
            boolean over =
                    last() > since && now - since >= DWELL && !declines && buy(now) >= threshold() * (1 + MARGIN);
            return over ? buying : stage;
        }
        return declines ? "DECLINE" : buying;
    }

    // ---- signs

    private boolean gone(long now) {
        return now - last() >= HIATUS && buy(now) < DEPART_BELOW;
    }

    private boolean low(long now) {
        return now > last() && buy(now) < threshold();
    }

    private boolean slow(long now) {
        return occasions.size() >= 3 && cusum(now) >= ALARM;
    }

    private boolean spendFell(long now) {
        double fast = 0;
        double slow = 0;
        for (Sale sale : spent) {
            fast += sale.minor * Math.exp(-FAST * (now - sale.time) / DAY);
            slow += sale.minor * Math.exp(-SLOW * (now - sale.time) / DAY);
        }
        return occasions.size() >= 3 && slow > 0 && FAST * fast / (SLOW * slow) < FALL;
    }

    private double threshold() {
        return Math.min(DECLINE_BELOW, (occasions.size() == 1 ? SHARE_ONCE : SHARE) * buy(last()));
    }

    // ---- chances

    private long last() {
        return orders.get(orders.size() - 1);
    }

    private double repeats() {
        return occasions.size() - 1;
    }

    private double span() {
        return (double) (last() - orders.get(0)) / DAY;
    }

    private double days(long now) {
        return (double) (now - last()) / DAY;
    }

    private double cusum(long now) {
        return cusum + .5 * (R + repeats()) / (ALPHA + span()) * days(now);
    }

    private double alive(long now) {
        double grown = (ALPHA + span() + days(now)) / (ALPHA + span());
        return 1 / (1 + A / (B + repeats()) * Math.pow(grown, R + repeats()));
    }

    private double buy(long now) {
        double total = span() + days(now);
        double silent = Math.pow((ALPHA + total) / (ALPHA + total + HORIZON), R + repeats());
        double count = occasions.stream()
                .skip(1)
                .mapToDouble(time -> Math.exp(-LAMBDA * (now - time) / DAY))
                .sum();
        double exposure = DECAYED_ALPHA + (1 - Math.exp(-LAMBDA * total)) / LAMBDA;
        double none = Math.pow(exposure / (exposure + HORIZON), DECAYED_R + count);
        return (alive(now) * (1 - silent) + 1 - none) / 2;
    }
}
