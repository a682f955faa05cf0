package io.ebbline.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputRoutesTest {
    private static Outgoing record(Topic topic, long time) {
        return new Outgoing(topic, new byte[] {1}, new byte[] {2}, time, List.of());
    }

    @Test
    void outputsGoUnderThePrefixAndModelsDoNot() {
        OutputRoutes shadow = OutputRoutes.under("s-");
        for (Topic topic : Topic.values()) {
            String name = topic == Topic.SCORING_MODELS || Topic.inputs().contains(topic)
                    ? topic.topicName()
                    : "s-" + topic.topicName();
            assertThat(shadow.topic(record(topic, 5))).isEqualTo(name);
            assertThat(OutputRoutes.under("").topic(record(topic, 5))).isEqualTo(topic.topicName());
        }
    }

    @Test
    void aReplayWritesNoMovesUnlessItIsToRecordThem() {
        Outgoing move = record(Topic.CUSTOMER_MOVES, 5);
        OutputRoutes shadow = OutputRoutes.under("s-");
        assertThat(shadow.moves()).isEqualTo("s-customer-moves");
        assertThat(shadow.withoutMoves().holdingBack(100, "aside").topic(move)).isNull();
        assertThat(shadow.withoutMoves().holdsBack(move)).isFalse();
        assertThat(shadow.withoutMoves().topic(record(Topic.CUSTOMER_SCORES, 5)))
                .isEqualTo("s-customer-scores");
        assertThat(shadow.recordingMoves().topic(move)).isEqualTo("customer-moves");
        assertThat(shadow.recordingMoves().moves()).isEqualTo("customer-moves");
    }

    @Test
    void onlyWhatIsActedOnIsHeldBackAndOnlyBeforeTheCutOver() {
        OutputRoutes routes = OutputRoutes.under("").holdingBack(100, null);
        OutputRoutes aside = OutputRoutes.under("").holdingBack(100, "aside");
        assertThat(Arrays.stream(Topic.values()).filter(topic -> routes.holdsBack(record(topic, 99))))
                .containsExactlyInAnyOrder(Topic.CHURN_SIGNALS, Topic.NEXT_BEST_OFFERS);
        assertThat(routes.topic(record(Topic.CHURN_SIGNALS, 99))).isNull();
        assertThat(aside.topic(record(Topic.CHURN_SIGNALS, 99))).isEqualTo("aside");
        assertThat(aside.topic(record(Topic.CHURN_SIGNALS, 100))).isEqualTo("churn-signals");
        assertThat(aside.topic(record(Topic.REJECTED_EVENTS, Outgoing.NOW))).isEqualTo("rejected-events");
    }
}
