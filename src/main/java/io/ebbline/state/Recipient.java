package io.ebbline.state;

import io.ebbline.offer.Fact;
import io.ebbline.offer.OfferBook;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A customer to whom offers are made: the book of offers, the facts that wait for the watermark, and the instant of the one
 * timer. The keyed state value, unpacked. Mutable, for one thread.
 */
public final class Recipient {

    /** No timer is armed. */
    public static final long UNARMED = Long.MAX_VALUE;

    private final OfferBook book;
    private final ArrayDeque<Fact> facts = new ArrayDeque<>();
    private long armedAt = UNARMED;

    /** A customer to whom no offer was made. */
    public Recipient() {
        this(new OfferBook());
    }

    Recipient(OfferBook book) {
        this.book = book;
    }

    /** What was offered, and what is known for the next offer. */
    public OfferBook book() {
        return book;
    }

    /** Has a fact wait; returns whether it is the only one. */
    public boolean offer(Fact fact) {
        facts.addLast(fact);
        return facts.size() == 1;
    }

    /** The first of the waiting facts; null: none waits. */
    public @Nullable Fact peek() {
        return facts.peekFirst();
    }

    /** Takes out the first of the waiting facts, of which there is one. */
    public Fact poll() {
        return facts.removeFirst();
    }

    Iterable<Fact> facts() {
        return facts;
    }

    int waiting() {
        return facts.size();
    }

    /** Instant of the earliest live timer; {@link #UNARMED} when there is none. */
    public long armedAt() {
        return armedAt;
    }

    /** Sets the instant of the earliest live timer. */
    public void armedAt(long instant) {
        armedAt = instant;
    }

    /** Whether there is nothing to keep. */
    public boolean isBlank() {
        return facts.isEmpty() && book.isEmpty();
    }
}
