package io.ebbline.state;

import io.ebbline.offer.Fact;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.OfferBook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer to whom offers are made: the book of offers, the facts that wait for the watermark, the lists that were asked for
 * them, and the live timers. The keyed state value, unpacked. Mutable, for one thread.
 */
public final class Recipient {

    /** No fact waits. */
    public static final long NONE_WAITS = Long.MAX_VALUE;

    /** A fact and when it is judged. */
    record Waiting(Fact fact, long due) {}

    /** Lists and as of when they were asked for. */
    record Reply(long due, ListUpdate lists) {}

    private final OfferBook book;
    private final ArrayDeque<Waiting> facts = new ArrayDeque<>();
    private final List<Reply> replies = new ArrayList<>(0);
    private final LiveTimers timers = new LiveTimers();

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

    /** Has a fact wait until it is due, which is not before the one before it; returns whether it is the only one. */
    public boolean offer(Fact fact, long due) {
        facts.addLast(new Waiting(fact, due));
        return facts.size() == 1;
    }

    /** When the first of the waiting facts is due; {@link #NONE_WAITS}. */
    public long due() {
        Waiting first = facts.peekFirst();
        return first == null ? NONE_WAITS : first.due;
    }

    /** Takes over lists that were asked for the facts that are due then. */
    public void reply(long due, ListUpdate lists) {
        replies.add(new Reply(due, lists));
    }

    /** The lists that were asked for the first of the waiting facts. */
    public List<ListUpdate> lists() {
        long due = due();
        return replies.isEmpty()
                ? List.of()
                : replies.stream()
                        .filter(reply -> reply.due == due)
                        .map(Reply::lists)
                        .toList();
    }

    /** Takes out the first of the waiting facts, of which there is one. Its lists go with the last fact that is due then. */
    public Fact poll() {
        Waiting first = facts.removeFirst();
        if (!replies.isEmpty() && due() != first.due) {
            replies.removeIf(reply -> reply.due <= first.due);
        }
        return first.fact;
    }

    Iterable<Waiting> facts() {
        return facts;
    }

    int waiting() {
        return facts.size();
    }

    List<Reply> replies() {
        return replies;
    }

    /** When the customer is woken. */
    public LiveTimers timers() {
        return timers;
    }

    /** Whether there is nothing to keep. */
    public boolean isBlank() {
        return facts.isEmpty() && replies.isEmpty() && book.isEmpty();
    }
}
