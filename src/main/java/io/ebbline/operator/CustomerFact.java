package io.ebbline.operator;

import io.ebbline.offer.Fact;

/** A fact and whose it is. */
public record CustomerFact(String customer, Fact fact) {}
