package io.ebbline.operator;

import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.operator.ScoringCluster.Checkpoint;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * One way in which a history may reach the operator, made up from a seed: arrival within a lateness bound, steps of the
 * watermark, versions of models just in time, parallelism, cache, checkpoints, crashes. What was sent after the last
 * checkpoint before a crash is lost, as an exactly-once sink would lose it.
 */
final class Schedule {

    private static final long[] LATENESS = {
        0, 1, Records.DAY / 24, 5 * Records.DAY, 60 * Records.DAY, 2_000 * Records.DAY
    };

    /** What is left to be read; of the records the last one comes next. */
    private record Unread(List<Incoming> records, List<ModelTimeline.Entry> models) {}

    private final ShopHistory history;
    private final Random random;
    private final boolean rocksDb;
    private final boolean live;
    private final List<Outgoing> committed = new ArrayList<>();
    private final List<PartialTick> committedTicks = new ArrayList<>();
    private int crashes;

    private Checkpoint checkpoint;
    private Unread unreadAtCheckpoint;

    private ScoringCluster job;
    private Unread unread;
    private long newest;
    private long lateness;

    Schedule(ShopHistory history, long seed, boolean rocksDb) {
        this.history = history;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.rocksDb = rocksDb;
        this.live = random.nextBoolean();
        this.crashes = random.nextInt(4);
    }

    /** Everything at once and in order, without crash: what the others are compared to. */
    static Said plainly(ShopHistory history) throws Exception {
        try (ScoringCluster job = ScoringCluster.start(Setup.of(history.rules()))) {
            for (ModelTimeline.Entry model : history.models()) {
                job.model(model.model(), model.effectiveAt());
            }
            for (Incoming record : records(history)) {
                job.record(record);
            }
            job.endOfTime();
            return Said.of(job.drain()).with(job.drainTicks());
        }
    }

    private static List<Incoming> records(ShopHistory history) {
        List<Incoming> records = new ArrayList<>();
        history.events().forEach((customer, events) -> {
            for (Event event : events) {
                records.add(Records.of(customer, event));
            }
        });
        return records;
    }

    /** Runs it to its end. */
    Said run() throws Exception {
        unreadAtCheckpoint = new Unread(records(history), modelsEarliestFirst());
        while (!attempt()) {
            crashes--;
        }
        return Said.of(committed).with(committedTicks);
    }

    private List<ModelTimeline.Entry> modelsEarliestFirst() {
        ModelTimeline timeline = new ModelTimeline();
        history.models().forEach(entry -> timeline.add(entry.model(), entry.effectiveAt()));
        return timeline.entries();
    }

    /** From the last checkpoint to the end, or to a crash: then false. */
    private boolean attempt() throws Exception {
        Setup drawn = new Setup(
                live ? history.endlessRules() : history.rules(),
                1 + random.nextInt(3),
                random.nextInt(4) == 0 ? 1_000 : 1 + random.nextInt(3),
                rocksDb);
        Setup setup = random.nextBoolean() ? drawn.withNewestOnly() : drawn;
        unread = new Unread(inOrderOfArrival(unreadAtCheckpoint.records), new ArrayList<>(unreadAtCheckpoint.models));
        newest = Long.MIN_VALUE;
        try (ScoringCluster cluster =
                checkpoint == null ? ScoringCluster.start(setup) : ScoringCluster.restore(setup, checkpoint)) {
            job = cluster;
            boolean crash = crashes > 0;
            int crashAt = crash ? random.nextInt(unread.records.size() + 2) : -1;
            double watermarks = List.of(0.02, 0.2, 1.0).get(random.nextInt(3));
            double checkpoints = random.nextInt(3) * 0.08;
            if (checkpoint == null) {
                readModel(0); // The gate holds events back until there is a version; the earliest comes first.
            }
            for (int step = 0; !unread.records.isEmpty(); step++) {
                if (step == crashAt) {
                    return false;
                }
                step(watermarks, checkpoints);
            }
            end();
            if (crash) {
                return false; // The end was reached, but it is not on record.
            }
            job.finish();
            committed.addAll(job.drain());
            committedTicks.addAll(job.drainTicks());
            return true;
        }
    }

    private List<Incoming> inOrderOfArrival(List<Incoming> records) {
        lateness = LATENESS[random.nextInt(LATENESS.length)];
        record Arrival(long at, Incoming record) {}
        List<Arrival> arrivals = new ArrayList<>();
        for (Incoming record : records) {
            arrivals.add(new Arrival(record.time() + (long) (random.nextDouble() * lateness), record));
        }
        Collections.shuffle(arrivals, random);
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        List<Incoming> ordered = new ArrayList<>();
        arrivals.forEach(arrival -> ordered.add(arrival.record));
        Collections.reverse(ordered);
        return ordered;
    }

    private void step(double watermarks, double checkpoints) throws Exception {
        if (!unread.models.isEmpty() && random.nextInt(10) == 0) {
            readModel(random.nextInt(unread.models.size()));
        }
        Incoming record = unread.records.remove(unread.records.size() - 1);
        job.record(record);
        newest = Math.max(newest, record.time());
        if (random.nextDouble() < watermarks) {
            for (int subtask = 0; subtask < job.parallelism(); subtask++) {
                if (random.nextInt(4) > 0) {
                    watermark(subtask);
                }
            }
        }
        if (random.nextDouble() < checkpoints) {
            commit();
        }
    }

    private void readModel(int which) throws Exception {
        ModelTimeline.Entry model = unread.models.remove(which);
        job.model(model.model(), model.effectiveAt());
        if (random.nextInt(4) == 0) {
            job.model(model.model(), model.effectiveAt() + 1); // A second record of a version changes nothing.
        }
    }

    /** As far as the lateness bound allows, or less, or one step of it; a version must be there when it takes effect. */
    private void watermark(int subtask) throws Exception {
        long allowed = newest - lateness - 1;
        readModelsInForceBy(allowed);
        long held = random.nextInt(3) == 0 ? (long) (random.nextDouble() * 20 * Records.DAY) : 0;
        job.watermark(subtask, allowed - held);
    }

    private void end() throws Exception {
        readModelsInForceBy(Long.MAX_VALUE);
        if (live) {
            job.watermark(history.end());
        } else if (random.nextInt(3) == 0) {
            job.watermark(history.end() + random.nextInt(2) * 100 * Records.DAY);
        }
        if (!live || random.nextBoolean()) {
            job.endOfTime();
        }
        checkBooks();
        assertNothingWaits();
    }

    private void readModelsInForceBy(long time) throws Exception {
        for (int i = unread.models.size() - 1; i >= 0; i--) {
            if (unread.models.get(i).effectiveAt() <= time) {
                readModel(i);
            }
        }
    }

    private void commit() throws Exception {
        checkpoint = job.checkpoint();
        committed.addAll(job.drain());
        committedTicks.addAll(job.drainTicks());
        unreadAtCheckpoint = new Unread(new ArrayList<>(unread.records), new ArrayList<>(unread.models));
        checkBooks();
    }

    private void assertNothingWaits() {
        if (job.gauge(MetricNames.WAITING) != 0) {
            throw new AssertionError(job.gauge(MetricNames.WAITING) + " events wait beyond the end.");
        }
    }

    /** Every event that was read is accounted for, and none is late. */
    private void checkBooks() {
        long applied = job.gauge(MetricNames.APPLIED) + job.gauge(MetricNames.DUPLICATE);
        long waiting = job.gauge(MetricNames.WAITING);
        long read = history.size() - unread.records.size();
        if (job.gauge(MetricNames.READ) != read
                || applied + waiting != read
                || job.gauge(MetricNames.LATE) + job.gauge(MetricNames.REJECTED) != 0) {
            throw new AssertionError("read " + read + ", counted as read " + job.gauge(MetricNames.READ)
                    + ", applied or duplicate " + applied + ", waiting " + waiting + ", late "
                    + job.gauge(MetricNames.LATE) + ", rejected " + job.gauge(MetricNames.REJECTED));
        }
    }
}
