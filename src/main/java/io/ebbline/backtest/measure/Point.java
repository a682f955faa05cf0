package io.ebbline.backtest.measure;

/** A point of a curve. */
public record Point(double x, double y) {}
