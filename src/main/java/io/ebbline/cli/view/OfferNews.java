package io.ebbline.cli.view;

/** An offer that was made or withdrawn. */
public sealed interface OfferNews permits MadeOffer, WithdrawnOffer {

    /** When, milliseconds since the epoch. */
    long time();

    String customer();

    String offerId();
}
