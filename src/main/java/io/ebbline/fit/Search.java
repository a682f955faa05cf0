package io.ebbline.fit;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * The search for the parameters with the greatest likelihood: Nelder and Mead (1965) over their logarithms, from several starts,
 * and anew from the best until nothing is gained.
 *
 * <p>A weak prior ends the ridges on which a likelihood hardly changes while parameters run off: it is flat from a thirtieth to
 * thirty times a parameter's typical value, and normal in the logarithm beyond, with a standard deviation of 1. Where one got
 * beyond a thousandth or a thousand times all the same, the data say nothing about it.
 */
final class Search {

    /** Up to here the prior is flat, so that it moves no fit that the data settle. */
    private static final double FLAT = StrictMath.log(30);

    private static final double FARTHEST = StrictMath.log(1000);

    /** No step goes beyond: logarithms of the gamma function of such numbers leave too few digits to their differences. */
    private static final double WALL = StrictMath.log(10_000);

    private static final int EVALUATIONS = 5_000;
    private static final int RESTARTS = 20;
    private static final double GAIN = 1e-7;

    /** A parameter, and a value of the order of magnitude to be expected; positive. */
    record Parameter(String name, double typical) {}

    private final List<Parameter> parameters;

    Search(Parameter... parameters) {
        this.parameters = List.of(parameters);
    }

    /**
     * The parameters at the maximum.
     *
     * @param rough finds the way from the starts
     * @param logLikelihood settles where it ends
     * @param starts parameters to begin from, as multiples of the typical values
     * @throws FitException when it does not settle, or ends where the data say nothing
     */
    double[] maximum(
            ToDoubleFunction<double[]> rough, ToDoubleFunction<double[]> logLikelihood, List<double[]> starts) {
        double[] best = {};
        double value = Double.NEGATIVE_INFINITY;
        for (double[] start : starts) {
            double[] logs = start.clone();
            for (int i = 0; i < logs.length; i++) {
                logs[i] = StrictMath.log(start[i]);
            }
            PointValuePair end = climb(rough, logs, 1);
            if (end.getValue() > value) {
                value = end.getValue();
                best = end.getPoint();
            }
        }
        value = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < RESTARTS; i++) {
            PointValuePair end = climb(logLikelihood, best, .2);
            double gain = end.getValue() - value;
            value = end.getValue();
            best = end.getPoint();
            if (!(gain > GAIN)) {
                break;
            }
        }
        requireInside(best);
        return values(best);
    }

    private PointValuePair climb(ToDoubleFunction<double[]> logLikelihood, double[] from, double side) {
        try {
            return new SimplexOptimizer(1e-12, 1e-9)
                    .optimize(
                            new MaxEval(EVALUATIONS),
                            GoalType.MAXIMIZE,
                            new ObjectiveFunction(logs -> posterior(logLikelihood, logs)),
                            new InitialGuess(from),
                            new NelderMeadSimplex(from.length, side));
        } catch (MathIllegalStateException e) {
            throw new FitException("No maximum of the likelihood was found in " + EVALUATIONS
                    + " steps: fit to more customers or to a longer history.");
        }
    }

    private double posterior(ToDoubleFunction<double[]> logLikelihood, double[] logs) {
        double prior = 0;
        for (double log : logs) {
            if (Math.abs(log) > WALL) {
                return Double.NEGATIVE_INFINITY;
            }
            double beyond = Math.max(0, Math.abs(log) - FLAT);
            prior -= beyond * beyond / 2;
        }
        double value = logLikelihood.applyAsDouble(values(logs)) + prior;
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }

    private double[] values(double[] logs) {
        double[] values = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            values[i] = parameters.get(i).typical() * StrictMath.exp(logs[i]);
        }
        return values;
    }

    /** What to say of parameters that the prior held, or nothing. */
    String caveat(double[] values) {
        StringBuilder caveat = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            Parameter parameter = parameters.get(i);
            if (Math.abs(StrictMath.log(values[i] / parameter.typical())) > FLAT) {
                caveat.append(String.format(
                        Locale.ROOT,
                        " The customers hardly tell %s: the prior held it at %.3g.",
                        parameter.name(),
                        values[i]));
            }
        }
        return caveat.toString();
    }

    private void requireInside(double[] logs) {
        for (int i = 0; i < logs.length; i++) {
            if (Math.abs(logs[i]) > FARTHEST) {
                throw new FitException(String.format(
                        Locale.ROOT,
                        "%s ran off to %.3g, where about %.3g is usual: these customers do not tell it. Fit to more of them or"
                                + " to a longer history, or keep the model in use.",
                        parameters.get(i).name(),
                        values(logs)[i],
                        parameters.get(i).typical()));
            }
        }
    }
}
