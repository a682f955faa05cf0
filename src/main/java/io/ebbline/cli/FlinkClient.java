package io.ebbline.cli;

import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Who runs the main class. */
final class FlinkClient {
    private FlinkClient() {}

    /** Whether Flink's client or a JobManager called {@code main}, so that the environment of the thread is a cluster's. */
    static boolean isCaller() {
        return !(StreamExecutionEnvironment.getExecutionEnvironment() instanceof LocalStreamEnvironment);
    }
}
