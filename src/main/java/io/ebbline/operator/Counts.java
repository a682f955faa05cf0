package io.ebbline.operator;

import io.ebbline.engine.Engine.Progress;
import java.util.Map;
import java.util.TreeMap;

/** What became of every record: checkpointed with the customers, so that read = applied + duplicate + late + rejected + waiting holds. */
final class Counts {

    private final Map<String, long[]> counts = new TreeMap<>();
    private final long[] read = counter(MetricNames.READ);
    private final long[] applied = counter(MetricNames.APPLIED);
    private final long[] duplicate = counter(MetricNames.DUPLICATE);
    private final long[] late = counter(MetricNames.LATE);
    private final long[] rejected = counter(MetricNames.REJECTED);
    private final long[] waiting = counter(MetricNames.WAITING);
    private final long[] answers = counter(MetricNames.ANSWERS);
    private final long[] transitions = counter(MetricNames.TRANSITIONS);
    private final long[] movesSent = counter(MetricNames.MOVES_SENT);
    private final long[] movesRead = counter(MetricNames.MOVES_READ);

    private long[] counter(String name) {
        return counts.computeIfAbsent(name, n -> new long[1]);
    }

    void read() {
        read[0]++;
    }

    void waiting() {
        waiting[0]++;
    }

    void progress(Progress progress) {
        applied[0] += progress.applied();
        duplicate[0] += progress.duplicate();
        waiting[0] -= progress.taken();
    }

    void answer() {
        answers[0]++;
    }

    void transition() {
        transitions[0]++;
    }

    void applied() {
        applied[0]++;
    }

    void moveSent() {
        movesSent[0]++;
    }

    void moveRead() {
        movesRead[0]++;
    }

    /** Moves sent and not read, as this subtask has it. */
    long movesUnderWay() {
        return movesSent[0] - movesRead[0];
    }

    void duplicate() {
        duplicate[0]++;
    }

    void late() {
        late[0]++;
    }

    void rejected(String reason) {
        rejected[0]++;
        add(MetricNames.REJECTED_PREFIX + reason, 1);
    }

    /** Adds to any counter. */
    void add(String name, long more) {
        counter(name)[0] += more;
    }

    /** A counter's value; 0 when it has not been used. */
    long get(String name) {
        long[] count = counts.get(name);
        return count == null ? 0 : count[0];
    }

    /** All counters, sorted by name. */
    Map<String, Long> all() {
        Map<String, Long> values = new TreeMap<>();
        counts.forEach((name, count) -> values.put(name, count[0]));
        return values;
    }
}
