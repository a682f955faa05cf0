package io.ebbline.model;

/**
 * A point of a curve over a customer's silence.
 *
 * @param value its height
 * @param slope its change per day of silence
 */
record Point(double value, double slope) {}
