package io.ebbline.platform;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/**
 * What a {@link Platform} is to be.
 *
 * @param dir the directory that holds all of it; created if missing
 * @param registryHome where the build unpacked the registry's program
 * @param compatibility the registry's rule for new versions of a schema, as for {@link Registry#start}
 * @param kafkaPort the broker's port, or 0 for any; one that was chosen is kept for the next start
 * @param registryPort the registry's port, or 0 as for {@code kafkaPort}
 * @param webPort the port of Flink's web interface, or 0 for any
 * @param taskManagers TaskManagers of the session, at least 1
 * @param slotsPer slots of each TaskManager, at least 1
 * @param flink Flink's options; the platform puts its own directories for checkpoints, savepoints and temporary files
 *     in their place
 */
public record PlatformSettings(
        Path dir,
        Path registryHome,
        String compatibility,
        int kafkaPort,
        int registryPort,
        int webPort,
        int taskManagers,
        int slotsPer,
        Configuration flink) {}
