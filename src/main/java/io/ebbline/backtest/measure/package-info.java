/**
 * How good predictions are, once it is known what came of them: pure functions of predictions, outcomes and how often each
 * customer was drawn, so that one and the same code gives a figure and its bootstrap.
 */
@NullMarked
package io.ebbline.backtest.measure;

import org.jspecify.annotations.NullMarked;
