package io.ebbline.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.connector.archive.Archive;
import io.ebbline.connector.archive.ArchiveException;
import io.ebbline.connector.archive.ArchiveScan;
import io.ebbline.connector.archive.Archives;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of these archives have their offsets for times. */
class ArchivedSpanTest {
    private static final TopicPartition P0 = new TopicPartition("purchases", 0);
    private static final TopicPartition P1 = new TopicPartition("purchases", 1);
    private static final TopicPartition MOVES = new TopicPartition("customer-moves", 0);

    @TempDir
    private Path dir;

    @Test
    void anArchiveKnowsTheInstantsOfItsOffsets() {
        ArchivedSpan span = topics(5L, 8L);
        assertThat(span.begins()).isEqualTo(Map.of(P0, 0L, P1, 4L, MOVES, 0L));
        assertThat(span.since()).isEqualTo(Map.of(P0, 5L, P1, 5L, MOVES, 5L));
        // All moves are read, and they say nothing of how far the shop has come.
        assertThat(span.until()).isEqualTo(Map.of(P0, 8L));
        assertThat(span.newest()).isEqualTo(9);
        assertThat(new ArchivedSpan(ReplayArchives.NONE, null, null).newest()).isEqualTo(-1);
    }

    @Test
    void aLiveJobHasToGoOnFromTheEnd() {
        ArchivedSpan span = topics(null, 8L);
        List<TopicPartition> both = List.of(P0, P1);
        span.requireGoingOn(both, Map.of(P0, 8L, P1, 20L), Map.of(P0, 8L, P1, 6L));
        assertThatThrownBy(() -> span.requireGoingOn(both, Map.of(P0, 8L, P1, 20L), Map.of(P0, 9L, P1, 6L)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("purchases:0 at 8, of which Kafka has 9 on");
    }

    @Test
    void aHistoryIsForThePartitionsThatThereAre() {
        Archive history = Archives.history(dir, Map.of(P0, 3, P1, 5), 1_000);
        ArchivedSpan span =
                new ArchivedSpan(new ReplayArchives(history, null), ArchiveScan.of(history, null, null), null);
        span.requireGoingOn(List.of(P0, P1, MOVES), Map.of(), Map.of());
        assertThatThrownBy(() -> span.requireGoingOn(List.of(P0), Map.of(), Map.of()))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("was written for 2 partitions, the topics have 1");
        TopicPartition added = new TopicPartition("purchases", 2);
        assertThatThrownBy(() -> span.requireGoingOn(List.of(P0, P1, added), Map.of(), Map.of()))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("the topics have 3");
    }

    @Test
    void aHistoryIsReadToItsEnd() {
        Archive history = Archives.history(dir, Map.of(P0, 3, P1, 5), 1_000);
        ReplayArchives archives = new ReplayArchives(history, null);
        ArchivedSpan until = new ArchivedSpan(archives, ArchiveScan.of(history, null, 4L), null);
        assertThatThrownBy(() -> until.requireGoingOn(List.of(P0, P1), Map.of(), Map.of()))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("--until lies before the end of the history");
        new ArchivedSpan(archives, ArchiveScan.of(history, null, 5L), null)
                .requireGoingOn(List.of(P0, P1), Map.of(), Map.of());
    }

    private ArchivedSpan topics(@Nullable Long since, @Nullable Long until) {
        Archive topics = Archives.topics(
                dir, Map.of(P0, 0L, P1, 4L, MOVES, 0L), Map.of(P0, 10L, P1, 7L, MOVES, 30L), 1_000, offset -> true);
        return new ArchivedSpan(new ReplayArchives(null, topics), null, ArchiveScan.of(topics, since, until));
    }
}
