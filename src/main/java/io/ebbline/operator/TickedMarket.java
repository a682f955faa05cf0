package io.ebbline.operator;

import io.ebbline.offer.MarketDelta;

/** What one subtask counted of the market in a part of a tick. Whoever gets it may change the counts. */
public record TickedMarket(int tick, MarketDelta counts) {}
