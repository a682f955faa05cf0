package io.ebbline.fit;

import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** Standard errors of a maximum-likelihood fit: the inverse of the Hessian, by central differences. */
final class StandardErrors {

    private static final double STEP = 1e-3;

    private StandardErrors() {}

    static double[] of(ToDoubleFunction<double[]> logLikelihood, double... at) {
        RealMatrix information = MatrixUtils.createRealMatrix(at.length, at.length);
        for (int i = 0; i < at.length; i++) {
            for (int j = 0; j < at.length; j++) {
                double bend = value(logLikelihood, at, i, 1, j, 1)
                        - value(logLikelihood, at, i, 1, j, -1)
                        - value(logLikelihood, at, i, -1, j, 1)
                        + value(logLikelihood, at, i, -1, j, -1);
                information.setEntry(i, j, -bend / (4 * STEP * at[i] * STEP * at[j]));
            }
        }
        RealMatrix covariance = MatrixUtils.inverse(information);
        double[] errors = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            errors[i] = Math.sqrt(covariance.getEntry(i, i));
        }
        return errors;
    }

    private static double value(
            ToDoubleFunction<double[]> logLikelihood, double[] at, int i, int up, int j, int right) {
        double[] near = at.clone();
        near[i] += up * STEP * at[i];
        near[j] += right * STEP * at[j];
        return logLikelihood.applyAsDouble(near);
    }
}
