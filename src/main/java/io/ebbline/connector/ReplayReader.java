package io.ebbline.connector;

import io.ebbline.wire.Incoming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads the partitions of one subtask up to their ends; see {@link ReplaySource}. */
final class ReplayReader implements SourceReader<Incoming, KafkaPartitionSplit> {
    private final SourceReader<Incoming, KafkaPartitionSplit> reader;
    private final ReplaySpan span;

    /** Partitions that are read no further, as they are snapshotted: the live job reads on there. */
    private final Map<String, KafkaPartitionSplit> done = new HashMap<>();

    private final Set<String> open = new HashSet<>();
    private boolean assigned;
    private boolean told;
    private @Nullable Output output;

    ReplayReader(SourceReader<Incoming, KafkaPartitionSplit> reader, ReplaySpan span) {
        this.reader = reader;
        this.span = span;
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        List<KafkaPartitionSplit> bounded = new ArrayList<>();
        for (KafkaPartitionSplit split : splits) {
            Long end = span.to().get(split.getTopicPartition());
            if (end == null) {
                // Made since the replay began: nothing of it is history.
                done.put(split.splitId(), split);
                continue;
            }
            // One that is at its end already is found to be so by the reader, as the others are.
            long position = split.getStartingOffset();
            long start = ReplayArchives.isInHistory(position) ? position : Math.min(position, end);
            done.put(split.splitId(), new KafkaPartitionSplit(split.getTopicPartition(), end));
            open.add(split.splitId());
            bounded.add(new KafkaPartitionSplit(split.getTopicPartition(), start, end));
            assigned = true;
        }
        reader.addSplits(bounded);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Incoming> to) throws Exception {
        Output known = output;
        if (known == null || known.to != to) {
            known = new Output(to);
            output = known;
        }
        InputStatus status = reader.pollNext(known);
        if (assigned && !told && open.isEmpty()) {
            told = true;
            to.emitWatermark(new Watermark(span.end()));
        }
        return status;
    }

    /** Without ends: they are the replay's, and no concern of the job that goes on. */
    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        Map<String, KafkaPartitionSplit> splits = new HashMap<>(done);
        for (KafkaPartitionSplit split : reader.snapshotState(checkpointId)) {
            splits.put(split.splitId(), new KafkaPartitionSplit(split.getTopicPartition(), split.getStartingOffset()));
        }
        return List.copyOf(splits.values());
    }

    /** Those that are done no longer wait for anybody. */
    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        reader.pauseOrResumeSplits(
                toPause.stream().filter(open::contains).toList(),
                toResume.stream().filter(open::contains).toList());
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }

    /** Hears which partitions are done. */
    private final class Output implements ReaderOutput<Incoming> {
        private final ReaderOutput<Incoming> to;

        Output(ReaderOutput<Incoming> to) {
            this.to = to;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            open.remove(splitId);
            to.releaseOutputForSplit(splitId);
        }

        @Override
        public SourceOutput<Incoming> createOutputForSplit(String splitId) {
            return to.createOutputForSplit(splitId);
        }

        @Override
        public void collect(Incoming record) {
            to.collect(record);
        }

        @Override
        public void collect(Incoming record, long timestamp) {
            to.collect(record, timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            to.emitWatermark(watermark);
        }

        @Override
        public void markIdle() {
            to.markIdle();
        }

        @Override
        public void markActive() {
            to.markActive();
        }
    }
}
