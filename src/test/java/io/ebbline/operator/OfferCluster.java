package io.ebbline.operator;

import io.ebbline.config.Settings;
import io.ebbline.engine.Effect;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.model.ModelVersion;
import io.ebbline.offer.Assortment;
import io.ebbline.offer.Desk;
import io.ebbline.offer.Ranker;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.CustomerKeyType;
import io.ebbline.state.ModelCodec;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.OfferEncoder;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * All operators from the events of customers to their offers, at some parallelism, with a queue on every edge: what is sent
 * arrives in its order on each, and a random one is served next, as in a network.
 */
final class OfferCluster implements AutoCloseable {

    /** How it runs; none of it may change what is offered. */
    record Setup(EngineRules rules, int parallelism, int cache, boolean keyed) {}

    /** A checkpoint of all of them. */
    record Checkpoint(
            OperatorSubtaskState scoring,
            OperatorSubtaskState market,
            OperatorSubtaskState rows,
            OperatorSubtaskState offers,
            int parallelism) {}

    private final Setup setup;
    private final Random random;
    private final List<ScoringSubtask> scoring = new ArrayList<>();
    private final List<OneInputStreamOperatorTestHarness<Effect, ForProduct>> combiners = new ArrayList<>();
    private final OneInputStreamOperatorTestHarness<TickedMarket, OfferNews> market;
    private final List<KeyedTwoInputStreamOperatorTestHarness<String, ForProduct, OfferNews, OfferNews>> rows =
            new ArrayList<>();
    private final List<KeyedTwoInputStreamOperatorTestHarness<String, ForCustomer, OfferNews, Outgoing>> offers =
            new ArrayList<>();

    private final List<Shuffle<?>> shuffles = new ArrayList<>();
    private final Shuffle<TickedMarket> toMarket;
    private final Shuffle<ForProduct> counts;
    private final Shuffle<ForProduct> asks;
    private final Shuffle<OfferNews> marketToRows;
    private final Shuffle<ForCustomer> facts;
    private final Shuffle<ForCustomer> replies;
    private final Shuffle<OfferNews> marketToOffers;
    private final Shuffle<OfferNews> lists;
    private final List<Outgoing> told = new ArrayList<>();
    private long replied;
    private long listed;

    /** What two edges bring to one input, whose watermark is that of the slower. */
    private interface Input<T> {
        void record(int subtask, T value) throws Exception;

        void watermark(int subtask, Watermark mark) throws Exception;
    }

    /** A cluster; from the beginning, or from a checkpoint. */
    OfferCluster(Setup setup, @Nullable Checkpoint from, Random random) throws Exception {
        this.setup = setup;
        this.random = random;
        market = new OneInputStreamOperatorTestHarness<>(new MarketOperator(setup.rules.until()));
        market.setup(
                OfferTypes.NEWS.createSerializer(market.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            market.initializeState(from.market);
        }
        market.open();
        for (int i = 0; i < setup.parallelism; i++) {
            scoring.add(scoring(i, from));
            combiners.add(combiner(i));
            rows.add(row(i, from));
            offers.add(offer(i, from));
        }
        int p = setup.parallelism;
        toMarket = shuffle(p, 1, new Shuffle.Arrival<>() {
            @Override
            public void record(int subtask, TickedMarket value) throws Exception {
                market.processElement(new StreamRecord<>(value));
            }

            @Override
            public void watermark(int subtask, long time) throws Exception {
                market.processWatermark(new Watermark(time));
                forwardMarket();
            }
        });
        Input<ForProduct> ofProducts = new Input<>() {
            @Override
            public void record(int subtask, ForProduct value) throws Exception {
                rows.get(subtask).processElement1(new StreamRecord<>(value));
                forwardRows(subtask);
            }

            @Override
            public void watermark(int subtask, Watermark mark) throws Exception {
                rows.get(subtask).processWatermark1(mark);
                forwardRows(subtask);
            }
        };
        List<Shuffle<ForProduct>> productEdges = union(p, p, setup.keyed, ofProducts);
        counts = productEdges.get(0);
        asks = productEdges.get(1);
        marketToRows = union(1, p, false, new Input<OfferNews>() {
                    @Override
                    public void record(int subtask, OfferNews value) throws Exception {
                        rows.get(subtask).processElement2(new StreamRecord<>(value));
                    }

                    @Override
                    public void watermark(int subtask, Watermark mark) throws Exception {
                        rows.get(subtask).processWatermark2(mark);
                        forwardRows(subtask);
                    }
                })
                .get(0);
        List<Shuffle<ForCustomer>> customerEdges = union(p, p, setup.keyed, new Input<>() {
            @Override
            public void record(int subtask, ForCustomer value) throws Exception {
                offers.get(subtask).processElement1(new StreamRecord<>(value));
            }

            @Override
            public void watermark(int subtask, Watermark mark) throws Exception {
                offers.get(subtask).processWatermark1(mark);
            }
        });
        facts = customerEdges.get(0);
        replies = customerEdges.get(1);
        Input<OfferNews> news = new Input<>() {
            @Override
            public void record(int subtask, OfferNews value) throws Exception {
                offers.get(subtask).processElement2(new StreamRecord<>(value));
            }

            @Override
            public void watermark(int subtask, Watermark mark) throws Exception {
                offers.get(subtask).processWatermark2(mark);
            }
        };
        long[][] newsMarks = new long[2][p];
        fill(newsMarks);
        marketToOffers = shuffle(1, p, arrival(news, newsMarks, 0));
        lists = shuffle(p, p, arrival(news, newsMarks, 1));
    }

    // ---- how it is put together

    private ScoringSubtask scoring(int index, @Nullable Checkpoint from) throws Exception {
        CustomerOperator operator = new CustomerOperator(
                setup.rules,
                () -> new EffectEncoder(Registries.SHARED, true, "GBP", "harness", false),
                setup.cache,
                false,
                setup.keyed,
                Records.bytes("secret"),
                false,
                false);
        ScoringSubtask subtask = new ScoringSubtask(operator, setup.parallelism, index, false);
        if (from != null) {
            subtask.initializeState(part(from, from.scoring, index));
        }
        subtask.open();
        subtask.modelsAreRead();
        return subtask;
    }

    private OneInputStreamOperatorTestHarness<Effect, ForProduct> combiner(int index) throws Exception {
        var combiner = new OneInputStreamOperatorTestHarness<Effect, ForProduct>(
                new AffinityCombiner(), Settings.MAX_PARALLELISM, setup.parallelism, index);
        combiner.setup(OfferTypes.FOR_PRODUCT.createSerializer(
                combiner.getExecutionConfig().getSerializerConfig()));
        combiner.open();
        return combiner;
    }

    private KeyedTwoInputStreamOperatorTestHarness<String, ForProduct, OfferNews, OfferNews> row(
            int index, @Nullable Checkpoint from) throws Exception {
        var row = new KeyedTwoInputStreamOperatorTestHarness<String, ForProduct, OfferNews, OfferNews>(
                new AffinityOperator(setup.rules.until(), setup.cache, setup.keyed),
                ForProduct::sku,
                null,
                CustomerKeyType.INSTANCE,
                Settings.MAX_PARALLELISM,
                setup.parallelism,
                index);
        row.setup(OfferTypes.NEWS.createSerializer(row.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            row.initializeState(part(from, from.rows, index));
        }
        row.open();
        return row;
    }

    private KeyedTwoInputStreamOperatorTestHarness<String, ForCustomer, OfferNews, Outgoing> offer(
            int index, @Nullable Checkpoint from) throws Exception {
        EngineRules rules = setup.rules;
        OfferOperator operator = new OfferOperator(
                rules.until(),
                models -> {
                    Assortment assortment = new Assortment(models, new Ranker());
                    return new Desk(
                            new ShopClock(rules.timeZone()),
                            rules.until(),
                            models,
                            assortment,
                            assortment,
                            assortment,
                            Topic.NEXT_BEST_OFFERS.topicName());
                },
                () -> new OfferEncoder(Registries.SHARED, true, "GBP", "harness", false),
                2,
                setup.cache);
        var offer = new KeyedTwoInputStreamOperatorTestHarness<String, ForCustomer, OfferNews, Outgoing>(
                operator,
                ForCustomer::customer,
                null,
                CustomerKeyType.INSTANCE,
                Settings.MAX_PARALLELISM,
                setup.parallelism,
                index);
        offer.setup(
                StreamTypes.OUTGOING.createSerializer(offer.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            offer.initializeState(part(from, from.offers, index));
        }
        offer.open();
        return offer;
    }

    private OperatorSubtaskState part(Checkpoint from, OperatorSubtaskState all, int index) throws Exception {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                all, Settings.MAX_PARALLELISM, from.parallelism, setup.parallelism, index);
    }

    private <T> Shuffle<T> shuffle(int from, int to, Shuffle.Arrival<T> arrival) {
        Shuffle<T> shuffle = new Shuffle<>(from, to, random, arrival);
        shuffles.add(shuffle);
        return shuffle;
    }

    /** Two edges into one input; the second is there though it isn't part of the graph. */
    private <T> List<Shuffle<T>> union(int from, int to, boolean both, Input<T> input) {
        long[][] marks = new long[2][to];
        fill(marks);
        if (!both) {
            Arrays.fill(marks[1], Long.MAX_VALUE);
        }
        Shuffle<T> first = shuffle(from, to, arrival(input, marks, 0));
        return List.of(first, both ? shuffle(from, to, arrival(input, marks, 1)) : first);
    }

    private static void fill(long[][] marks) {
        for (long[] of : marks) {
            Arrays.fill(of, Long.MIN_VALUE);
        }
    }

    private static <T> Shuffle.Arrival<T> arrival(Input<T> input, long[][] marks, int edge) {
        return new Shuffle.Arrival<>() {
            @Override
            public void record(int subtask, T value) throws Exception {
                input.record(subtask, value);
            }

            @Override
            public void watermark(int subtask, long time) throws Exception {
                long before = Math.min(marks[0][subtask], marks[1][subtask]);
                marks[edge][subtask] = time;
                long now = Math.min(marks[0][subtask], marks[1][subtask]);
                if (now > before) {
                    input.watermark(subtask, new Watermark(now));
                }
            }
        };
    }

    // ---- in

    void version(ModelVersion version) throws Exception {
        ControlUpdate update = ControlUpdate.version(ModelCodec.write(version), 0);
        for (int i = 0; i < setup.parallelism; i++) {
            scoring.get(i).control(update);
            offers.get(i).processElement2(new StreamRecord<>(OfferNews.of(update)));
        }
    }

    void event(String customer, Event event) throws Exception {
        int subtask = owner(customer);
        scoring.get(subtask).record(Records.of(customer, event));
        forward(subtask);
    }

    void watermark(int subtask, long time) throws Exception {
        scoring.get(subtask).watermark(time);
        forward(subtask);
    }

    /** Serves some of what is under way. */
    void serve(int most) throws Exception {
        Shuffle.serve(shuffles, random, most);
    }

    int owner(String key) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, Settings.MAX_PARALLELISM, setup.parallelism);
    }

    // ---- between

    /** What scoring said since the last call, then the watermark that follows it. */
    private void forward(int subtask) throws Exception {
        ScoringSubtask from = scoring.get(subtask);
        for (Effect effect : drain(from, CustomerOperator.BASKETS)) {
            combiners.get(subtask).processElement(new StreamRecord<>(effect));
        }
        for (ForCustomer fact : drain(from, CustomerOperator.FACTS)) {
            facts.send(subtask, owner(fact.customer()), fact);
        }
        for (ForProduct ask : drain(from, CustomerOperator.ASKS)) {
            asks.send(subtask, owner(ask.sku()), ask);
        }
        for (Object sent = from.getOutput().poll();
                sent != null;
                sent = from.getOutput().poll()) {
            if (sent instanceof Watermark mark) {
                facts.broadcast(subtask, mark);
                if (setup.keyed) {
                    asks.broadcast(subtask, mark);
                }
                combiners.get(subtask).processWatermark(mark);
            }
        }
        forwardCounts(subtask);
    }

    private void forwardCounts(int subtask) {
        var combiner = combiners.get(subtask);
        for (TickedMarket part : drain(combiner, AffinityCombiner.MARKET)) {
            toMarket.send(subtask, 0, part);
        }
        Queue<Object> sent = combiner.getOutput();
        for (Object element = sent.poll(); element != null; element = sent.poll()) {
            if (element instanceof StreamRecord<?> record && record.getValue() instanceof ForProduct row) {
                counts.send(subtask, owner(row.sku()), row);
            } else {
                counts.broadcast(subtask, element);
                toMarket.send(subtask, 0, element);
            }
        }
    }

    private void forwardMarket() {
        for (Object sent = market.getOutput().poll();
                sent != null;
                sent = market.getOutput().poll()) {
            Object element = sent instanceof StreamRecord<?> record ? record.getValue() : sent;
            marketToRows.broadcast(0, element);
            marketToOffers.broadcast(0, element);
        }
    }

    private void forwardRows(int subtask) {
        var row = rows.get(subtask);
        for (ForCustomer reply : drain(row, AffinityOperator.REPLIES)) {
            if (setup.keyed) { // Else the graph has no such edge.
                replies.send(subtask, owner(reply.customer()), reply);
                replied++;
            }
        }
        for (Object sent = row.getOutput().poll();
                sent != null;
                sent = row.getOutput().poll()) {
            if (sent instanceof StreamRecord<?> record && record.getValue() instanceof OfferNews news) {
                lists.broadcast(subtask, news);
                listed += news.list() == null || news.list().isEmpty() ? 0 : 1;
            } else {
                lists.broadcast(subtask, sent);
                if (setup.keyed) {
                    replies.broadcast(subtask, sent);
                }
            }
        }
    }

    private static <T> List<T> drain(AbstractStreamOperatorTestHarness<?> from, OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        var sent = from.getSideOutput(tag);
        while (sent != null && !sent.isEmpty()) {
            values.add(sent.poll().getValue());
        }
        return values;
    }

    // ---- out

    /** Takes out what was offered and withdrawn since the last call. */
    List<Outgoing> drain() {
        offers.forEach(offer -> {
            told.addAll(offer.extractOutputValues());
            offer.getOutput().clear();
        });
        List<Outgoing> all = List.copyOf(told);
        told.clear();
        return all;
    }

    /** Lists that were sent to who asked for them. */
    long replied() {
        return replied;
    }

    /** Lists that were sent to all. */
    long listed() {
        return listed;
    }

    /** Barriers are aligned: what was sent before them has arrived. */
    Checkpoint checkpoint() throws Exception {
        for (int i = 0; i < setup.parallelism; i++) {
            scoring.get(i).prepareSnapshotPreBarrier(1);
            combiners.get(i).prepareSnapshotPreBarrier(1);
            forward(i);
        }
        serve(Integer.MAX_VALUE);
        for (int i = 0; i < setup.parallelism; i++) {
            rows.get(i).prepareSnapshotPreBarrier(1);
            offers.get(i).prepareSnapshotPreBarrier(1);
        }
        return new Checkpoint(all(scoring), market.snapshot(1, 0), all(rows), all(offers), setup.parallelism);
    }

    private static OperatorSubtaskState all(List<? extends AbstractStreamOperatorTestHarness<?>> subtasks)
            throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var subtask : subtasks) {
            states.add(subtask.snapshot(1, 0));
        }
        return AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new));
    }

    @Override
    public void close() throws Exception {
        market.close();
        for (int i = 0; i < setup.parallelism; i++) {
            scoring.get(i).close();
            combiners.get(i).close();
            rows.get(i).close();
            offers.get(i).close();
        }
    }
}
