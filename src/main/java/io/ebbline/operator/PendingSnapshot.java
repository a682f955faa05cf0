package io.ebbline.operator;

import io.ebbline.engine.Erasures;
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
 * A {@link PendingIndex} or several, and {@link Erasures}, in a checkpoint: raw keyed state, so that they follow their keys when the
 * job is rescaled. For each key group and index a count, then for each entry the key's length, the key in UTF-8 and the instant; then
 * a count of marks, and of each its two halves and the instant.
 */
final class PendingSnapshot {

    private record Entry(byte[] key, long due) {}

    private record Erased(Erasures.Mark mark, long through) {}

    private PendingSnapshot() {}

    /** Writes them; {@link #read} wants them in the same order. */
    static void write(KeyedStateCheckpointOutputStream out, int keyGroups, PendingIndex<?>... indexes)
            throws IOException {
        write(out, keyGroups, new Erasures(), indexes);
    }

    /** Writes them; {@link #read} wants the indexes in the same order. */
    static void write(
            KeyedStateCheckpointOutputStream out, int keyGroups, Erasures erasures, PendingIndex<?>... indexes)
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
        Map<Integer, List<Erased>> erased = new TreeMap<>();
        erasures.forEach((mark, through) -> {
            byKeyGroup.computeIfAbsent(mark.keyGroup(), g -> empty(indexes.length));
            erased.computeIfAbsent(mark.keyGroup(), g -> new ArrayList<>()).add(new Erased(mark, through));
        });
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
            List<Erased> marks = erased.getOrDefault(keyGroup.getKey(), List.of());
            data.writeInt(marks.size());
            for (Erased mark : marks) {
                data.writeLong(mark.mark.high());
                data.writeLong(mark.mark.low());
                data.writeLong(mark.through);
            }
            data.flush();
        }
    }

    private static List<List<Entry>> empty(int indexes) {
        return Stream.<List<Entry>>generate(ArrayList::new).limit(indexes).toList();
    }

    static void read(Iterable<KeyGroupStatePartitionStreamProvider> keyGroups, PendingIndex<?>... indexes)
            throws IOException {
        read(keyGroups, new Erasures(), indexes);
    }

    static void read(
            Iterable<KeyGroupStatePartitionStreamProvider> keyGroups, Erasures erasures, PendingIndex<?>... indexes)
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
            for (int left = in.readInt(); left > 0; left--) {
                erasures.add(new Erasures.Mark(keyGroup.getKeyGroupId(), in.readLong(), in.readLong()), in.readLong());
            }
        }
    }
}
