package io.ebbline.connector.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ArchiveChecksTest {
    private static final TopicPartition P0 = new TopicPartition("purchases", 0);
    private static final TopicPartition P1 = new TopicPartition("purchases", 1);

    private final Archive archive = new Archive(
            "DIR", Archive.Kind.TOPICS, Map.of("purchases", "id"), Map.of(P0, stretch(0, 10), P1, stretch(5, 5)));

    @Test
    void whatFollowsTheArchiveOrOverlapsItIsOneHistory() {
        check("id", Map.of(P0, 0L, P1, 0L), Map.of(P0, 10L, P1, 5L));
        check("id", Map.of(P0, 10L, P1, 5L), Map.of(P0, 10L, P1, 9L));
        TopicPartition added = new TopicPartition("purchases", 2);
        check("id", Map.of(P0, 10L, P1, 5L, added, 0L), Map.of(P0, 12L, P1, 9L, added, 3L));
    }

    @Test
    void everyGapIsNamed() {
        assertThatThrownBy(() -> check("id", Map.of(P0, 11L, P1, 25L), Map.of(P0, 11L, P1, 25L)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(
                        "purchases:0: the archive ends before offset 10, Kafka begins at 11: a gap of 1 offsets")
                .hasMessageContaining("purchases:1: the archive ends before offset 5, Kafka begins at 25: a gap of 20");
    }

    @Test
    void anotherTopicOfTheNameIsNotTheSame() {
        assertThatThrownBy(() -> check("other", Map.of(P0, 0L, P1, 0L), Map.of(P0, 99L, P1, 99L)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("purchases was deleted and made anew");
        assertThatThrownBy(() -> check("id", Map.of(P0, 0L, P1, 0L), Map.of(P0, 9L, P1, 5L)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("purchases:0: the archive ends before offset 10, Kafka at 9 already");
        assertThatThrownBy(() -> check("id", Map.of(P0, 0L), Map.of(P0, 10L)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("The archive has purchases:1, Kafka has not");
    }

    private void check(String id, Map<TopicPartition, Long> earliest, Map<TopicPartition, Long> latest) {
        ArchiveChecks.requireOneHistory(archive, new TopicBounds(Map.of("purchases", id), earliest, latest, latest));
    }

    private static Stretch stretch(long begin, long end) {
        return new Stretch(begin, begin == end ? List.of() : List.of(new ArchiveFile("FILE", begin, end, false)));
    }
}
