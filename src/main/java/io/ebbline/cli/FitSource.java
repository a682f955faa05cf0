package io.ebbline.cli;

import io.ebbline.config.Settings;
import io.ebbline.connector.TopicAdmin;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.job.FitJob;
import io.ebbline.wire.Topic;
import java.nio.file.Path;
import java.util.Map;

/** Where a fit reads its history. */
interface FitSource {

    /** What is read, for people. */
    String name();

    /**
     * The job that folds it.
     *
     * @param mostBuyers how many buyers are wanted at most
     * @param lookBackMillis the window that R, F and M are of; 0: all history
     * @throws CommandException when there is nothing to read
     */
    FitRun.Definition job(Settings settings, long mostBuyers, long lookBackMillis);

    /** A file. */
    static FitSource file(Path file, HistoryFormat format, Map<String, String> csv) {
        return new FitSource() {
            @Override
            public String name() {
                return String.valueOf(file.getFileName());
            }

            @Override
            public FitRun.Definition job(Settings settings, long mostBuyers, long lookBackMillis) {
                return env ->
                        FitJob.ofFile(env, settings, file.toAbsolutePath(), format, csv, mostBuyers, lookBackMillis);
            }
        };
    }

    /** The topic of orders. */
    static FitSource topic() {
        return new FitSource() {
            @Override
            public String name() {
                return "the topic " + Topic.PURCHASES.topicName();
            }

            @Override
            public FitRun.Definition job(Settings settings, long mostBuyers, long lookBackMillis) {
                try (TopicAdmin admin = TopicAdmin.connect(Setup.client(settings))) {
                    if (admin.isEmpty(Topic.PURCHASES)) {
                        throw new CommandException(
                                "The topic " + Topic.PURCHASES.topicName()
                                        + " holds nothing: there is no history to fit.",
                                null);
                    }
                }
                return env -> FitJob.ofTopic(env, settings, mostBuyers, lookBackMillis);
            }
        };
    }
}
