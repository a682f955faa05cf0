package io.ebbline.operator;

import io.ebbline.engine.Effect;
import io.ebbline.engine.EngineRules;
import io.ebbline.population.DeadBand;
import io.ebbline.population.Lives.Change;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.PopulationEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * One way in which changes of customers may reach the population operator, made up from a seed: subtasks that count them, each
 * with a watermark of its own, in steps of any size; checkpoints; crashes; another parallelism afterwards.
 */
final class PopulationSchedule {

    private record Checkpoint(OperatorSubtaskState state, List<Tuple2<Long, byte[]>> open, Set<Change> counted) {}

    private final List<Change> changes;
    private final long end;
    private final boolean bounded;
    private final Random random;
    private final List<Outgoing> committed = new ArrayList<>();

    private OneInputStreamOperatorTestHarness<PartialTick, Outgoing> operator;
    private OpenTicks[] subtasks;
    private long[] watermarks;
    private long sent;
    private Set<Change> counted;
    private @Nullable Checkpoint checkpoint;

    /** Changes up to the end of the run, in the order of time. */
    PopulationSchedule(List<Change> changes, long end, long seed) {
        this.changes = changes;
        this.end = end;
        this.random = new Random(seed);
        this.bounded = random.nextBoolean();
    }

    static OneInputStreamOperatorTestHarness<PartialTick, Outgoing> harness(long until, @Nullable DeadBand cuts)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<PartialTick, Outgoing>(new PopulationOperator(
                until, () -> new PopulationEncoder(Registries.SHARED, true, "GBP", "harness", false), cuts));
        harness.setup(StreamTypes.OUTGOING.createSerializer(
                harness.getExecutionConfig().getSerializerConfig()));
        return harness;
    }

    List<Outgoing> run() throws Exception {
        for (int crashes = random.nextInt(4); crashes >= 0; crashes--) {
            start();
            try {
                int steps = crashes > 0 ? random.nextInt(30) : Integer.MAX_VALUE;
                while (steps-- > 0 && Arrays.stream(watermarks).min().orElseThrow() < end) {
                    step();
                }
                if (crashes == 0) {
                    finish();
                    committed.addAll(operator.extractOutputValues());
                }
            } finally {
                operator.close();
            }
        }
        return committed;
    }

    private void start() throws Exception {
        operator = harness(bounded ? end : EngineRules.ENDLESS, null);
        int parallelism = 1 + random.nextInt(4);
        subtasks = new OpenTicks[parallelism];
        Arrays.setAll(subtasks, i -> new OpenTicks());
        watermarks = new long[parallelism];
        Arrays.fill(watermarks, Long.MIN_VALUE);
        sent = Long.MIN_VALUE;
        counted = new HashSet<>();
        if (checkpoint != null) {
            counted.addAll(checkpoint.counted);
            checkpoint.open.forEach(one -> subtasks[random.nextInt(parallelism)].restore(List.of(one)));
            operator.initializeState(checkpoint.state);
        }
        operator.open();
    }

    /** One subtask comes a step further; now and then a checkpoint follows. */
    private void step() throws Exception {
        int subtask = random.nextInt(subtasks.length);
        long from = watermarks[subtask] == Long.MIN_VALUE ? changes.get(0).asOf() - 1 : watermarks[subtask];
        long days = random.nextInt(5) == 0 ? 10 : 1;
        long to = Math.min(end, from + 1 + (long) (random.nextDouble() * days * Records.DAY));
        advance(subtask, to);
        if (random.nextInt(6) == 0) {
            List<Tuple2<Long, byte[]>> open = new ArrayList<>();
            for (OpenTicks ticks : subtasks) {
                open.addAll(ticks.stored());
            }
            checkpoint = new Checkpoint(operator.snapshot(1, 1), open, new HashSet<>(counted));
            committed.addAll(operator.extractOutputValues());
            operator.getOutput().clear();
        }
    }

    /** What the customer operator does at a watermark: it counts, hands over what is over, and lets the watermark pass. */
    private void advance(int subtask, long to) throws Exception {
        for (Change change : changes) {
            if (change.customer() % subtasks.length == subtask && change.asOf() <= to && counted.add(change)) {
                subtasks[subtask].add(new Effect.Counted(change.asOf(), change.before(), change.now()));
                String bought = change.to();
                if (bought != null) {
                    subtasks[subtask].add(new Effect.Switched(change.asOf(), change.from(), bought, change.minor()));
                }
            }
        }
        long reached = CustomerOperator.deadlineLimit(to, watermarks[subtask], bounded ? end : EngineRules.ENDLESS);
        for (PartialTick tick = subtasks[subtask].pollEnded(reached);
                tick != null;
                tick = subtasks[subtask].pollEnded(reached)) {
            operator.processElement(new StreamRecord<>(tick));
        }
        watermarks[subtask] = to;
        long all = Arrays.stream(watermarks).min().orElseThrow();
        if (all > sent) {
            sent = all;
            operator.processWatermark(new Watermark(all));
        }
    }

    private void finish() throws Exception {
        if (bounded || random.nextBoolean()) {
            for (int subtask = 0; subtask < subtasks.length; subtask++) {
                advance(subtask, Long.MAX_VALUE);
            }
        }
    }
}
