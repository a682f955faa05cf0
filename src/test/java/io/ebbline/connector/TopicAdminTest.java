package io.ebbline.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.platform.Broker;
import io.ebbline.testing.Await;
import io.ebbline.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminTest {
    private static final Optional<Short> ONE = Optional.of((short) 1);

    @TempDir
    private Path dir;

    private Broker broker;
    private Properties client;

    @BeforeEach
    void start() {
        broker = Broker.start(dir, 0);
        client = new Properties();
        client.setProperty("bootstrap.servers", broker.bootstrap());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void createsWhatIsMissingOnceAndKnowsItsEnds() {
        try (TopicAdmin admin = TopicAdmin.connect(client)) {
            assertThat(admin.problems()).hasSize(Topic.values().length).allMatch(p -> p.contains("`ebbline setup"));

            assertThat(admin.createMissing(3, ONE)).hasSize(Topic.values().length);
            Await.until("the topics to be known", () -> admin.problems().isEmpty());

            assertThat(admin.createMissing(3, ONE)).isEmpty();
            assertThat(admin.endOffsets(Topic.PURCHASES)).isEqualTo(Map.of(0, 0L, 1, 0L, 2, 0L));
            assertThat(admin.endOffsets(Topic.SCORING_MODELS)).isEqualTo(Map.of(0, 0L));
            assertThat(admin.isEmpty(Topic.SCORING_MODELS)).isTrue();
            assertThat(admin.transactionLimit()).contains(Duration.ofMinutes(15));
        }
    }

    @Test
    void refusesTopicsThatCannotServe() throws Exception {
        try (Admin kafka = Admin.create(client)) {
            kafka.createTopics(List.of(
                            new NewTopic("scoring-models", 2, (short) 1),
                            new NewTopic("customer-scores", 3, (short) 1),
                            new NewTopic("purchases", 3, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        try (TopicAdmin admin = TopicAdmin.connect(client)) {
            Await.until(
                    "the topics to be known",
                    () -> admin.problems().stream().noneMatch(p -> p.startsWith("scoring-models does not exist")));

            assertThatThrownBy(() -> admin.createMissing(3, ONE))
                    .isInstanceOf(TopicException.class)
                    .hasMessageContaining("scoring-models has 2 partitions")
                    .hasMessageContaining("scoring-models forgets records after")
                    .hasMessageContaining("customer-scores is not kept by key")
                    .hasMessageContaining("purchases is compacted");
        }
    }
}
