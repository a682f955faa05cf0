package io.ebbline.operator;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * All edges from the subtasks of one operator to those of another, with a queue on each: what is sent on an edge arrives in its
 * order, and which edge is served next is random, as in a network. The watermark of an input is that of its slowest edge.
 */
final class Shuffle<T> {

    /** Takes what arrives. */
    interface Arrival<T> {
        void record(int subtask, T value) throws Exception;

        void watermark(int subtask, long time) throws Exception;
    }

    private static final class Edge {
        private final Queue<Object> sent = new ArrayDeque<>();
        private long watermark = Long.MIN_VALUE;
    }

    private final Edge[][] edges;
    private final long[] told;
    private final Random random;
    private final Arrival<T> arrival;

    Shuffle(int from, int to, Random random, Arrival<T> arrival) {
        edges = new Edge[from][to];
        for (Edge[] row : edges) {
            Arrays.setAll(row, i -> new Edge());
        }
        told = new long[to];
        Arrays.fill(told, Long.MIN_VALUE);
        this.random = random;
        this.arrival = arrival;
    }

    /** Sends a record or a watermark. */
    void send(int from, int to, Object element) {
        edges[from][to].sent.add(element);
    }

    /** Sends a record or a watermark to all. */
    void broadcast(int from, Object element) {
        for (int to = 0; to < told.length; to++) {
            send(from, to, element);
        }
    }

    /** Serves one element of some edge; false when all are empty. */
    @SuppressWarnings("unchecked")
    boolean serve() throws Exception {
        int count = edges.length * told.length;
        int first = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            int at = (first + i) % count;
            int to = at % told.length;
            Edge edge = edges[at / told.length][to];
            Object element = edge.sent.poll();
            if (element instanceof Watermark mark) {
                edge.watermark = mark.getTimestamp();
                advance(to);
                return true;
            }
            if (element != null) {
                arrival.record(to, (T) element);
                return true;
            }
        }
        return false;
    }

    private void advance(int to) throws Exception {
        long all =
                Arrays.stream(edges).mapToLong(row -> row[to].watermark).min().orElseThrow();
        if (all > told[to]) {
            told[to] = all;
            arrival.watermark(to, all);
        }
    }

    /** Serves some of what is under way on any of them. */
    static void serve(List<Shuffle<?>> shuffles, Random random, int most) throws Exception {
        boolean any = true;
        for (int served = 0; served < most && any; served++) {
            int first = random.nextInt(shuffles.size());
            any = false;
            for (int i = 0; i < shuffles.size() && !any; i++) {
                any = shuffles.get((first + i) % shuffles.size()).serve();
            }
        }
    }
}
