package io.ebbline.operator;

import io.ebbline.config.Settings;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.model.ScoringModel;
import io.ebbline.state.ModelCodec;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** The customer operator at some parallelism, each subtask in a harness; records go where Flink would send them. */
final class ScoringCluster implements AutoCloseable {

    /** How it runs; none of it may change what is said. */
    record Setup(
            EngineRules rules,
            int parallelism,
            int cacheCapacity,
            boolean rocksDb,
            boolean previews,
            boolean newestOnly) {

        Setup(EngineRules rules, int parallelism, int cacheCapacity, boolean rocksDb) {
            this(rules, parallelism, cacheCapacity, rocksDb, false, false);
        }

        static Setup of(EngineRules rules) {
            return new Setup(rules, 1, 1_000, false);
        }

        Setup parallelism(int subtasks) {
            return new Setup(rules, subtasks, cacheCapacity, rocksDb, previews, newestOnly);
        }

        Setup cache(int capacity) {
            return new Setup(rules, parallelism, capacity, rocksDb, previews, newestOnly);
        }

        Setup onRocksDb() {
            return new Setup(rules, parallelism, cacheCapacity, true, previews, newestOnly);
        }

        Setup withPreviews() {
            return new Setup(rules, parallelism, cacheCapacity, rocksDb, true, newestOnly);
        }

        Setup withNewestOnly() {
            return new Setup(rules, parallelism, cacheCapacity, rocksDb, previews, true);
        }
    }

    /** A checkpoint: the state of every subtask. */
    record Checkpoint(OperatorSubtaskState state, int parallelism) {}

    private final List<ScoringSubtask> subtasks = new ArrayList<>();
    private final Setup setup;
    private long checkpoints;

    private ScoringCluster(Setup setup) {
        this.setup = setup;
    }

    /** A new job. */
    static ScoringCluster start(Setup setup) throws Exception {
        ScoringCluster cluster = new ScoringCluster(setup);
        for (int i = 0; i < setup.parallelism; i++) {
            ScoringSubtask subtask = cluster.add(i);
            subtask.open();
            subtask.modelsAreRead();
        }
        return cluster;
    }

    /** A job that goes on from a checkpoint, at any parallelism. */
    static ScoringCluster restore(Setup setup, Checkpoint from) throws Exception {
        ScoringCluster cluster = new ScoringCluster(setup);
        for (int i = 0; i < setup.parallelism; i++) {
            ScoringSubtask subtask = cluster.add(i);
            subtask.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    from.state, Settings.MAX_PARALLELISM, from.parallelism, setup.parallelism, i));
            subtask.open();
            subtask.modelsAreRead();
        }
        return cluster;
    }

    private ScoringSubtask add(int index) throws Exception {
        CustomerOperator operator = new CustomerOperator(
                setup.rules,
                () -> new EffectEncoder(Registries.SHARED, true, "GBP", "harness", false),
                setup.cacheCapacity,
                true,
                false,
                Records.bytes("secret"),
                setup.previews,
                setup.newestOnly);
        ScoringSubtask subtask = new ScoringSubtask(operator, setup.parallelism, index, setup.rocksDb);
        subtasks.add(subtask);
        return subtask;
    }

    // ---- in

    void model(ScoringModel model, long effectiveAt) throws Exception {
        control(ControlUpdate.version(ModelCodec.write(model), effectiveAt));
    }

    void control(ControlUpdate update) throws Exception {
        for (ScoringSubtask subtask : subtasks) {
            subtask.control(update);
        }
    }

    void event(String customer, Event event) throws Exception {
        record(Records.of(customer, event));
    }

    void record(Incoming record) throws Exception {
        int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                record.key(), Settings.MAX_PARALLELISM, setup.parallelism);
        subtasks.get(subtask).record(record);
    }

    void watermark(long time) throws Exception {
        for (ScoringSubtask subtask : subtasks) {
            subtask.watermark(time);
        }
    }

    /** Subtasks hear of the watermark at different moments. */
    void watermark(int subtask, long time) throws Exception {
        subtasks.get(subtask).watermark(time);
    }

    void endOfTime() throws Exception {
        watermark(Long.MAX_VALUE);
    }

    // ---- out

    /** Ends it as a drained job ends; gives the lines of the final report. */
    List<String> finish() throws Exception {
        List<String> lines = new ArrayList<>();
        for (ScoringSubtask subtask : subtasks) {
            lines.addAll(subtask.report());
        }
        return lines;
    }

    ScoringSubtask subtask(int index) {
        return subtasks.get(index);
    }

    int parallelism() {
        return setup.parallelism;
    }

    /** Takes out what was sent since the last call. */
    List<Outgoing> drain() {
        List<Outgoing> records = new ArrayList<>();
        subtasks.forEach(subtask -> records.addAll(subtask.drain()));
        return records;
    }

    /** Takes out what was sent to a topic since the last call; what went elsewhere is lost. */
    List<Outgoing> drain(Topic topic) {
        return drain().stream().filter(record -> record.topic() == topic).toList();
    }

    /** Takes out the previews that were told since the last call. */
    List<Outgoing> drainPreviews() {
        List<Outgoing> previews = new ArrayList<>();
        subtasks.forEach(subtask -> previews.addAll(subtask.drainPreviews()));
        return previews;
    }

    /** Takes the wall clock to an instant. */
    void clock(long millis) throws Exception {
        for (ScoringSubtask subtask : subtasks) {
            subtask.setProcessingTime(millis);
        }
    }

    /** Takes out what was counted of ticks that are over since the last call. */
    List<PartialTick> drainTicks() {
        List<PartialTick> ticks = new ArrayList<>();
        subtasks.forEach(subtask -> ticks.addAll(subtask.drainTicks()));
        return ticks;
    }

    /** A gauge, summed over the subtasks. */
    long gauge(String name) {
        return subtasks.stream().mapToLong(subtask -> subtask.gauge(name)).sum();
    }

    int timers() {
        return subtasks.stream()
                .mapToInt(AbstractStreamOperatorTestHarness::numEventTimeTimers)
                .sum();
    }

    Checkpoint checkpoint() throws Exception {
        checkpoints++;
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (ScoringSubtask subtask : subtasks) {
            subtask.prepareSnapshotPreBarrier(checkpoints);
        }
        for (ScoringSubtask subtask : subtasks) {
            states.add(subtask.snapshot(checkpoints, 0));
        }
        return new Checkpoint(
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new)),
                setup.parallelism);
    }

    /** What a savepoint holds of each subtask: the keys there are, in the format that every state backend reads. */
    List<OperatorSubtaskState> savepoint() throws Exception {
        checkpoints++;
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (ScoringSubtask subtask : subtasks) {
            subtask.prepareSnapshotPreBarrier(checkpoints);
            states.add(subtask.snapshotWithLocalState(
                            checkpoints, 0, SavepointType.savepoint(SavepointFormatType.CANONICAL))
                    .getJobManagerOwnedState());
        }
        return states;
    }

    /** Ends it, as a crash would: nothing more is written. */
    @Override
    public void close() throws Exception {
        for (ScoringSubtask subtask : subtasks) {
            subtask.close();
        }
    }
}
