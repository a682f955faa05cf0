package io.ebbline.fit;

/**
 * Which customers are sampled, by the hash of their id: of all, of half of them, of a quarter, and so on, the greatest share
 * of which there are not too many. It depends on who was seen, not on the order. Mutable, for one thread.
 */
public final class SampleShare {

    private final long most;
    private final long[] seen = new long[Long.SIZE + 1];
    private long sampled;
    private int halvings;

    /**
     * Of nobody yet.
     *
     * @param most customers in the sample, or what they weigh, 1 or more
     */
    public SampleShare(long most) {
        this.most = most;
    }

    /** Counts a customer. Each one once. */
    public void see(long hash) {
        see(hash, 1);
    }

    /** Counts a customer who weighs more than one. */
    public void see(long hash, long weight) {
        seen[Long.numberOfLeadingZeros(hash)] += weight;
        sampled += contains(hash) ? weight : 0;
        // A share holds every smaller one, so who left it is never missed.
        while (sampled > most && halvings < Long.SIZE) {
            halve();
        }
    }

    /** Takes it that not all were seen who do not belong to a sample of one of this many, which was taken before. */
    public void restrict(long oneOf) {
        while (oneOf() < oneOf) {
            halve();
        }
    }

    private void halve() {
        sampled -= seen[halvings++];
    }

    /** Whether a customer belongs to the sample as it is now; who does not will not later. */
    public boolean contains(long hash) {
        return Long.numberOfLeadingZeros(hash) >= halvings;
    }

    /** The sample is one of this many customers. */
    public long oneOf() {
        return halvings >= Long.SIZE - 1 ? Long.MAX_VALUE : 1L << halvings;
    }
}
