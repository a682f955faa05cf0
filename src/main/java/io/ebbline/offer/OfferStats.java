package io.ebbline.offer;

import java.util.List;

/** What became of offers since the beginning, folded tick by tick. Mutable, for one thread. */
public final class OfferStats {

    private int tick = Integer.MIN_VALUE;
    private final OfferTally all = new OfferTally();

    /** The last tick that was folded; {@link Integer#MIN_VALUE}: none. */
    public int tick() {
        return tick;
    }

    /** All that was counted. */
    public OfferTally all() {
        return all;
    }

    /**
     * Folds a tick that has ended.
     *
     * @param ended later than any before
     * @param counted in it
     * @return what is told of the offers and kinds of which anything has changed, sorted by name
     */
    public List<OfferRow> fold(int ended, OfferTally counted) {
        tick = ended;
        all.merge(counted);
        return all.rows(counted);
    }

    /** Takes over what was stored, into one that knows nothing. */
    public void restore(int last, OfferTally stored) {
        tick = last;
        all.merge(stored);
    }
}
