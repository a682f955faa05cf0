package io.ebbline.cli.view;

import io.ebbline.offer.OfferEffect.Withdrawn;

/** An offer that was withdrawn. */
public record WithdrawnOffer(long time, String customer, String offerId, Withdrawn.Why why) implements OfferNews {}
