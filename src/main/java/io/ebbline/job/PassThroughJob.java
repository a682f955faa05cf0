package io.ebbline.job;

import io.ebbline.config.Settings;
import io.ebbline.operator.MetricNames;
import io.ebbline.operator.PassThroughOperator;
import io.ebbline.operator.StreamTypes;
import io.ebbline.state.CustomerKeyType;
import io.ebbline.wire.Incoming;
import java.util.Properties;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The benchmark's baseline: the job's source, shuffle and sink with a stateless operator between them. */
public final class PassThroughJob {

    private PassThroughJob() {}

    /** Defines the job on real topics. */
    public static void define(StreamExecutionEnvironment env, Settings settings) {
        ScoringJob.configure(env, settings);
        Properties client = ScoringJob.kafkaClient(settings);
        ScoringJob.write(
                ScoringJob.readEvents(env, settings, ScoringJob.events(settings, client))
                        .keyBy(Incoming::key, CustomerKeyType.INSTANCE)
                        .transform(
                                MetricNames.OPERATOR,
                                StreamTypes.OUTGOING,
                                new PassThroughOperator(ScoringJob.encoders(settings)))
                        .uid(Uids.SCORING),
                ScoringJob.outputs(settings, client));
    }
}
