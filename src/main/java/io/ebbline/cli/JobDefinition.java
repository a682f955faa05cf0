package io.ebbline.cli;

import io.ebbline.config.Settings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Puts a job's operators into an environment. */
@FunctionalInterface
interface JobDefinition {

    /** Defines the job; nothing runs yet. */
    void define(StreamExecutionEnvironment environment, Settings settings);
}
