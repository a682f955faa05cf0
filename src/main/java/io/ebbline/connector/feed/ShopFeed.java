package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * What the customers of a simulated shop send, merged in order of arrival. Holds the customers who are not done yet and what
 * they have sent ahead of time: some days of returns and reviews, never the whole.
 */
final class ShopFeed implements Iterator<FeedRecord> {

    private record Waiting(long arrival, long order, FeedRecord record) {}

    private record Turn(long time, int number, Life life) {}

    private final PriorityQueue<Turn> turns;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::arrival).thenComparingLong(Waiting::order));
    private final long until;
    private long taken;

    ShopFeed(long seed, int customers, long start, long until, ShopRates rates) {
        this.until = until;
        this.turns = new PriorityQueue<>(
                customers, Comparator.comparingLong(Turn::time).thenComparingInt(Turn::number));
        Affinities affinities = new Affinities(seed);
        for (int number = 1; number <= customers; number++) {
            wait(number, new Life(seed, number, start, until, affinities, rates, this::take));
        }
    }

    private void wait(int number, Life life) {
        if (life.next() < until) {
            turns.add(new Turn(life.next(), number, life));
        }
    }

    private void take(FeedRecord record) {
        waiting.add(new Waiting(record.arrival(), taken++, record));
    }

    @Override
    public boolean hasNext() {
        Turn turn = turns.peek();
        while (turn != null && (waiting.isEmpty() || waiting.element().arrival() >= turn.time())) {
            turns.remove();
            turn.life().step();
            wait(turn.number(), turn.life());
            turn = turns.peek();
        }
        return !waiting.isEmpty();
    }

    @Override
    public FeedRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The shop is closed.");
        }
        return waiting.remove().record();
    }
}
