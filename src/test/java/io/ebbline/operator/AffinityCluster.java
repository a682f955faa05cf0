package io.ebbline.operator;

import io.ebbline.config.Settings;
import io.ebbline.engine.Effect;
import io.ebbline.profile.Basket;
import io.ebbline.state.CustomerKeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The operators that count affinities, at some parallelism, with a queue on every edge: what is sent arrives in its order on each,
 * and a random one is served next, as in a network.
 */
final class AffinityCluster implements AutoCloseable {

    /** A checkpoint of all of them. */
    record Checkpoint(OperatorSubtaskState market, OperatorSubtaskState rows, int parallelism) {}

    private final Random random;
    private final int parallelism;
    private final List<Shuffle<?>> shuffles = new ArrayList<>();
    private final List<OneInputStreamOperatorTestHarness<Effect, TickedRow>> combiners = new ArrayList<>();
    private final OneInputStreamOperatorTestHarness<TickedMarket, OfferNews> market;
    private final List<KeyedTwoInputStreamOperatorTestHarness<String, TickedRow, OfferNews, OfferNews>> rows =
            new ArrayList<>();
    private final Shuffle<TickedRow> toRows;
    private final Shuffle<TickedMarket> toMarket;
    private final Shuffle<OfferNews> marketToRows;
    private final List<OfferNews> told = new ArrayList<>();

    /**
     * A cluster.
     *
     * @param cache rows cached by each subtask
     * @param from where it goes on; null: from the beginning
     */
    AffinityCluster(int parallelism, int cache, long until, @Nullable Checkpoint from, Random random) throws Exception {
        this.random = random;
        this.parallelism = parallelism;
        market = new OneInputStreamOperatorTestHarness<>(new MarketOperator(until));
        market.setup(
                OfferTypes.NEWS.createSerializer(market.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            market.initializeState(from.market);
        }
        market.open();
        for (int i = 0; i < parallelism; i++) {
            var combiner = new OneInputStreamOperatorTestHarness<Effect, TickedRow>(
                    new AffinityCombiner(), Settings.MAX_PARALLELISM, parallelism, i);
            combiner.setup(
                    OfferTypes.ROW.createSerializer(market.getExecutionConfig().getSerializerConfig()));
            combiner.open();
            combiners.add(combiner);
            var row = new KeyedTwoInputStreamOperatorTestHarness<String, TickedRow, OfferNews, OfferNews>(
                    new AffinityOperator(until, cache),
                    TickedRow::sku,
                    null,
                    CustomerKeyType.INSTANCE,
                    Settings.MAX_PARALLELISM,
                    parallelism,
                    i);
            row.setup(
                    OfferTypes.NEWS.createSerializer(market.getExecutionConfig().getSerializerConfig()));
            if (from != null) {
                row.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        from.rows, Settings.MAX_PARALLELISM, from.parallelism, parallelism, i));
            }
            row.open();
            rows.add(row);
        }
        toRows = shuffle(parallelism, parallelism, new Shuffle.Arrival<>() {
            @Override
            public void record(int subtask, TickedRow value) throws Exception {
                rows.get(subtask).processElement1(new StreamRecord<>(value));
            }

            @Override
            public void watermark(int subtask, long time) throws Exception {
                rows.get(subtask).processWatermark1(new Watermark(time));
                collect(subtask);
            }
        });
        marketToRows = shuffle(1, parallelism, new Shuffle.Arrival<>() {
            @Override
            public void record(int subtask, OfferNews value) throws Exception {
                rows.get(subtask).processElement2(new StreamRecord<>(value));
            }

            @Override
            public void watermark(int subtask, long time) throws Exception {
                rows.get(subtask).processWatermark2(new Watermark(time));
                collect(subtask);
            }
        });
        toMarket = shuffle(parallelism, 1, new Shuffle.Arrival<>() {
            @Override
            public void record(int subtask, TickedMarket value) throws Exception {
                market.processElement(new StreamRecord<>(value));
            }

            @Override
            public void watermark(int subtask, long time) throws Exception {
                market.processWatermark(new Watermark(time));
                for (Object sent = market.getOutput().poll();
                        sent != null;
                        sent = market.getOutput().poll()) {
                    Object element = sent instanceof StreamRecord<?> record ? record.getValue() : sent;
                    marketToRows.broadcast(0, element);
                    if (element instanceof OfferNews news) {
                        told.add(news);
                    }
                }
            }
        });
    }

    private <T> Shuffle<T> shuffle(int from, int to, Shuffle.Arrival<T> arrival) {
        Shuffle<T> shuffle = new Shuffle<>(from, to, random, arrival);
        shuffles.add(shuffle);
        return shuffle;
    }

    private void collect(int subtask) {
        rows.get(subtask).extractOutputValues().forEach(told::add);
        rows.get(subtask).getOutput().clear();
    }

    // ---- in

    void basket(int subtask, Basket basket) throws Exception {
        combiners.get(subtask).processElement(new StreamRecord<>(new Effect.Bought(basket.asOf(), basket)));
        forward(subtask);
    }

    void watermark(int subtask, long time) throws Exception {
        combiners.get(subtask).processWatermark(new Watermark(time));
        forward(subtask);
    }

    private void forward(int subtask) {
        var combiner = combiners.get(subtask);
        Queue<Object> sent = combiner.getOutput();
        // The counts of the market leave before the watermark that follows them in the task.
        var side = combiner.getSideOutput(AffinityCombiner.MARKET);
        while (side != null && !side.isEmpty()) {
            toMarket.send(subtask, 0, side.poll().getValue());
        }
        for (Object element = sent.poll(); element != null; element = sent.poll()) {
            if (element instanceof StreamRecord<?> record && record.getValue() instanceof TickedRow row) {
                toRows.send(subtask, owner(row.sku()), row);
            } else {
                toRows.broadcast(subtask, element);
                toMarket.send(subtask, 0, element);
            }
        }
    }

    private int owner(String sku) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(sku, Settings.MAX_PARALLELISM, parallelism);
    }

    /** Serves some of what is under way. */
    void serve(int most) throws Exception {
        Shuffle.serve(shuffles, random, most);
    }

    // ---- out

    /** Takes out what was told since the last call. */
    List<OfferNews> drain() {
        List<OfferNews> all = List.copyOf(told);
        told.clear();
        return all;
    }

    /** Barriers are aligned: what was sent before them has arrived. */
    Checkpoint checkpoint() throws Exception {
        for (int i = 0; i < parallelism; i++) {
            combiners.get(i).prepareSnapshotPreBarrier(1);
            forward(i);
        }
        serve(Integer.MAX_VALUE);
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var row : rows) {
            row.prepareSnapshotPreBarrier(1);
            states.add(row.snapshot(1, 0));
        }
        return new Checkpoint(
                market.snapshot(1, 0),
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new)),
                parallelism);
    }

    @Override
    public void close() throws Exception {
        market.close();
        for (var combiner : combiners) {
            combiner.close();
        }
        for (var row : rows) {
            row.close();
        }
    }
}
