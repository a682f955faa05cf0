package io.ebbline.operator;

import io.ebbline.population.TickTally;

/** What one subtask counted of a tick. Whoever gets it may change the tally. */
public record PartialTick(int tick, TickTally tally) {}
