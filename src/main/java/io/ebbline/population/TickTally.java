package io.ebbline.population;

import io.ebbline.event.Tick;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import java.util.Arrays;

/**
 * What changed among customers within one tick. Tallies of disjoint changes merge by addition, so it does not matter which
 * subtask counted what, nor in which order.
 */
public final class TickTally {

    /** Stages, UNKNOWN among them: whence new customers come and whither forgotten ones go. */
    public static final int STAGES = Stage.values().length;

    private final long[] moves;
    private final Histogram[] dwell;
    private final Histogram frequency;
    private final Histogram monetary;
    private final Cells lastOrderDays;
    private final Outcomes outcomes;
    private final Switches switches;

    /** Nothing has changed yet. */
    public TickTally() {
        this(
                new long[STAGES * STAGES],
                histograms(),
                new Histogram(),
                new Histogram(),
                new Cells(),
                new Outcomes(),
                new Switches());
    }

    /**
     * A tally of these parts, which it goes on to change.
     *
     * @param moves how many moved, by stage left times {@link #STAGES} plus stage entered
     * @param dwell by stage left: how long those who left had been there, milliseconds
     * @param frequency change of the kept orders of customers who have any
     * @param monetary change of their net spend, minor units
     * @param lastOrderDays change of the days of their latest kept orders
     * @param outcomes predictions that were checked
     * @param switches orders by category, and by that of the order before
     */
    public TickTally(
            long[] moves,
            Histogram[] dwell,
            Histogram frequency,
            Histogram monetary,
            Cells lastOrderDays,
            Outcomes outcomes,
            Switches switches) {
        this.moves = moves;
        this.dwell = dwell;
        this.frequency = frequency;
        this.monetary = monetary;
        this.lastOrderDays = lastOrderDays;
        this.outcomes = outcomes;
        this.switches = switches;
    }

    private static Histogram[] histograms() {
        Histogram[] all = new Histogram[STAGES];
        Arrays.setAll(all, i -> new Histogram());
        return all;
    }

    /** Counts one customer's change at an instant, milliseconds since the epoch. */
    public void add(Figures before, Figures now, long asOf) {
        if (before.stage() != now.stage()) {
            moves[index(before.stage(), now.stage())]++;
            if (before.stage() != Stage.UNKNOWN) {
                dwell[before.stage().ordinal()].add(Math.max(0, asOf - before.stageSince()));
            }
        }
        if (before.orders() != now.orders()
                || before.monetaryMinor() != now.monetaryMinor()
                || before.lastOrder() != now.lastOrder()) {
            if (hasOrders(before)) {
                frequency.remove(before.orders());
                monetary.remove(before.monetaryMinor());
                lastOrderDays.add(Tick.of(before.lastOrder()), -1, 0);
            }
            if (hasOrders(now)) {
                frequency.add(now.orders());
                monetary.add(now.monetaryMinor());
                lastOrderDays.add(Tick.of(now.lastOrder()), 1, 0);
            }
        }
    }

    /** Counts a prediction that was checked. */
    public void add(Prediction checked) {
        outcomes.add(checked);
    }

    private static boolean hasOrders(Figures figures) {
        return figures.orders() > 0 && figures.lastOrder() != Profile.NEVER;
    }

    /** Adds another's changes. */
    public void merge(TickTally other) {
        for (int i = 0; i < moves.length; i++) {
            moves[i] += other.moves[i];
        }
        for (int i = 0; i < STAGES; i++) {
            dwell[i].merge(other.dwell[i]);
        }
        frequency.merge(other.frequency);
        monetary.merge(other.monetary);
        lastOrderDays.merge(other.lastOrderDays);
        outcomes.merge(other.outcomes);
        switches.merge(other.switches);
    }

    /** Whether everything is as before: nobody moved, no number changed, no prediction was checked, nothing ordered. */
    public boolean isEmpty() {
        return Arrays.stream(moves).allMatch(count -> count == 0)
                && frequency.isEmpty()
                && monetary.isEmpty()
                && lastOrderDays.isEmpty()
                && outcomes.isEmpty()
                && switches.isEmpty();
    }

    /** How many left one stage for another. */
    public long moved(Stage from, Stage to) {
        return moves[index(from, to)];
    }

    /** How many entered a stage. */
    public long entries(Stage stage) {
        long sum = 0;
        for (Stage from : Stage.values()) {
            sum += moved(from, stage);
        }
        return sum;
    }

    /** How many left a stage. */
    public long exits(Stage stage) {
        long sum = 0;
        for (Stage to : Stage.values()) {
            sum += moved(stage, to);
        }
        return sum;
    }

    /** How long those who left a stage had been there, milliseconds. */
    public Histogram dwell(Stage stage) {
        return dwell[stage.ordinal()];
    }

    /** Change of the kept orders of customers who have any. */
    public Histogram frequency() {
        return frequency;
    }

    /** Change of the net spend of customers who have a kept order, minor units. */
    public Histogram monetary() {
        return monetary;
    }

    /** Change of the days of their latest kept orders. */
    public Cells lastOrderDays() {
        return lastOrderDays;
    }

    /** Predictions that were checked. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** Orders by category, and by that of the order before. */
    public Switches switches() {
        return switches;
    }

    private static int index(Stage from, Stage to) {
        return from.ordinal() * STAGES + to.ordinal();
    }
}
