package io.ebbline.connector;

import io.ebbline.connector.feed.CsvMapping;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.event.Event;
import io.ebbline.event.Touchpoint;
import io.ebbline.operator.CustomerEvent;
import io.ebbline.operator.StreamTypes;
import io.ebbline.state.EventCodec;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Origin;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** Orders and returns of a history for a fit: of a file, or of the topic from its beginning to its end. Nothing else. */
public final class HistoryEvents {

    /** Counts events read, for who waits. */
    public static final String READ = "events-read";

    /** Counts events refused: of nobody, from the future, in another currency, or none at all. */
    public static final String REFUSED = "events-refused";

    private HistoryEvents() {}

    /**
     * Those of a file, which has to be there on the machine that reads it.
     *
     * @param csv what the columns of a table mean; empty for every other format
     */
    public static SingleOutputStreamOperator<CustomerEvent> ofFile(
            StreamExecutionEnvironment env,
            Path file,
            HistoryFormat format,
            Map<String, String> csv,
            long futureToleranceMillis) {
        // One task reads the file, when it comes to the one number.
        return env.fromSequence(0, 0)
                .setParallelism(1)
                .flatMap(new FileReader(file.toString(), format, Map.copyOf(csv), futureToleranceMillis))
                .returns(StreamTypes.CUSTOMER_EVENT)
                .name("history")
                .setParallelism(1);
    }

    /** Those of the topic, decoded. */
    public static SingleOutputStreamOperator<CustomerEvent> ofTopic(
            StreamExecutionEnvironment env, KafkaSource<Incoming> purchases) {
        DataStream<Incoming> records = env.fromSource(purchases, WatermarkStrategy.noWatermarks(), "purchases");
        return records.flatMap(new RecordReader())
                .returns(StreamTypes.CUSTOMER_EVENT)
                .name("history");
    }

    @SuppressWarnings("NullAway.Init") // Opened where it runs.
    private abstract static class Reader<T> extends RichFlatMapFunction<T, CustomerEvent> {
        private transient LongCounter read;
        private transient LongCounter refused;

        @Override
        public void open(OpenContext context) {
            read = new LongCounter();
            refused = new LongCounter();
            getRuntimeContext().addAccumulator(READ, read);
            getRuntimeContext().addAccumulator(REFUSED, refused);
        }

        final void count(boolean accepted) {
            read.add(1);
            refused.add(accepted ? 0 : 1);
        }
    }

    private static final class FileReader extends Reader<Long> {
        private final String file;
        private final HistoryFormat format;
        private final Map<String, String> csv;
        private final long futureToleranceMillis;

        FileReader(String file, HistoryFormat format, Map<String, String> csv, long futureToleranceMillis) {
            this.file = file;
            this.format = format;
            this.csv = csv;
            this.futureToleranceMillis = futureToleranceMillis;
        }

        @Override
        public void flatMap(Long unused, Collector<CustomerEvent> out) {
            CsvMapping mapping = format.mapping(csv);
            History history = format.read(Path.of(file), mapping);
            EventCodec codec = new EventCodec();
            for (FeedRecord record : history.records()) {
                Event event = record.event();
                String customer = record.customer();
                boolean accepted = record.isAcceptedIn(history.currency(), futureToleranceMillis);
                count(accepted);
                if (accepted && event != null && customer != null && !(event instanceof Touchpoint)) {
                    out.collect(new CustomerEvent(customer, event.time(), codec.encode(event)));
                }
            }
        }
    }

    private static final class RecordReader extends Reader<Incoming> {
        @Override
        public void flatMap(Incoming record, Collector<CustomerEvent> out) {
            if (record.isClock()) {
                return;
            }
            byte[] body = record.body();
            boolean accepted = body != null && !Origin.isBehind(body);
            count(accepted);
            if (body != null && accepted) {
                out.collect(new CustomerEvent(record.key(), record.time(), body));
            }
        }
    }
}
