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
    private final Map<String, Long> ended = new HashMap<>();
    private final Map<String, Long> taken = new HashMap<>();
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

    /** What became of offers of a kind: the counts never fall, so the greatest are the newest. */
    void ended(String id, long offers, long takenUp) {
        // Not all offers have a record of their own, but all kinds have.
        if (id.startsWith(KIND)) {
            ended.merge(id, offers, Math::max);
            taken.merge(id, takenUp, Math::max);
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
        return new OfferTotals(made, sum(ended), sum(taken), withdrawn, capped, heldOut);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
