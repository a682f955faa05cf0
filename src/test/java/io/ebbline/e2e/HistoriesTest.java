package io.ebbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.HistoryFormat;
import io.ebbline.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole histories through the real broker, registry and cluster. */
class HistoriesTest {

    private static final Path DATA = Path.of("../shared/data");

    private static Arena arena;

    @BeforeAll
    static void start(@TempDir Path dir) {
        arena = Arena.start(dir);
    }

    @AfterAll
    static void stop() {
        arena.close();
    }

    @Test
    void onlineRetail() {
        History history = history(HistoryFormat.ONLINE_RETAIL, "online_retail/online_retail.csv.gz");
        Map<String, Long> counters = run(history, 2);
        System.out.println(counters);
        assertThat(counters).containsEntry("events.read", 25_900L);
        System.out.println(
                arena.report('C').stream().filter(l -> l.startsWith("14646")).toList());
        System.out.println(arena.read(Topic.CUSTOMER_SCORES).size());
        System.out.println(arena.read(Topic.LIFECYCLE_TRANSITIONS).size());
        System.out.println(arena.read(Topic.REJECTED_EVENTS).size());
    }

    private static Map<String, Long> run(History history, int parallelism) {
        arena.reset();
        JobID job = arena.submit(
                arena.settings(history.end(), history.currency(), parallelism).build(), Optional.empty());
        arena.feed(history.records(), history.end());
        arena.awaitWatermark(job, history.end());
        arena.drain(job);
        return arena.counters();
    }

    private static History history(HistoryFormat format, String file) {
        Path path = DATA.resolve(file);
        Assumptions.assumeTrue(Files.exists(path), () -> path + " is not present: skipped.");
        return format.read(path, null);
    }
}
