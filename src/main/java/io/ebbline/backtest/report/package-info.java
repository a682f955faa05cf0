/** The report of a backtest: one page of HTML with charts as SVG that refers to nothing outside itself. */
@NullMarked
package io.ebbline.backtest.report;

import org.jspecify.annotations.NullMarked;
