package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NewestAnswersTest {
    private OneInputStreamOperatorTestHarness<Outgoing, Outgoing> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new NewestAnswers());
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private static Outgoing record(Topic topic, String customer, @Nullable String value, long time) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return new Outgoing(topic, customer.getBytes(StandardCharsets.UTF_8), bytes, time, List.of());
    }

    /** What came out: the harness copies records. */
    private List<String> told() {
        return texts(harness.extractOutputValues());
    }

    private static List<String> texts(List<Outgoing> records) {
        return records.stream()
                .map(record ->
                        record.topic() + " " + text(record.key()) + " " + text(record.value()) + " " + record.time())
                .toList();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
    }

    private void send(Outgoing record) throws Exception {
        harness.processElement(new StreamRecord<>(record));
    }

    @Test
    void theNewestAnswerOfACheckpointIsTold() throws Exception {
        Outgoing first = record(Topic.CUSTOMER_SCORES, "a", "1", 1);
        Outgoing other = record(Topic.CUSTOMER_SCORES, "b", "1", 2);
        Outgoing newest = record(Topic.CUSTOMER_SCORES, "a", "2", 3);
        send(first);
        send(other);
        send(newest);
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.prepareSnapshotPreBarrier(1);
        assertThat(told()).containsExactlyInAnyOrderElementsOf(texts(List.of(newest, other)));

        Outgoing later = record(Topic.CUSTOMER_SCORES, "a", "3", 4);
        send(later);
        harness.prepareSnapshotPreBarrier(2);
        assertThat(told()).containsExactlyInAnyOrderElementsOf(texts(List.of(newest, other, later)));
    }

    @Test
    void aTombstoneTakesThePlaceOfAnAnswer() throws Exception {
        send(record(Topic.CUSTOMER_SCORES, "a", "1", 1));
        Outgoing gone = record(Topic.CUSTOMER_SCORES, "a", null, 2);
        send(gone);
        harness.prepareSnapshotPreBarrier(1);
        assertThat(told()).isEqualTo(texts(List.of(gone)));
    }

    @Test
    void whatHappenedIsToldEachTime() throws Exception {
        Outgoing one = record(Topic.SCORE_CHANGES, "a", "1", 1);
        Outgoing two = record(Topic.SCORE_CHANGES, "a", "2", 2);
        send(one);
        send(two);
        assertThat(told()).isEqualTo(texts(List.of(one, two)));
    }

    @Test
    void noMoreAreHeldThanFit() throws Exception {
        for (int i = 0; i < NewestAnswers.MOST_HELD; i++) {
            send(record(Topic.CUSTOMER_SCORES, "c" + i, "1", i));
        }
        assertThat(harness.extractOutputValues()).hasSize(NewestAnswers.MOST_HELD);
    }

    @Test
    void nothingIsLostAtTheEnd() throws Exception {
        Outgoing answer = record(Topic.CUSTOMER_SCORES, "a", "1", 1);
        send(answer);
        harness.endInput();
        harness.getOneInputOperator().finish();
        assertThat(told()).isEqualTo(texts(List.of(answer)));
    }
}
