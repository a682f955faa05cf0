/** How true the answers came: the engine run over a history of which the rest, or the truth, is known. No input or output. */
@NullMarked
package io.ebbline.backtest;

import org.jspecify.annotations.NullMarked;
