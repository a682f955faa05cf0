package io.ebbline.fit;

import io.ebbline.fit.Cells.Cell;
import io.ebbline.fit.Search.Parameter;
import io.ebbline.model.ParetoNbd;
import java.util.List;

/** Fits of {@link ParetoNbd} by maximum likelihood. */
public final class ParetoNbdFit {

    private static final List<double[]> STARTS =
            List.of(new double[] {.5, .5, .5, .5}, new double[] {1, 1, 1, 1}, new double[] {1, 1, .5, 3});

    private ParetoNbdFit() {}

    /**
     * The model of these customers.
     *
     * @throws FitException when there are too few customers or repeats, or they do not tell a parameter
     */
    public static Fitted<ParetoNbd> of(List<Buyer.Sample> samples) {
        Enough.repeats(samples);
        Cells cells = Cells.of(samples.stream()
                .map(sample -> new Cell(sample.repeats(), sample.spanDays(), sample.silenceDays(), 1))
                .toList());
        Cells fine = cells.atMost(Cells.FINE);
        Cells rough = fine.atMost(Cells.ROUGH);
        double days = cells.sum(cell -> cell.first() + cell.second());
        Search search = new Search(
                new Parameter("r", 1),
                new Parameter("alpha", days / cells.sum(Cell::count)),
                new Parameter("s", 1),
                new Parameter("beta", days / cells.weight()));
        double[] p = search.maximum(q -> logLikelihood(rough, model(q)), q -> logLikelihood(fine, model(q)), STARTS);
        return new Fitted<>(
                model(p),
                logLikelihood(cells, model(p)),
                samples.size(),
                "Pareto/NBD by maximum likelihood." + search.caveat(p));
    }

    private static double logLikelihood(Cells cells, ParetoNbd model) {
        return cells.sum(cell -> model.logLikelihood(cell.count(), cell.first(), cell.second()));
    }

    private static ParetoNbd model(double[] p) {
        return new ParetoNbd(p[0], p[1], p[2], p[3]);
    }
}
