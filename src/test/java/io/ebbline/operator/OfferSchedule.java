package io.ebbline.operator;

import io.ebbline.engine.EngineRules;
import io.ebbline.operator.OfferHistory.Told;
import io.ebbline.operator.OfferHistory.Version;
import io.ebbline.wire.Outgoing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One way in which a history may run through all that makes offers, made up from a seed: the pace of each subtask, of each edge,
 * versions just in time, parallelism, cache, checkpoints, crashes. What was sent after the last checkpoint before a crash is lost.
 */
final class OfferSchedule {

    private static final long HOUR = Records.DAY / 24;

    private final OfferHistory history;
    private final List<Told> told;
    private final Random random;
    private final boolean rocksDb;
    private final long until;
    private final List<Outgoing> offers = new ArrayList<>();
    private final List<Outgoing> stats = new ArrayList<>();
    private OfferNetwork.Checkpoint checkpoint;
    private Set<Told> toldAtCheckpoint = Set.of();
    private Set<Version> readAtCheckpoint = Set.of();
    private int rescaled;

    /** A schedule; {@code told} is {@link OfferHistory#told}. */
    OfferSchedule(OfferHistory history, List<Told> told, long seed, boolean rocksDb) {
        this.history = history;
        this.told = told;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.rocksDb = rocksDb;
        this.until = random.nextBoolean() ? history.end() : EngineRules.ENDLESS;
    }

    /** How often it went on at another parallelism. */
    int rescaled() {
        return rescaled;
    }

    /** At once and in order, in one subtask. */
    static OffersSaid plainly(OfferHistory history) throws Exception {
        List<Outgoing> offers = new ArrayList<>();
        List<Outgoing> stats = new ArrayList<>();
        var setup = new OfferNetwork.Setup(1, 1_000, false);
        try (OfferNetwork job = new OfferNetwork(setup, history.end(), null, new Random(1))) {
            for (Version version : history.versions()) {
                job.version(version);
            }
            for (Told one : history.told()) {
                job.tell(one);
            }
            job.watermark(0, Long.MAX_VALUE);
            job.serve(Integer.MAX_VALUE);
            job.drain(offers, stats);
        }
        return OffersSaid.of(offers, stats);
    }

    /** Runs it to its end. */
    OffersSaid run() throws Exception {
        int last = 0;
        for (int crashes = random.nextInt(4); crashes >= 0; crashes--) {
            var setup = new OfferNetwork.Setup(
                    1 + random.nextInt(3), random.nextInt(3) == 0 ? 1_000 : 1 + random.nextInt(4), rocksDb);
            if (checkpoint != null && setup.parallelism() != checkpoint.parallelism()) {
                rescaled++;
            }
            try (OfferNetwork job = new OfferNetwork(setup, until, checkpoint, random)) {
                last = crashes;
                attempt(job, crashes > 0 ? random.nextInt(80) : Integer.MAX_VALUE);
                if (last == 0) {
                    job.drain(offers, stats);
                }
            }
        }
        return OffersSaid.of(offers, stats);
    }

    private void attempt(OfferNetwork job, int steps) throws Exception {
        Map<String, Deque<Told>> unread = new TreeMap<>();
        Set<Told> done = new HashSet<>(toldAtCheckpoint);
        for (Told one : told) {
            if (!done.contains(one)) {
                unread.computeIfAbsent(one.customer(), c -> new ArrayDeque<>()).add(one);
            }
        }
        List<Version> versions = new ArrayList<>(history.versions());
        versions.removeAll(readAtCheckpoint);
        if (versions.remove(history.versions().get(0))) {
            job.version(history.versions().get(0)); // The gate holds events back until there is a model.
        }
        long[] watermarks = new long[job.parallelism()];
        Arrays.fill(watermarks, Records.START - 1);
        long days = 1 + random.nextInt(4);
        for (int step = 0; step < steps && Arrays.stream(watermarks).min().orElseThrow() < history.end(); step++) {
            int subtask = random.nextInt(job.parallelism());
            long to = Math.min(
                    history.end(), watermarks[subtask] + 1 + (long) (random.nextDouble() * days * Records.DAY));
            to = random.nextInt(4) == 0 ? Math.max(watermarks[subtask], to - Math.floorMod(to, 24 * HOUR) - 1) : to;
            readVersions(job, versions, to);
            tell(job, subtask, unread, to, done);
            watermarks[subtask] = to;
            job.watermark(subtask, to);
            job.serve(random.nextInt(40));
            if (random.nextInt(10) == 0) {
                checkpoint = job.checkpoint();
                toldAtCheckpoint = Set.copyOf(done);
                Set<Version> read = new HashSet<>(history.versions());
                read.removeAll(versions);
                readAtCheckpoint = read;
                job.drain(offers, stats);
            }
        }
        if (steps == Integer.MAX_VALUE) {
            for (int subtask = 0; subtask < job.parallelism(); subtask++) {
                job.watermark(subtask, Long.MAX_VALUE);
            }
            job.serve(Integer.MAX_VALUE);
        }
    }

    /** Those that take effect by then, and now and then one ahead of its time. */
    private void readVersions(OfferNetwork job, List<Version> versions, long to) throws Exception {
        for (Version version : List.copyOf(versions)) {
            if (version.effectiveAt() <= to || random.nextInt(20) == 0) {
                job.version(version);
                versions.remove(version);
            }
        }
    }

    /** In order for each customer, and in none among them. */
    private void tell(OfferNetwork job, int subtask, Map<String, Deque<Told>> unread, long to, Set<Told> done)
            throws Exception {
        List<Deque<Told>> own = new ArrayList<>();
        unread.forEach((customer, queue) -> {
            if (job.owner(customer) == subtask) {
                own.add(queue);
            }
        });
        while (true) {
            own.removeIf(queue -> queue.isEmpty() || queue.peek().effect().asOf() > to);
            if (own.isEmpty()) {
                return;
            }
            Told one = own.get(random.nextInt(own.size())).poll();
            job.tell(one);
            done.add(one);
        }
    }
}
