package io.ebbline.cli.view;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts offers, and keeps the newest. For one thread. */
final class LiveOffers {
    private static final String KIND = "kind:";
    private static final Comparator<OfferNews> OLDEST_FIRST = Comparator.comparingLong(OfferNews::time)
            .thenComparing(OfferNews::customer)
            .thenComparing(OfferNews::offerId);

    private final Newest<OfferNews> newest;
    private final Map<String, Long> accepted = new HashMap<>();
    private long made;
    private long withdrawn;
    private long capped;
    private long heldOut;

    /** @param limit how many to keep */
    LiveOffers(int limit) {
        this.newest = new Newest<>(limit, OLDEST_FIRST);
    }

    void add(OfferNews news) {
        if (news instanceof WithdrawnOffer) {
            withdrawn++;
        } else {
            made++;
        }
        newest.add(news);
    }

    /** How often offers of a kind have been accepted: the count never falls, so the greatest is the newest. */
    void accepted(String id, long times) {
        // Not all offers have a record of their own, but all kinds have.
        if (id.startsWith(KIND)) {
            accepted.merge(id, times, Math::max);
        }
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
        long all = accepted.values().stream().mapToLong(Long::longValue).sum();
        return new OfferTotals(made, all, withdrawn, capped, heldOut);
    }
}
