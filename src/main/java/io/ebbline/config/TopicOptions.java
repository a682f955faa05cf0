package io.ebbline.config;

import picocli.CommandLine.Option;

/** How topics are created that do not exist. */
public final class TopicOptions {
    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = Defaults.PARTITIONS,
            description = "Partitions of topics that are created (scoring-models always has one).")
    private int partitions;

    /** Puts these options into the settings. */
    public void apply(SettingsBuilder settings) {
        settings.partitions(partitions);
    }
}
