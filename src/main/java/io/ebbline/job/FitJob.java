package io.ebbline.job;

import io.ebbline.config.Settings;
import io.ebbline.connector.HistoryEvents;
import io.ebbline.connector.KafkaStreams;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.operator.BuyerOperator;
import io.ebbline.operator.CustomerEvent;
import io.ebbline.operator.FoldedPart;
import io.ebbline.operator.StreamTypes;
import io.ebbline.state.CustomerKeyType;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The bounded job that folds a history for a fit: events, sorted by customer, into buyers and counts. */
public final class FitJob {

    private FitJob() {}

    /**
     * Folds the topic of orders, up to its end as it is at the start.
     *
     * @param mostBuyers how many buyers are wanted at most; of more, a sample comes
     * @param lookBackMillis the window that R, F and M are of; 0: all history
     */
    public static DataStream<FoldedPart> ofTopic(
            StreamExecutionEnvironment env, Settings settings, long mostBuyers, long lookBackMillis) {
        configure(env, settings);
        return fold(
                HistoryEvents.ofTopic(
                        env,
                        KafkaStreams.purchases(
                                ScoringJob.kafkaClient(settings),
                                settings.jobName(),
                                ScoringJob.registries(settings),
                                settings.currency().getCurrencyCode(),
                                settings.futureTolerance().toMillis())),
                settings,
                mostBuyers,
                lookBackMillis);
    }

    /**
     * Folds a file.
     *
     * @param csv what the columns of a table mean; empty for every other format
     * @param mostBuyers how many buyers are wanted at most; of more, a sample comes
     * @param lookBackMillis the window that R, F and M are of; 0: all history
     */
    public static DataStream<FoldedPart> ofFile(
            StreamExecutionEnvironment env,
            Settings settings,
            Path file,
            HistoryFormat format,
            Map<String, String> csv,
            long mostBuyers,
            long lookBackMillis) {
        configure(env, settings);
        return fold(
                HistoryEvents.ofFile(
                        env, file, format, csv, settings.futureTolerance().toMillis()),
                settings,
                mostBuyers,
                lookBackMillis);
    }

    private static DataStream<FoldedPart> fold(
            SingleOutputStreamOperator<CustomerEvent> events, Settings settings, long mostBuyers, long lookBackMillis) {
        return events.keyBy(CustomerEvent::customer, CustomerKeyType.INSTANCE)
                .transform(
                        "buyers",
                        StreamTypes.FOLDED_PART,
                        new BuyerOperator(
                                settings.timeZone(), settings.dedupHorizon().toMillis(), mostBuyers, lookBackMillis));
    }

    /** In batch mode what is keyed comes sorted, through the disk if need be. */
    private static void configure(StreamExecutionEnvironment env, Settings settings) {
        Configuration config = new Configuration();
        config.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        config.set(PipelineOptions.NAME, settings.jobName());
        config.set(PipelineOptions.GENERIC_TYPES, false);
        // It is run once and leaves no state.
        config.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
        config.set(PipelineOptions.OBJECT_REUSE, true);
        config.set(PipelineOptions.MAX_PARALLELISM, Settings.MAX_PARALLELISM);
        env.configure(config);
        env.setParallelism(settings.parallelism());
    }
}
