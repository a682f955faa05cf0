/** Flink operators: load, decide, store, emit, timers, metrics. No formula. */
@NullMarked
package io.ebbline.operator;

import org.jspecify.annotations.NullMarked;
