package io.ebbline.operator;

import io.ebbline.config.Settings;
import io.ebbline.engine.Effect;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * All that stands behind customer scoring, at some parallelism: affinities, market, offers, statistics, with a queue on every
 * edge.
 */
final class OfferNetwork implements AutoCloseable {

    /** How it runs; none of it may change what is said. */
    record Setup(int parallelism, int cache, boolean rocksDb) {}

    /** A checkpoint of all of them. */
    record Checkpoint(
            AffinityCluster.Checkpoint affinities,
            OperatorSubtaskState offers,
            OperatorSubtaskState stats,
            int parallelism) {}

    private final Random random;
    private final int parallelism;
    private final AffinityCluster affinities;
    private final List<OfferSubtask> offers = new ArrayList<>();
    private final OneInputStreamOperatorTestHarness<TickedOffers, Outgoing> stats;
    private final Shuffle<CustomerFact> facts;
    private final Shuffle<OfferNews> news;
    private final Shuffle<TickedOffers> ticks;
    private final List<Shuffle<?>> shuffles;
    private final List<Outgoing> offered = new ArrayList<>();
    private final List<Outgoing> counted = new ArrayList<>();

    /** A cluster; {@code from} null: from the beginning. */
    OfferNetwork(Setup setup, long until, @Nullable Checkpoint from, Random random) throws Exception {
        this.random = random;
        this.parallelism = setup.parallelism;
        affinities =
                new AffinityCluster(parallelism, setup.cache, until, from == null ? null : from.affinities, random);
        stats = new OneInputStreamOperatorTestHarness<>(new OfferStatsOperator(until, OffersSaid::statsEncoder));
        stats.setup(
                StreamTypes.OUTGOING.createSerializer(stats.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            stats.initializeState(from.stats);
        }
        stats.open();
        for (int i = 0; i < parallelism; i++) {
            OfferSubtask subtask = new OfferSubtask(
                    until, models -> OffersSaid.desk(models, until), setup.cache, parallelism, i, setup.rocksDb);
            if (from != null) {
                subtask.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        from.offers, Settings.MAX_PARALLELISM, from.parallelism, parallelism, i));
            }
            subtask.open();
            offers.add(subtask);
        }
        facts = new Shuffle<>(parallelism, parallelism, random, new Shuffle.Arrival<>() {
            @Override
            public void record(int subtask, CustomerFact fact) throws Exception {
                offers.get(subtask).fact(fact.customer(), fact.fact());
            }

            @Override
            public void watermark(int subtask, long time) throws Exception {
                offers.get(subtask).factsWatermark(time);
                collect(subtask);
            }
        });
        news = new Shuffle<>(1 + parallelism, parallelism, random, new Shuffle.Arrival<>() {
            @Override
            public void record(int subtask, OfferNews one) throws Exception {
                offers.get(subtask).news(one);
            }

            @Override
            public void watermark(int subtask, long time) throws Exception {
                offers.get(subtask).newsWatermark(time);
                collect(subtask);
            }
        });
        ticks = new Shuffle<>(parallelism, 1, random, new Shuffle.Arrival<>() {
            @Override
            public void record(int subtask, TickedOffers tick) throws Exception {
                stats.processElement(new StreamRecord<>(tick));
            }

            @Override
            public void watermark(int subtask, long time) throws Exception {
                stats.processWatermark(new Watermark(time));
                counted.addAll(stats.extractOutputValues());
                stats.getOutput().clear();
            }
        });
        affinities.downstream((subtask, element) -> news.broadcast(1 + subtask, element));
        shuffles = new ArrayList<>(affinities.shuffles());
        shuffles.addAll(List.of(facts, news, ticks));
    }

    private void collect(int subtask) {
        OfferSubtask from = offers.get(subtask);
        from.drainTicks().forEach(tick -> ticks.send(subtask, 0, tick));
        for (Object sent = from.getOutput().poll();
                sent != null;
                sent = from.getOutput().poll()) {
            if (sent instanceof StreamRecord<?> record) {
                offered.add((Outgoing) record.getValue());
            } else {
                ticks.send(subtask, 0, sent);
            }
        }
    }

    // ---- in

    /** Every subtask hears of it. */
    void version(OfferHistory.Version version) throws Exception {
        for (OfferSubtask subtask : offers) {
            subtask.version(version.version(), version.effectiveAt());
        }
        for (int to = 0; to < parallelism; to++) {
            collect(to);
        }
    }

    /** What the customer's subtask tells. */
    void tell(OfferHistory.Told told) throws Exception {
        int subtask = owner(told.customer());
        if (told.effect() instanceof Effect.Noted noted) {
            facts.send(subtask, subtask, new CustomerFact(told.customer(), noted.fact()));
        } else {
            affinities.effect(subtask, told.effect());
        }
    }

    void watermark(int subtask, long time) throws Exception {
        facts.broadcast(subtask, new Watermark(time));
        affinities.watermark(subtask, time);
    }

    int owner(String customer) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(customer, Settings.MAX_PARALLELISM, parallelism);
    }

    int parallelism() {
        return parallelism;
    }

    /** Serves some of what is under way. */
    void serve(int most) throws Exception {
        Shuffle.serve(shuffles, random, most);
    }

    // ---- out

    /** Moves what was offered since the last call to a list. */
    void drain(List<Outgoing> offersTo, List<Outgoing> statsTo) {
        offersTo.addAll(offered);
        offered.clear();
        statsTo.addAll(counted);
        counted.clear();
    }

    /** Facts and news that wait and timers that are armed, in that order. */
    int timers() {
        return offers.stream().mapToInt(OfferSubtask::numEventTimeTimers).sum();
    }

    /** Barriers are aligned: what was sent before them has arrived. */
    Checkpoint checkpoint() throws Exception {
        AffinityCluster.Checkpoint before = affinities.checkpoint();
        serve(Integer.MAX_VALUE);
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (OfferSubtask subtask : offers) {
            subtask.prepareSnapshotPreBarrier(1);
            states.add(subtask.snapshot(1, 0));
        }
        return new Checkpoint(
                before,
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new)),
                stats.snapshot(1, 0),
                parallelism);
    }

    @Override
    public void close() throws Exception {
        affinities.close();
        stats.close();
        for (OfferSubtask subtask : offers) {
            subtask.close();
        }
    }
}
