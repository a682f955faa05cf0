package io.ebbline.population;

import io.ebbline.event.Tick;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What happened to a few customers, made up from a seed: they come, move, order, send back, are forgotten, come again. */
public final class Lives {

    /**
     * A change of one customer.
     *
     * @param from category of the order before
     * @param to category of the order that made the change, or {@link Switches#NONE} for who is forgotten; null: neither
     * @param minor what the order came to
     */
    public record Change(
            int customer,
            long asOf,
            Figures before,
            Figures now,
            String from,
            @Nullable String to,
            long minor) {

        /** Counts it. */
        public void count(TickTally tally) {
            tally.add(before, now, asOf);
            if (to != null) {
                tally.switches().order(from, to, minor, asOf);
            }
        }
    }

    private static final Stage[] STAGES = Stage.values();

    private Lives() {}

    /** Changes in the order of time. */
    public static List<Change> of(long seed, int customers, int days) {
        Random random = new Random(seed);
        List<Change> changes = new ArrayList<>();
        Map<Integer, Figures> known = new HashMap<>();
        Map<Integer, String> categories = new HashMap<>();
        int firstDay = 1 + random.nextInt(20_000);
        List<Long> instants = new ArrayList<>();
        for (int i = random.nextInt(customers * 8) + 1; i > 0; i--) {
            int day = firstDay + random.nextInt(days);
            instants.add(day * Tick.MILLIS + (random.nextInt(4) == 0 ? 0 : random.nextInt((int) Tick.MILLIS)));
        }
        instants.sort(Comparator.naturalOrder());
        for (long asOf : instants) {
            int customer = random.nextInt(customers);
            Figures before = known.getOrDefault(customer, Figures.NONE);
            Figures now = next(random, before, asOf);
            if (!now.equals(before)) {
                known.put(customer, now);
                String from = categories.getOrDefault(customer, Switches.NONE);
                String to = now.orders() > before.orders() && random.nextInt(5) > 0
                        ? "category " + random.nextInt(30)
                        : now.equals(Figures.NONE) && !from.isEmpty() ? Switches.NONE : null;
                changes.add(new Change(customer, asOf, before, now, from, to, random.nextInt(9_000) - 500));
                if (to != null) {
                    categories.put(customer, to);
                }
            }
        }
        return changes;
    }

    private static Figures next(Random random, Figures before, long asOf) {
        if (before.stage() == Stage.PROSPECT && random.nextInt(4) == 0) {
            return Figures.NONE;
        }
        int kind = random.nextInt(10);
        long orders = Math.max(0, before.orders() + (kind < 6 ? 1 : kind < 8 ? -1 : 0));
        long amount = (long) (Math.exp(random.nextGaussian() * 2) * 2_000);
        long monetary = before.monetaryMinor() + (kind < 6 ? amount : -amount);
        long last = orders == 0 ? Profile.NEVER : kind < 6 || before.orders() == 0 ? asOf : before.lastOrder();
        Stage stage = orders == 0 ? Stage.PROSPECT : STAGES[2 + random.nextInt(4)];
        return new Figures(stage, stage == before.stage() ? before.stageSince() : asOf, orders, monetary, last);
    }
}
