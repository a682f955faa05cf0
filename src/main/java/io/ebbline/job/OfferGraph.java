package io.ebbline.job;

import io.ebbline.operator.AffinityCombiner;
import io.ebbline.operator.AffinityOperator;
import io.ebbline.operator.ControlUpdate;
import io.ebbline.operator.CustomerFact;
import io.ebbline.operator.CustomerOperator;
import io.ebbline.operator.MarketOperator;
import io.ebbline.operator.MetricNames;
import io.ebbline.operator.OfferNews;
import io.ebbline.operator.OfferOperator;
import io.ebbline.operator.OfferStatsOperator;
import io.ebbline.operator.OfferTypes;
import io.ebbline.operator.StreamTypes;
import io.ebbline.operator.TickedRow;
import io.ebbline.state.CustomerKeyType;
import io.ebbline.wire.Outgoing;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The part of the job that makes offers of what customer scoring tells. */
final class OfferGraph {

    private OfferGraph() {}

    /** Counts what is bought after and beside what, in the task of the customers. */
    static SingleOutputStreamOperator<TickedRow> count(SingleOutputStreamOperator<Outgoing> answers) {
        return answers.getSideOutput(CustomerOperator.BASKETS)
                .transform("affinity-combiner", OfferTypes.ROW, new AffinityCombiner())
                .uid(Uids.AFFINITY_COMBINER);
    }

    /** What a tick changed of products, categories and offers. */
    static DataStream<OfferNews> market(SingleOutputStreamOperator<TickedRow> counts, long until) {
        return counts.getSideOutput(AffinityCombiner.MARKET)
                .transform(MetricNames.MARKET, OfferTypes.NEWS, new MarketOperator(until))
                .uid(Uids.MARKET)
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    /** What follows each product, when a tick changed it. */
    static DataStream<OfferNews> lists(DataStream<TickedRow> counts, DataStream<OfferNews> market, long until) {
        return counts.keyBy(TickedRow::sku, CustomerKeyType.INSTANCE)
                .connect(market.broadcast())
                .transform(MetricNames.AFFINITY, OfferTypes.NEWS, new AffinityOperator(until, 0))
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
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    /** Keyed anew although the customers stay where they are: so all subtasks hear the same watermarks before a barrier. */
    static SingleOutputStreamOperator<Outgoing> offers(
            SingleOutputStreamOperator<Outgoing> answers, DataStream<OfferNews> news, OfferOperator operator) {
        return answers.getSideOutput(CustomerOperator.FACTS)
                .keyBy(CustomerFact::customer, CustomerKeyType.INSTANCE)
                .connect(news.broadcast())
                .transform(MetricNames.OFFER_OPERATOR, StreamTypes.OUTGOING, operator)
                .uid(Uids.OFFERS);
    }
}
