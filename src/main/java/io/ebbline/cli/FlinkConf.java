package io.ebbline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Flink's configuration inside one JVM: {@code flink-conf/config.yaml}, less what only a cluster of processes has. */
final class FlinkConf {
    private static final String RESOURCE = "/flink-conf/config.yaml";
    private static final int MANAGED_MIB = 1024;

    private FlinkConf() {}

    /** The shipped configuration for a session in this JVM. */
    static Configuration local(Duration checkpointInterval) {
        Configuration conf = shipped();
        // This JVM's heap is what it is; only managed memory, which is RocksDB's, is Flink's to size.
        conf.removeConfig(TaskManagerOptions.TOTAL_PROCESS_MEMORY);
        conf.removeConfig(JobManagerOptions.TOTAL_PROCESS_MEMORY);
        conf.removeConfig(TaskManagerOptions.MANAGED_MEMORY_FRACTION);
        conf.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(MANAGED_MIB));
        conf.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        return conf;
    }

    /** The same, for somebody who waits in front of it: after three failures in a row the job has failed. */
    static Configuration watched(Duration checkpointInterval) {
        Configuration conf = local(checkpointInterval);
        conf.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        conf.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        conf.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        return conf;
    }

    private static Configuration shipped() {
        try (InputStream in = FlinkConf.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new CommandException(RESOURCE + " is missing from the class path: build Ebbline again.", null);
            }
            // Flink reads a directory.
            Path dir = Files.createTempDirectory("ebbline-conf");
            Path file = dir.resolve("config.yaml");
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return GlobalConfiguration.loadConfiguration(dir.toString());
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(dir);
            }
        } catch (IOException e) {
            throw new CommandException(
                    "The temporary directory can't be used (" + e + "): point java.io.tmpdir to one with room.", e);
        }
    }
}
