package io.ebbline.cli.view;

import io.ebbline.offer.OfferEffect.Withdrawn.Why;
import java.util.Comparator;
import java.util.List;

/** Counts offers, and keeps the newest. For one thread. */
final class LiveOffers {
    private static final Comparator<OfferNews> OLDEST_FIRST = Comparator.comparingLong(OfferNews::time)
            .thenComparing(OfferNews::customer)
            .thenComparing(OfferNews::offerId);

    private final Newest<OfferNews> newest;
    private long made;
    private long accepted;
    private long withdrawn;
    private long capped;
    private long heldOut;

    /** @param limit how many to keep */
    LiveOffers(int limit) {
        this.newest = new Newest<>(limit, OLDEST_FIRST);
    }

    void add(OfferNews news) {
        if (news instanceof WithdrawnOffer overtaken) {
            withdrawn++;
            // Each new list replaces what is left of the one before: that is no news.
            if (overtaken.why() == Why.REPLACED) {
                return;
            }
        } else {
            made++;
        }
        newest.add(news);
    }

    /** By a record of all offers: the count never falls, so the greatest is the newest. */
    void accepted(long times) {
        accepted = Math.max(accepted, times);
    }

    void capped(long requests) {
        capped = requests;
    }

    void heldOut(long requests) {
        heldOut = requests;
    }

    /** The newest first. */
    List<OfferNews> newest() {
        return newest.list();
    }

    OfferTotals totals() {
        return new OfferTotals(made, accepted, withdrawn, capped, heldOut);
    }
}
