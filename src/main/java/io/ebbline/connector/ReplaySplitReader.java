package io.ebbline.connector;

import io.ebbline.connector.archive.ArchiveCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads each partition from archives as far as they hold it, then from Kafka, beginning with the offset that follows.
 *
 * <p>Partitions in archives are read before those on Kafka that may be read too: who is ahead is paused, so nobody waits for long.
 *
 * <p>It lets what is asked of a partition that it has just finished pass: who asks does not know yet, and a Kafka consumer fails when
 * a partition that it no longer has is to be paused.
 */
final class ReplaySplitReader extends KafkaPartitionSplitReader {

    /** Records that are read on before it is seen who is to wait. */
    private static final int BATCH = 100;

    private static final long NAP_MILLIS = 1_000;

    private final ReplaySpan span;
    private final Map<String, Archived> archived = new LinkedHashMap<>();
    private final Set<String> onKafka = new HashSet<>();
    private final Set<String> finished = new HashSet<>();
    private final Semaphore woken = new Semaphore(0);

    ReplaySplitReader(
            Properties properties, SourceReaderContext context, KafkaSourceReaderMetrics metrics, ReplaySpan span) {
        super(properties, context, metrics);
        this.span = span;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
        List<KafkaPartitionSplit> forKafka = new ArrayList<>();
        for (KafkaPartitionSplit split : change.splits()) {
            if (span.archives().hold(split.getTopicPartition(), split.getStartingOffset())) {
                archived.put(split.splitId(), new Archived(split));
            } else {
                forKafka.add(split);
                onKafka.add(split.splitId());
            }
        }
        if (!forKafka.isEmpty()) {
            super.handleSplitsChanges(new SplitsAddition<>(forKafka));
        }
    }

    @Override
    public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
        // The one that lags behind the others, so that little waits for it.
        Optional<Archived> next = archived.values().stream()
                .filter(split -> !split.paused)
                .min(Comparator.comparingLong(split -> split.reached));
        if (next.isPresent()) {
            return read(next.get());
        }
        if (onKafka.isEmpty()) {
            return nap();
        }
        RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records = super.fetch();
        finished.addAll(records.finishedSplits());
        onKafka.removeAll(records.finishedSplits());
        return records;
    }

    private RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> read(Archived split) throws IOException {
        RecordsBySplits.Builder<ConsumerRecord<byte[], byte[]>> records = new RecordsBySplits.Builder<>();
        for (int i = 0; i < BATCH && split.cursor.hasNext(); i++) {
            ConsumerRecord<byte[], byte[]> record = split.cursor.next();
            split.reached = Math.max(split.reached, record.timestamp());
            records.add(split.id(), record);
        }
        if (!split.cursor.hasNext()) {
            split.cursor.close();
            archived.remove(split.id());
            KafkaPartitionSplit rest = split.rest();
            if (rest.getStartingOffset() < split.stop()) {
                handleSplitsChanges(new SplitsAddition<>(List.of(rest)));
            } else {
                finished.add(split.id());
                records.addFinishedSplit(split.id());
            }
        }
        return records.build();
    }

    /** All are paused, and a consumer without partitions does not wait. */
    private RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> nap() {
        try {
            if (woken.tryAcquire(NAP_MILLIS, TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new RecordsBySplits.Builder<ConsumerRecord<byte[], byte[]>>().build();
    }

    @Override
    public void wakeUp() {
        woken.release();
        super.wakeUp();
    }

    @Override
    public void pauseOrResumeSplits(Collection<KafkaPartitionSplit> toPause, Collection<KafkaPartitionSplit> toResume) {
        super.pauseOrResumeSplits(readByKafka(toPause, true), readByKafka(toResume, false));
    }

    /** Those that a consumer has; the archived ones are paused, or resumed, here. */
    private List<KafkaPartitionSplit> readByKafka(Collection<KafkaPartitionSplit> splits, boolean paused) {
        List<KafkaPartitionSplit> rest = new ArrayList<>();
        for (KafkaPartitionSplit split : splits) {
            Archived here = archived.get(split.splitId());
            if (here != null) {
                here.paused = paused;
            } else if (!finished.contains(split.splitId())) {
                rest.add(split);
            }
        }
        return rest;
    }

    @Override
    public void close() throws Exception {
        for (Archived split : archived.values()) {
            split.cursor.close();
        }
        super.close();
    }

    /** A partition that is read from an archive. */
    private final class Archived {
        private final KafkaPartitionSplit split;
        private final ArchiveCursor cursor;
        private boolean paused;
        private long reached = Long.MIN_VALUE;

        Archived(KafkaPartitionSplit split) {
            this.split = split;
            this.cursor = span.archives().read(split.getTopicPartition(), split.getStartingOffset(), stop());
        }

        String id() {
            return split.splitId();
        }

        private long stop() {
            return split.getStoppingOffset().orElse(Long.MAX_VALUE);
        }

        /** What is left of it when the archive has been read. */
        private KafkaPartitionSplit rest() {
            TopicPartition partition = split.getTopicPartition();
            long wanted = span.from().getOrDefault(partition, 0L);
            long position = span.archives().after(partition, split.getStartingOffset(), wanted, stop());
            return new KafkaPartitionSplit(partition, position, stop());
        }
    }
}
