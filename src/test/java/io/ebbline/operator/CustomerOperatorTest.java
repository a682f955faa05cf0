package io.ebbline.operator;

import static io.ebbline.operator.Records.START;
import static io.ebbline.operator.Records.day;
import static io.ebbline.operator.Records.decode;
import static io.ebbline.operator.Records.model;
import static io.ebbline.operator.Records.purchase;
import static io.ebbline.operator.Records.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the operator applies events and deadlines, what it says then, and which timers it keeps. */
class CustomerOperatorTest {

    /** Reviews never come up, so that every deadline of these tests is a drop of R or a departure. */
    private static final long HOUR = Records.DAY / 24;

    private static final EngineRules RULES =
            new EngineRules(EngineRules.ENDLESS, 30 * Records.DAY, 10_000 * Records.DAY, ZoneOffset.UTC);

    private ScoringCluster job;

    private void start(EngineRules rules) throws Exception {
        job = ScoringCluster.start(Setup.of(rules).onRocksDb());
        job.model(model(1), 0);
    }

    @AfterEach
    void stop() throws Exception {
        if (job != null) {
            job.close();
        }
    }

    private List<GenericRecord> answers() {
        return decode(job.drain(Topic.CUSTOMER_SCORES));
    }

    private List<String> told() {
        return decode(job.drain(Topic.LIFECYCLE_TRANSITIONS)).stream()
                .map(told -> told.get("kind") + " " + told.get("current") + " at day "
                        + ((Long) told.get("time") - START) / Records.DAY)
                .toList();
    }

    // ---- events and the watermark

    @Test
    void anEventWaitsUntilTheWatermarkHasPassedIt() throws Exception {
        start(RULES);
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.watermark(day(1) - 1);
        assertThat(job.drain()).isEmpty();
        assertThat(job.gauge(MetricNames.WAITING)).isEqualTo(1);
        assertThat(job.timers()).isZero();

        job.watermark(day(1));
        List<Outgoing> sent = job.drain();
        assertThat(sent)
                .extracting(Outgoing::topic)
                .containsExactly(
                        Topic.LIFECYCLE_TRANSITIONS,
                        Topic.LIFECYCLE_TRANSITIONS,
                        Topic.SCORE_CHANGES,
                        Topic.CUSTOMER_SCORES);
        assertThat(sent).extracting(Records::key).containsOnly("anna");
        GenericRecord answer = decode(sent.get(3));
        assertThat(answer.get("customerId")).hasToString("anna");
        assertThat(answer.get("asOf")).isEqualTo(day(1));
        assertThat(answer.get("orders")).isEqualTo(1L);
        assertThat(answer.get("monetaryMinor")).isEqualTo(1_000L);
        assertThat(answer.get("recency")).isEqualTo(5);
        assertThat(answer.get("stage")).hasToString("GROWTH");
        assertThat(job.gauge(MetricNames.WAITING)).isZero();
        assertThat(job.gauge(MetricNames.APPLIED)).isEqualTo(1);
    }

    @Test
    void eventsAreAppliedInTheirOrderWhateverTheOrderOfArrival() throws Exception {
        start(RULES);
        job.event("anna", Records.wholeReturn("r", day(3), "o1"));
        job.event("anna", purchase("o2", day(2), "5.00"));
        job.event("anna", purchase("o1", day(1), "10.00"));
        job.watermark(day(3));
        GenericRecord answer = answers().get(0);
        assertThat(answer.get("orders")).isEqualTo(1L);
        assertThat(answer.get("monetaryMinor")).isEqualTo(500L);
        assertThat(answer.get("lastOrderAt")).isEqualTo(day(2));
    }

    @Test
    void aStepOfTheWatermarkBringsOneAnswerHoweverMuchHappenedInIt() throws Exception {
        start(RULES);
        for (int i = 0; i < 10; i++) {
            job.event("anna", purchase("o" + i, day(40 * i), "10.00"));
        }
        job.event("bert", visit("v", day(2)));
        job.watermark(day(400));
        List<GenericRecord> answers = answers();
        assertThat(answers)
                .extracting(answer -> answer.get("customerId").toString())
                .containsExactlyInAnyOrder("anna", "bert");
    }

    // ---- deadlines

    @Test
    void silenceIsToldAtTheInstantAtWhichTheScoreDrops() throws Exception {
        start(RULES);
        job.event("anna", purchase("o1", START, "10.00"));
        job.watermark(day(30));
        assertThat(answers()).extracting(answer -> answer.get("recency")).containsExactly(5);
        job.watermark(day(30) + 1);
        GenericRecord answer = answers().get(0);
        assertThat(answer.get("recency")).isEqualTo(4);
        assertThat(answer.get("asOf")).isEqualTo(day(30) + 1);
    }

    @Test
    void deadlinesBetweenTwoEventsComeBetweenThem() throws Exception {
        start(RULES);
        job.event("anna", purchase("o1", START, "10.00"));
        job.event("anna", purchase("o2", day(200), "10.00"));
        job.watermark(day(200));
        assertThat(told())
                .containsSubsequence("STAGE GROWTH at day 0", "STAGE DEPARTED at day 180", "STAGE GROWTH at day 200");
    }

    @Test
    void atOneInstantTheEventComesBeforeTheDeadline() throws Exception {
        start(RULES);
        job.event("anna", purchase("o1", START, "10.00"));
        job.watermark(day(1));
        job.event("anna", purchase("o2", day(180), "10.00"));
        job.watermark(day(180));
        assertThat(told()).noneMatch(line -> line.contains("DEPARTED"));

        job.event("bert", purchase("o1", day(181), "10.00"));
        job.event("bert", purchase("o2", day(361) + 1, "10.00"));
        job.watermark(day(362));
        assertThat(told()).anyMatch(line -> line.equals("STAGE DEPARTED at day 361"));
    }

    @Test
    void oneTimerACustomerIsArmedAndRearmedWhenItFiresEarly() throws Exception {
        start(RULES);
        job.event("anna", purchase("o1", START, "10.00"));
        job.watermark(START);
        assertThat(job.timers()).isEqualTo(1);
        for (int i = 1; i <= 20; i++) {
            job.event("anna", purchase("again" + i, START + i * HOUR, "10.00"));
            job.watermark(START + i * HOUR);
            assertThat(job.timers())
                    .as("the timer of day 30 serves for the later deadlines too")
                    .isEqualTo(1);
        }
        job.drain();

        job.watermark(day(30) + 1); // The timer fires early: the deadline has moved by 20 hours.
        assertThat(job.drain()).isEmpty();
        assertThat(job.timers()).isEqualTo(1);

        job.watermark(day(30) + 20 * HOUR + 1);
        assertThat(answers()).extracting(answer -> answer.get("recency")).containsExactly(4);
        assertThat(job.timers()).isEqualTo(1);
    }

    @Test
    void aDeadlineThatMovesForwardIsNotMissed() throws Exception {
        start(RULES);
        job.event("anna", purchase("o1", START, "10.00"));
        job.event("anna", purchase("o2", day(20), "10.00"));
        job.watermark(day(20)); // R drops at day 50.
        job.event("anna", Records.wholeReturn("r", day(21), "o2"));
        job.watermark(day(21)); // R drops at day 30, for the first order is the latest again.
        job.drain();
        job.watermark(day(30) + 1);
        GenericRecord answer = answers().get(0);
        assertThat(answer.get("asOf")).isEqualTo(day(30) + 1);
        assertThat(answer.get("recency")).isEqualTo(4);
        assertThat(job.timers()).isLessThanOrEqualTo(2);
    }

    @Test
    void nobodyWhoNothingAwaitsHasATimer() throws Exception {
        start(RULES);
        job.event("anna", purchase("o1", START, "10.00"));
        job.watermark(day(1_000));
        assertThat(job.timers()).as("departed, and R can't drop below 1").isZero();
    }

    // ---- the end

    @Test
    void theEndOfTimeAppliesWhatWaitsAndFiresNoDeadlineOfAnEndlessRun() throws Exception {
        start(RULES);
        job.event("anna", purchase("o1", START, "10.00"));
        job.event("bert", purchase("o1", day(9), "10.00"));
        job.watermark(day(5));
        job.drain();
        job.endOfTime();
        assertThat(answers())
                .extracting(answer -> answer.get("customerId") + " " + answer.get("asOf"))
                .containsExactly("bert " + day(9));
        assertThat(job.gauge(MetricNames.WAITING)).isZero();
    }

    @Test
    void theEndOfTimeFiresTheDeadlinesUpToTheEndOfTheRunAndNoneBeyond() throws Exception {
        start(RULES.until(day(45)));
        job.event("anna", purchase("o1", START, "10.00"));
        job.event("bert", purchase("o1", day(10), "10.00"));
        job.watermark(day(5));
        job.drain();
        job.endOfTime();
        List<GenericRecord> answers = answers();
        assertThat(answers)
                .extracting(answer -> answer.get("customerId") + " " + answer.get("asOf"))
                .containsExactlyInAnyOrder("anna " + (day(30) + 1), "bert " + (day(40) + 1));
        assertThat(answers).extracting(answer -> answer.get("recency")).containsOnly(4);
    }

    @Test
    void aWatermarkBeyondTheEndOfTheRunFiresNothingBeyondItEither() throws Exception {
        start(RULES.until(day(30)));
        job.event("anna", purchase("o1", START, "10.00"));
        job.watermark(day(20));
        job.drain();
        job.watermark(day(500));
        job.endOfTime();
        assertThat(job.drain()).isEmpty();
    }

    // ---- models

    @Test
    void anAnswerNamesTheVersionThatWasInForceAtItsInstant() throws Exception {
        start(RULES);
        job.model(model(2, 10, 20, 40, 80), day(50));
        job.event("anna", purchase("o1", day(49), "10.00"));
        job.event("bert", purchase("o1", day(50), "10.00"));
        job.watermark(day(50));
        assertThat(answers())
                .extracting(answer -> answer.get("customerId") + " " + answer.get("models"))
                .containsExactlyInAnyOrder("anna [default/1]", "bert [default/2]");
    }

    @Test
    void aVersionThatComesIntoForceMovesTheBoundaryNotTheCustomer() throws Exception {
        start(new EngineRules(EngineRules.ENDLESS, 30 * Records.DAY, 10 * Records.DAY, ZoneOffset.UTC));
        job.event("anna", purchase("o1", START, "10.00"));
        job.watermark(day(1));
        job.model(model(2, 1, 2, 3, 4), day(2));
        job.drain();
        job.watermark(day(17)); // A review comes after 10 days and less than a week.
        List<GenericRecord> moves = decode(job.drain(Topic.LIFECYCLE_TRANSITIONS));
        assertThat(moves).hasSize(1);
        assertThat(moves.get(0).get("moved")).hasToString("BOUNDARY");
        assertThat(moves.get(0).get("trigger")).hasToString("SILENCE");
        assertThat(moves.get(0).get("models")).hasToString("[default/2]");
        assertThat((Long) moves.get(0).get("time")).isBetween(day(10), day(17));
    }

    @Test
    void theFirstRecordOfAVersionWins() throws Exception {
        start(RULES);
        job.model(model(1, 1, 2, 3, 4), 0);
        job.event("anna", purchase("o1", START, "10.00"));
        job.watermark(day(20));
        assertThat(answers()).extracting(answer -> answer.get("recency")).containsExactly(5);
    }
}
