package io.ebbline.event;

/** What the shop asks for on a customer's behalf. At one instant it comes before all that comes from elsewhere and all that the customer does. */
public sealed interface Request extends Event permits Erasure, Merge, Unmerge {}
