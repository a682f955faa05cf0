package io.ebbline.connector.feed;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What Kafka has said about the records of one run. Told by the producer's thread, asked by the feed's. */
final class Acknowledgements {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable FeedException failure;
    private long sent;
    private long acknowledged;

    /** Counts a record about to be sent. */
    void sending() {
        lock.lock();
        try {
            sent++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the answer to one record. The first failure stays. */
    void answer(FeedPlan.Step step, @Nullable RecordMetadata metadata, @Nullable Exception error) {
        FeedException problem = null;
        if (error != null) {
            problem = refused(step, error);
        } else if (metadata != null && metadata.hasOffset() && metadata.offset() != step.offset()) {
            problem = new FeedException("Kafka put record " + step.offset() + " of partition " + step.partition()
                    + " of topic " + step.topic().topicName() + " at offset " + metadata.offset()
                    + ": somebody else writes into the topic. Feed into new topics, with one feeder.");
        }
        lock.lock();
        try {
            acknowledged++;
            if (problem != null && failure == null) {
                failure = problem;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does nothing unless a record failed.
     *
     * @throws FeedException when one did
     */
    void check() {
        FeedException found = failure;
        if (found != null) {
            throw found;
        }
    }

    /**
     * Waits until every record sent has been answered.
     *
     * @param patienceMillis how long to wait for the next answer
     * @throws FeedException when a record failed or no answer came for that long
     */
    void await(long patienceMillis) throws InterruptedException {
        lock.lock();
        try {
            while (acknowledged < sent && failure == null) {
                if (!changed.await(patienceMillis, TimeUnit.MILLISECONDS) && acknowledged < sent) {
                    throw new FeedException("Kafka has not answered for " + patienceMillis / 1000
                            + " s. Check the broker, then start the feed again: it goes on where it stopped.");
                }
            }
        } finally {
            lock.unlock();
        }
        check();
    }

    static FeedException refused(FeedPlan.Step step, Exception error) {
        // Records never time out once the producer has them, so this one was not taken, and nothing went after it.
        if (error instanceof TimeoutException) {
            return new FeedException(
                    "Kafka does not take any more: " + error.getMessage()
                            + " - Check the broker, then start the feed again: it goes on where it stopped.",
                    error);
        }
        return new FeedException(
                "Kafka refused record " + step.offset() + " of partition " + step.partition() + " of topic "
                        + step.topic().topicName() + ": " + error.getMessage()
                        + " - Put that right, then feed into new topics.",
                error);
    }
}
