package io.ebbline.operator;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;

/**
 * A {@link PendingIndex} or several in a checkpoint: raw keyed state, so that they follow their keys when the job is rescaled.
 * For each key group and index a count, then for each entry the key's length, the key in UTF-8 and the instant.
 */
final class PendingSnapshot {

    private record Entry(byte[] key, long due) {}

    private PendingSnapshot() {}

    /** Writes them; {@link #read} wants them in the same order. */
    static void write(KeyedStateCheckpointOutputStream out, int keyGroups, PendingIndex<?>... indexes)
            throws IOException {
        Map<Integer, List<List<Entry>>> byKeyGroup = new TreeMap<>();
        for (int i = 0; i < indexes.length; i++) {
            int index = i;
            indexes[i].forEach((key, due) -> byKeyGroup
                    .computeIfAbsent(
                            KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups), g -> empty(indexes.length))
                    .get(index)
                    .add(new Entry(key.getBytes(StandardCharsets.UTF_8), due)));
        }
        DataOutputStream data = new DataOutputStream(out);
        for (Map.Entry<Integer, List<List<Entry>>> keyGroup : byKeyGroup.entrySet()) {
            out.startNewKeyGroup(keyGroup.getKey());
            for (List<Entry> entries : keyGroup.getValue()) {
                data.writeInt(entries.size());
                for (Entry entry : entries) {
                    data.writeInt(entry.key.length);
                    data.write(entry.key);
                    data.writeLong(entry.due);
                }
            }
            data.flush();
        }
    }

    private static List<List<Entry>> empty(int indexes) {
        return Stream.<List<Entry>>generate(ArrayList::new).limit(indexes).toList();
    }

    static void read(Iterable<KeyGroupStatePartitionStreamProvider> keyGroups, PendingIndex<?>... indexes)
            throws IOException {
        for (KeyGroupStatePartitionStreamProvider keyGroup : keyGroups) {
            DataInputStream in = new DataInputStream(keyGroup.getStream());
            for (PendingIndex<?> index : indexes) {
                for (int left = in.readInt(); left > 0; left--) {
                    byte[] key = new byte[in.readInt()];
                    in.readFully(key);
                    index.add(new String(key, StandardCharsets.UTF_8), in.readLong(), null);
                }
            }
        }
    }
}
