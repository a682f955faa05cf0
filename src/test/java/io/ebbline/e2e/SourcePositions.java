package io.ebbline.e2e;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.kafka.common.TopicPartition;

/** Where the job's sources stood in each partition, out of a checkpoint or savepoint. */
final class SourcePositions {
    private static final String STATE = "SourceReaderState";

    private SourcePositions() {}

    static Map<TopicPartition, Long> of(Path checkpoint) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(checkpoint.resolve("_metadata")))) {
            ClassLoader loader = SourcePositions.class.getClassLoader();
            for (OperatorState operator : Checkpoints.loadCheckpointMetadata(
                            in, loader, checkpoint.toUri().toString())
                    .getOperatorStates()) {
                for (OperatorSubtaskState subtask : operator.getStates()) {
                    for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                        read(handle, positions);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return positions;
    }

    private static void read(OperatorStateHandle handle, Map<TopicPartition, Long> positions) throws IOException {
        OperatorStateHandle.StateMetaInfo state =
                handle.getStateNameToPartitionOffsets().get(STATE);
        if (state == null) {
            return;
        }
        try (FSDataInputStream in = handle.openInputStream()) {
            for (long offset : state.getOffsets()) {
                in.seek(offset);
                byte[] bytes = BytePrimitiveArraySerializer.INSTANCE.deserialize(new DataInputViewStreamWrapper(in));
                KafkaPartitionSplit split = SimpleVersionedSerialization.readVersionAndDeSerialize(
                        new KafkaPartitionSplitSerializer(), bytes);
                positions.put(split.getTopicPartition(), split.getStartingOffset());
            }
        }
    }
}
