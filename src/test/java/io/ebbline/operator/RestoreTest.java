package io.ebbline.operator;

import static io.ebbline.operator.Records.START;
import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.decode;
import static io.ebbline.operator.Records.model;
import static io.ebbline.operator.Records.purchase;
import static io.ebbline.operator.Records.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.operator.ScoringCluster.Checkpoint;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.io.DataInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints: what waits, what is armed, what was counted and which models are known survive, at any parallelism. */
class RestoreTest {

    private static final EngineRules RULES = EngineRules.defaults();
    private static final Setup SETUP = Setup.of(RULES).onRocksDb();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000})
    void aJobThatMovesFromOneToTwoToThreeToOneSubtaskSaysWhatOneThatStaysSays(int cache) throws Exception {
        List<Incoming> records = history();
        Said undisturbed;
        try (ScoringCluster job = ScoringCluster.start(SETUP)) {
            job.model(model(1), 0);
            job.model(model(2, 10, 20, 40, 80), day(60));
            undisturbed = Said.of(play(job, records, 0, records.size()));
        }

        List<Outgoing> sent = new ArrayList<>();
        int from = 0;
        Checkpoint checkpoint = null;
        for (int parallelism : new int[] {1, 2, 3, 1}) {
            Setup setup = SETUP.cache(cache).parallelism(parallelism);
            try (ScoringCluster job =
                    checkpoint == null ? ScoringCluster.start(setup) : ScoringCluster.restore(setup, checkpoint)) {
                if (checkpoint == null) {
                    job.model(model(1), 0);
                    job.model(model(2, 10, 20, 40, 80), day(60));
                }
                int to = checkpoint == null ? 70 : Math.min(records.size(), from + 110);
                sent.addAll(play(job, records, from, parallelism == 1 && from > 0 ? records.size() : to));
                checkpoint = job.checkpoint();
                from = to;
                play(job, records, from, records.size()); // Lost: it comes after the checkpoint.
            }
        }
        assertThat(Said.of(sent)).isEqualTo(undisturbed);
    }

    /** Reads records, each followed by the watermark five days behind it; at the last one by the day 500. */
    private static List<Outgoing> play(ScoringCluster job, List<Incoming> records, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            job.record(records.get(i));
            job.watermark(day(i / 4.0 - 5) - 1);
        }
        if (to == records.size()) {
            job.watermark(day(500));
        }
        return job.drain();
    }

    /** Four events a day for 100 days, up to five days late, of 20 customers. */
    private static List<Incoming> history() {
        Random random = new Random(7);
        List<Incoming> records = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            long time = day(i / 4.0 - random.nextInt(5));
            String customer = "customer-" + random.nextInt(20);
            records.add(Records.of(
                    customer, random.nextInt(3) > 0 ? visit("v" + i, time) : purchase("o" + i, time, "1" + i + ".00")));
        }
        return records;
    }

    @Test
    void anEventThatWaitedAndADeadlineThatWasArmedComeUpAfterTheRestore() throws Exception {
        Checkpoint checkpoint;
        try (ScoringCluster job = ScoringCluster.start(SETUP)) {
            job.model(model(1), 0);
            job.event("anna", purchase("o1", START, "10.00"));
            job.watermark(day(1));
            job.event("bert", purchase("o1", day(2), "10.00"));
            checkpoint = job.checkpoint();
        }
        try (ScoringCluster job = ScoringCluster.restore(SETUP.parallelism(2), checkpoint)) {
            assertThat(job.timers()).isEqualTo(1);
            assertThat(job.gauge(MetricNames.READ)).isEqualTo(2);
            assertThat(job.gauge(MetricNames.WAITING)).isEqualTo(1);
            job.watermark(day(30) + 1);
            assertThat(decode(job.drain(Topic.CUSTOMER_SCORES)))
                    .extracting(answer ->
                            answer.get("customerId") + " R " + answer.get("recency") + " " + answer.get("models"))
                    .containsExactlyInAnyOrder("anna R 4 [default/1]", "bert R 5 [default/1]");
        }
    }

    @Test
    void whatHasBeenAppliedIsRememberedSoARedeliveryIsADuplicate() throws Exception {
        Checkpoint checkpoint;
        try (ScoringCluster job = ScoringCluster.start(SETUP)) {
            job.model(model(1), 0);
            job.event("anna", purchase("o1", START, "10.00"));
            job.watermark(day(1));
            checkpoint = job.checkpoint();
        }
        try (ScoringCluster job = ScoringCluster.restore(SETUP, checkpoint)) {
            job.event("anna", purchase("o1", START, "10.00"));
            job.event("anna", purchase("o1", day(2), "10.00"));
            job.watermark(day(2));
            assertThat(job.gauge(MetricNames.DUPLICATE)).isEqualTo(2);
            assertThat(job.drain()).isEmpty();
        }
    }

    @Test
    void aCustomerWhoseIdIsLongerThanSixtyFourKilobytesIsNoReasonToFail() throws Exception {
        String customer = "é".repeat(70_000);
        Checkpoint checkpoint;
        try (ScoringCluster job = ScoringCluster.start(SETUP)) {
            job.model(model(1), 0);
            job.event(customer, purchase("o1", START, "10.00"));
            checkpoint = job.checkpoint();
        }
        try (ScoringCluster job = ScoringCluster.restore(SETUP, checkpoint)) {
            job.watermark(START);
            assertThat(Records.lastAnswers(job.drain())).containsOnlyKeys(customer);
        }
    }

    @Test
    void theIndexOfWhoIsDueHoldsNoMoreEntriesThanEventsWait() throws Exception {
        try (ScoringCluster job = ScoringCluster.start(SETUP)) {
            job.model(model(1), 0);
            int waiting = 0;
            for (int i = 0; i < 300; i += 3) {
                for (int arrival :
                        new int[] {2, 1, 0}) { // Each one comes before those that wait, but for the last ones.
                    job.event("anna", visit("v" + (i + arrival), day(i + arrival)));
                }
                job.watermark(day(i)); // Two wait on: the inbox is never empty.
                waiting = 2;
            }
            assertThat(job.gauge(MetricNames.WAITING)).isEqualTo(waiting);
            assertThat(pendingEntries(job.checkpoint())).isBetween(1, waiting);
        }
    }

    /** Entries of the index as the checkpoint holds them: each key group begins with their number. */
    private static int pendingEntries(Checkpoint checkpoint) throws Exception {
        int entries = 0;
        for (KeyedStateHandle handle : checkpoint.state().getRawKeyedState()) {
            KeyGroupsStateHandle groups = (KeyGroupsStateHandle) handle;
            for (int group : groups.getKeyGroupRange()) {
                long offset = groups.getOffsetForKeyGroup(group);
                if (offset >= 0) {
                    try (var in = groups.openInputStream()) {
                        in.seek(offset);
                        entries += new DataInputStream(in).readInt();
                    }
                }
            }
        }
        return entries;
    }
}
