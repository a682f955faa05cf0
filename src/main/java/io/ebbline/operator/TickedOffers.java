package io.ebbline.operator;

import io.ebbline.offer.OfferTally;

/** What one subtask counted of offers in a tick. Whoever gets it may change the tally. */
public record TickedOffers(int tick, OfferTally tally) {}
