package io.ebbline.operator;

import static io.ebbline.operator.OfferScene.TICK;
import static io.ebbline.operator.Records.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect;
import io.ebbline.offer.OfferTally;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What became of offers is told once a tick, of those of which anything has changed, from the beginning on. */
class OfferStatsOperatorTest {

    private OneInputStreamOperatorTestHarness<TickedOffers, Outgoing> job;

    private void start(long until, OperatorSubtaskState from) throws Exception {
        job = new OneInputStreamOperatorTestHarness<>(new OfferStatsOperator(until, OffersSaid::statsEncoder));
        job.setup(StreamTypes.OUTGOING.createSerializer(job.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            job.initializeState(from);
        }
        job.open();
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
    }

    /** So many offers have ended, of which so many were bought. */
    private void ended(int day, String offerId, int offers, int bought) throws Exception {
        OfferTally tally = new OfferTally();
        for (int i = 0; i < offers; i++) {
            tally.add(new OfferEffect.Outcome(
                    day(day), offerId, Kind.CAMPAIGN, null, 1, false, .5, false, false, false, i < bought));
        }
        job.processElement(new StreamRecord<>(new TickedOffers(TICK + day, tally)));
    }

    private List<String> watermark(long time) throws Exception {
        job.processWatermark(new Watermark(time));
        List<String> told = new ArrayList<>();
        for (Outgoing record : job.extractOutputValues()) {
            GenericRecord row = Records.decode(record);
            assertThat(Records.key(record)).isEqualTo(row.get("offerId").toString());
            told.add(((Integer) row.get("tick") - TICK) + " " + row.get("offerId") + " " + row.get("ended") + " "
                    + row.get("bought"));
        }
        job.getOutput().clear();
        return told;
    }

    @Test
    void aTickIsToldOnceItIsOverInTheOrderOfTicks() throws Exception {
        start(EngineRules.ENDLESS, null);
        ended(2, "half", 3, 1);
        ended(1, "teas", 4, 0);
        ended(1, "half", 2, 2);
        ended(1, "half", 5, 0); // Of another subtask.
        assertThat(watermark(day(2) - 1)).isEmpty();
        assertThat(watermark(day(2))).containsExactly("1 half 7 2", "1 kind:CAMPAIGN 11 2", "1 teas 4 0");
        assertThat(watermark(day(5))).containsExactly("2 half 10 3", "2 kind:CAMPAIGN 14 3");
        assertThat(watermark(day(9))).isEmpty();
    }

    @Test
    void whatIsCountedOfATickThatWasToldCountsInTheNextOne() throws Exception {
        start(EngineRules.ENDLESS, null);
        ended(4, "half", 1, 1);
        assertThat(watermark(day(8))).containsExactly("4 half 1 1", "4 kind:CAMPAIGN 1 1");
        ended(2, "half", 2, 0);
        ended(4, "half", 3, 0);
        assertThat(watermark(day(8) + 1)).containsExactly("5 half 6 1", "5 kind:CAMPAIGN 6 1");
        ended(9, "half", 1, 0);
        assertThat(watermark(day(10))).containsExactly("9 half 7 1", "9 kind:CAMPAIGN 7 1");
    }

    @Test
    void whatWasCountedAndWhatIsOpenSurviveARestore() throws Exception {
        start(EngineRules.ENDLESS, null);
        ended(1, "half", 4, 2);
        watermark(day(2));
        ended(2, "half", 3, 1);
        ended(3, "teas", 1, 0);
        OperatorSubtaskState state = job.snapshot(1, 0);
        ended(2, "half", 100, 100); // Lost: it comes after the checkpoint.
        job.close();
        start(EngineRules.ENDLESS, state);
        ended(1, "half", 1, 1); // Tick 1 was told.
        ended(3, "half", 1, 1);
        assertThat(watermark(day(9)))
                .containsExactly(
                        "2 half 8 4", "2 kind:CAMPAIGN 8 4", "3 half 9 5", "3 kind:CAMPAIGN 10 5", "3 teas 1 0");
    }

    @Test
    void noTickIsToldThatEndsAfterTheRun() throws Exception {
        start(day(3), null);
        ended(2, "half", 1, 0);
        ended(3, "half", 1, 0);
        assertThat(watermark(Long.MAX_VALUE)).containsExactly("2 half 1 0", "2 kind:CAMPAIGN 1 0");
    }

    @Test
    void theEndOfAllTimeEndsNoTickOfAnEndlessRun() throws Exception {
        start(EngineRules.ENDLESS, null);
        ended(1, "half", 1, 0);
        ended(2, "half", 1, 0);
        assertThat(watermark(day(2))).hasSize(2);
        assertThat(watermark(Long.MAX_VALUE)).isEmpty();
    }
}
