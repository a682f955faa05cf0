package io.ebbline.operator;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;

/**
 * A {@link PendingIndex} in a checkpoint: raw keyed state, so that it follows its customers when the job is rescaled. For each
 * key group a count, then for each entry the key's length, the key in UTF-8 and the instant.
 */
final class PendingSnapshot {

    private record Entry(byte[] key, long due) {}

    private PendingSnapshot() {}

    static void write(PendingIndex<?> pending, KeyedStateCheckpointOutputStream out, int keyGroups) throws IOException {
        Map<Integer, List<Entry>> byKeyGroup = new TreeMap<>();
        pending.forEach((key, due) -> byKeyGroup
                .computeIfAbsent(KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups), g -> new ArrayList<>())
                .add(new Entry(key.getBytes(StandardCharsets.UTF_8), due)));
        DataOutputStream data = new DataOutputStream(out);
        for (Map.Entry<Integer, List<Entry>> keyGroup : byKeyGroup.entrySet()) {
            out.startNewKeyGroup(keyGroup.getKey());
            data.writeInt(keyGroup.getValue().size());
            for (Entry entry : keyGroup.getValue()) {
                data.writeInt(entry.key.length);
                data.write(entry.key);
                data.writeLong(entry.due);
            }
            data.flush();
        }
    }

    static void read(Iterable<KeyGroupStatePartitionStreamProvider> keyGroups, PendingIndex<?> pending)
            throws IOException {
        for (KeyGroupStatePartitionStreamProvider keyGroup : keyGroups) {
            DataInputStream in = new DataInputStream(keyGroup.getStream());
            for (int left = in.readInt(); left > 0; left--) {
                byte[] key = new byte[in.readInt()];
                in.readFully(key);
                pending.add(new String(key, StandardCharsets.UTF_8), in.readLong(), null);
            }
        }
    }
}
