package io.ebbline.job;

import io.ebbline.operator.AffinityCombiner;
import io.ebbline.operator.AffinityOperator;
import io.ebbline.operator.ControlUpdate;
import io.ebbline.operator.CustomerOperator;
import io.ebbline.operator.ForCustomer;
import io.ebbline.operator.ForProduct;
import io.ebbline.operator.MarketOperator;
import io.ebbline.operator.MetricNames;
import io.ebbline.operator.OfferNews;
import io.ebbline.operator.OfferOperator;
import io.ebbline.operator.OfferStatsOperator;
import io.ebbline.operator.OfferTypes;
import io.ebbline.operator.StreamTypes;
import io.ebbline.state.CustomerKeyType;
import io.ebbline.wire.Outgoing;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The part of the job that makes offers of what customer scoring tells. */
final class OfferGraph {

    private OfferGraph() {}

    /** Counts what is bought after and beside what, in the task of the customers. */
    static SingleOutputStreamOperator<ForProduct> count(SingleOutputStreamOperator<Outgoing> answers) {
        return answers.getSideOutput(CustomerOperator.BASKETS)
                .transform("basket-counts", OfferTypes.FOR_PRODUCT, new AffinityCombiner())
                .uid(Uids.AFFINITY_COMBINER);
    }

    /** What a tick changed of products, categories and offers. */
    static DataStream<OfferNews> market(SingleOutputStreamOperator<ForProduct> counts, long until) {
        return counts.getSideOutput(AffinityCombiner.MARKET)
                .transform(MetricNames.MARKET, OfferTypes.NEWS, new MarketOperator(until))
                .uid(Uids.MARKET)
                .startNewChain() // Whatever the parallelism: a savepoint keeps the key groups of the whole task.
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    /** What follows each product, when a tick changed it. */
    static SingleOutputStreamOperator<OfferNews> lists(
            DataStream<ForProduct> counts, DataStream<OfferNews> market, AffinityOperator operator) {
        return counts.keyBy(ForProduct::sku, CustomerKeyType.INSTANCE)
                .connect(market.broadcast())
                .transform(MetricNames.AFFINITY, OfferTypes.NEWS, operator)
                .uid(Uids.AFFINITY);
    }

    /** Versions as news. */
    static DataStream<OfferNews> versions(DataStream<ControlUpdate> models) {
        return models.map(OfferNews::of)
                .returns(OfferTypes.NEWS)
                .name("offer-models")
                .uid(Uids.OFFER_MODELS)
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    /** What became of offers, tick by tick. */
    static DataStream<Outgoing> stats(SingleOutputStreamOperator<Outgoing> offers, OfferStatsOperator operator) {
        return offers.getSideOutput(OfferOperator.TICKS)
                .transform(MetricNames.OFFER_STATS, StreamTypes.OUTGOING, operator)
                .uid(Uids.OFFER_STATS)
                .startNewChain() // Whatever the parallelism: a savepoint keeps the key groups of the whole task.
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    /** Keyed anew although the customers stay where they are: so all subtasks hear the same watermarks before a barrier. */
    static SingleOutputStreamOperator<Outgoing> offers(
            DataStream<ForCustomer> facts, DataStream<OfferNews> news, OfferOperator operator) {
        return facts.keyBy(ForCustomer::customer, CustomerKeyType.INSTANCE)
                .connect(news.broadcast())
                .transform(MetricNames.OFFER_OPERATOR, StreamTypes.OUTGOING, operator)
                .uid(Uids.OFFERS);
    }
}
