package io.ebbline.offer;

import java.util.Iterator;
import java.util.List;

/** Random facts that are told to a desk one by one, with a book that may be exchanged in between. */
public final class BookHistory {

    private final DeskScene scene;
    private final Iterator<Fact> facts;

    /** A history of that many facts. */
    public BookHistory(long seed, int size) {
        RandomFacts history = RandomFacts.of(seed, size, seed % 2 == 0 ? .5 : 0);
        scene = history.scene();
        facts = history.facts().iterator();
    }

    /** Whether there is another fact. */
    public boolean hasNext() {
        return facts.hasNext();
    }

    /** What is said to the next fact. */
    public List<OfferEffect> next() {
        return scene.fact(facts.next());
    }

    /** What is kept of the customer. */
    public OfferBook book() {
        return scene.book;
    }

    /** Goes on with another book. */
    public void book(OfferBook another) {
        scene.book = another;
    }
}
