package io.ebbline.fit;

/**
 * A model with the parameters that suit a history best.
 *
 * @param logLikelihood natural logarithm of the likelihood of what was fitted, without the prior; comparable between models of
 *     the same thing and the same customers
 * @param customers how many were fitted to; of the weights of first or of repeated purchases, how many of those
 * @param note how it was come by, in a sentence or two
 */
public record Fitted<P>(P parameters, double logLikelihood, long customers, String note) {}
