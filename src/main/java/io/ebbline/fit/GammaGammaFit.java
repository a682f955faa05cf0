package io.ebbline.fit;

import io.ebbline.fit.Cells.Cell;
import io.ebbline.fit.Search.Parameter;
import io.ebbline.model.GammaGamma;
import java.util.List;

/** Fits of {@link GammaGamma} by maximum likelihood. */
public final class GammaGammaFit {

    private static final List<double[]> STARTS =
            List.of(new double[] {1, 1, 1}, new double[] {3, 1, .3}, new double[] {.5, 3, 3});

    /**
     * What a customer spent.
     *
     * @param orders over which the mean is, 0 or more
     * @param mean per order, in the unit that the model is to have
     */
    public record Spend(long orders, double mean) {}

    private GammaGammaFit() {}

    /**
     * The model over all orders of these customers, less their returns, minor units. Who has nothing left after returns is left
     * out.
     *
     * @throws FitException when there are too few customers, or they do not tell a parameter
     */
    public static Fitted<GammaGamma> of(List<Buyer.Sample> samples) {
        return ofSpend(samples.stream()
                .map(sample -> new Spend(
                        sample.orders(), (double) (sample.grossMinor() - sample.returnedMinor()) / sample.orders()))
                .toList());
    }

    /**
     * The model over the orders given: for repeats alone, as published, leave the first order of each customer out of theirs.
     * Customers without an order or without spend are left out.
     *
     * @throws FitException when there are too few customers, or they do not tell a parameter
     */
    public static Fitted<GammaGamma> ofSpend(List<Spend> spends) {
        List<Cell> spenders = spends.stream()
                .filter(spend -> spend.orders() > 0 && spend.mean() > 0)
                .map(spend -> new Cell(spend.orders(), spend.mean(), 0, 1))
                .toList();
        Enough.customers(spenders.size(), "customers with spend");
        Enough.telling(spenders.stream().filter(cell -> cell.count() > 1).count(), "customers with several orders");
        Cells cells = Cells.of(spenders);
        Cells fine = cells.atMost(Cells.FINE);
        Cells rough = fine.atMost(Cells.ROUGH);
        Search search = new Search(
                new Parameter("p", 3),
                new Parameter("q - 1", 2),
                new Parameter("v", cells.sum(Cell::first) / cells.weight()));
        double[] p = search.maximum(q -> logLikelihood(rough, model(q)), q -> logLikelihood(fine, model(q)), STARTS);
        return new Fitted<>(
                model(p),
                logLikelihood(cells, model(p)),
                spenders.size(),
                "Gamma-Gamma by maximum likelihood." + search.caveat(p));
    }

    private static double logLikelihood(Cells cells, GammaGamma model) {
        return cells.sum(cell -> model.logLikelihood(cell.count(), cell.first()));
    }

    private static GammaGamma model(double[] p) {
        return new GammaGamma(p[0], 1 + p[1], p[2]);
    }
}
