package io.ebbline.fit;

import io.ebbline.event.Tick;
import io.ebbline.model.ScoringModel;
import io.ebbline.population.DeadBand;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A series of models, each fitted to what came before it alone: under them a first replay of years of history never uses a
 * parameter from its own future.
 */
public final class WalkForward {

    private WalkForward() {}

    /**
     * Fits a model at the ends of months, UTC, from the first at which 100 customers have a kept order. What one can't fit it
     * takes over from the one before.
     * Where the orders are those of a sample no weights of ranking are fitted: who belongs to it depends on who comes later.
     *
     * @param months from one to the next, 1 or more; counted from January of year 0
     * @param lastTick no month ends after it
     * @param base lends the first model what it can't fit
     * @param begun hears of the last day of each before it is fitted
     * @return one for each month, in order
     * @throws FitException when no month has enough
     */
    public static List<ModelFit.Result> of(
            Folded history,
            int months,
            int lastTick,
            ScoringModel base,
            ModelFit.Wish wish,
            Consumer<LocalDate> begun) {
        List<ModelFit.Result> series = new ArrayList<>();
        ScoringModel lender = base;
        Folded known = history.ordersOneOf() == 1 ? history : history.withoutOrders();
        for (int tick : ends(history.census(), months, lastTick)) {
            if (history.census().at(tick).population().buyers() >= DeadBand.FEWEST_CUSTOMERS) {
                begun.accept(LocalDate.ofEpochDay(tick));
                ModelFit.Result result = ModelFit.of(known, tick, lender, wish, part -> {});
                series.add(result);
                lender = result.model();
            }
        }
        if (series.isEmpty()) {
            throw new FitException("No month of the history ends with " + DeadBand.FEWEST_CUSTOMERS
                    + " customers who have a kept order: fit once to all of it.");
        }
        return List.copyOf(series);
    }

    private static List<Integer> ends(Census census, int months, int lastTick) {
        List<Integer> ends = new ArrayList<>();
        if (census.days().isEmpty()) {
            return ends;
        }
        LocalDate month = LocalDate.ofEpochDay(census.days().firstKey()).withDayOfMonth(1);
        while (month.plusMonths(1).toEpochDay() - 1 <= lastTick) {
            month = month.plusMonths(1);
            if ((month.getYear() * 12L + month.getMonthValue() - 1) % months == 0) {
                ends.add(Tick.of(month.toEpochDay() * Tick.MILLIS) - 1);
            }
        }
        return ends;
    }
}
