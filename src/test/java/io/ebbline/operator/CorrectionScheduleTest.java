package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.operator.ScoringCluster.Setup;
import io.ebbline.profile.SeenEvents;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/**
 * Events that come later than the watermark, by the correction horizon at most, to an operator that is stopped and restored, at any
 * parallelism, with a cache of a customer or two: in the end it has said what it says when all come in time.
 *
 * <p>{@code -Debbline.corrections=N} runs N schedules; {@code -Debbline.seed=N} runs the one that failed.
 */
class CorrectionScheduleTest {

    /** Of so many schedules one runs on RocksDB, which takes many times as long to set up. */
    private static final int ON_ROCKS_DB = 20;

    /** What stands in the end: answers, and on each topic what was told and not taken back, by customer. */
    private record Stands(Map<String, ByteBuffer> answers, Map<String, List<String>> told, long corrections) {

        static Stands of(List<Outgoing> records) {
            Map<String, ByteBuffer> answers = new TreeMap<>();
            Map<String, Map<String, String>> told = new TreeMap<>();
            long corrections = 0;
            for (Outgoing record : records) {
                if (record.topic() == Topic.REJECTED_EVENTS) {
                    assertThat(Records.header(record, HeaderNames.ERROR)).isEqualTo("It was applied where it belongs.");
                } else if (record.topic() == Topic.CUSTOMER_SCORES) {
                    answers.put(Records.key(record), ByteBuffer.wrap(Records.body(record)));
                } else {
                    String line = record.topic() + " of " + Records.key(record);
                    Map<String, String> standing = told.computeIfAbsent(line, l -> new TreeMap<>());
                    if (isCorrection(record)) {
                        corrections++;
                        GenericRecord correction = Records.decode(Records.body(record), 0, "Correction");
                        assertThat(standing.remove(correction.get("corrects").toString()))
                                .as("what is taken back")
                                .isNotNull();
                    } else {
                        GenericRecord one = Records.decode(record);
                        String id = one.get("eventId").toString();
                        one.put("eventId", "");
                        assertThat(standing.put(id, one.toString()))
                                .as("ids are told once")
                                .isNull();
                    }
                }
            }
            Map<String, List<String>> sorted = new TreeMap<>();
            told.forEach((line, byId) ->
                    sorted.put(line, byId.values().stream().sorted().toList()));
            sorted.values().removeIf(List::isEmpty);
            return new Stands(answers, sorted, corrections);
        }

        private static boolean isCorrection(Outgoing record) {
            int id = ByteBuffer.wrap(record.value(), 1, 4).getInt();
            return Registries.SHARED.schema(id).orElseThrow().contains("\"name\": \"Correction\"");
        }
    }

    @Test
    void howeverLateEventsComeWithinTheHorizonTheSameStandsInTheEnd() {
        Long only = Long.getLong("ebbline.seed");
        long first = only == null ? 0 : only;
        long count = only == null ? Long.getLong("ebbline.corrections", 80) : 1;
        AtomicLong corrections = new AtomicLong();
        LongStream.range(first, first + count).parallel().forEach(seed -> {
            try {
                corrections.addAndGet(compare(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "Schedule " + seed
                                + " failed. Run it alone: ./mvnw test -Dtest=CorrectionScheduleTest -Debbline.seed="
                                + seed,
                        e);
            }
        });
        assertThat(only != null || corrections.get() > count).as("corrections").isTrue();
    }

    private static long compare(long seed) throws Exception {
        ShopHistory history = correctable(ShopHistory.of(seed));
        if (history.events().isEmpty()) {
            return 0;
        }
        Stands inTime = Stands.of(run(history, new Random(seed), 0, seed % ON_ROCKS_DB == 0));
        Stands late = Stands.of(
                run(history, new Random(seed), history.rules().correctionHorizonMillis(), seed % ON_ROCKS_DB == 0));
        assertThat(inTime.corrections).isZero();
        assertThat(late.answers).isEqualTo(inTime.answers);
        assertThat(late.told).isEqualTo(inTime.told);
        return late.corrections;
    }

    /** Without repeated ids, of which the first to come counts, and without those who are forgotten, which is for good. */
    private static ShopHistory correctable(ShopHistory shop) {
        EngineRules rules = shop.rules().withCorrections(shop.rules().dedupHorizonMillis());
        Map<String, List<Event>> events = new TreeMap<>();
        shop.events().forEach((customer, all) -> {
            Set<Long> ids = new HashSet<>();
            List<Event> distinct = NaiveEngine.sorted(all).stream()
                    .filter(event -> ids.add(SeenEvents.identity(event)))
                    .toList();
            boolean forgotten = !NaiveEngine.run(customer, distinct, shop.models(), rules)
                    .forgotten()
                    .isEmpty();
            if (!forgotten && !pausesForLong(distinct)) {
                events.put(customer, distinct);
            }
        });
        return new ShopHistory(shop.seed(), events, shop.models(), rules);
    }

    /** Whether a prospect who says nothing for so long might be forgotten before a late event of theirs comes. */
    private static boolean pausesForLong(List<Event> events) {
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).time() - events.get(i - 1).time() > EngineRules.FORGET_MILLIS / 2) {
                return true;
            }
        }
        return false;
    }

    private static List<Outgoing> run(ShopHistory history, Random random, long delay, boolean rocksDb)
            throws Exception {
        record Arrival(long at, Incoming record) {}
        List<Arrival> arrivals = new ArrayList<>();
        history.events().forEach((customer, events) -> {
            for (Event event : events) {
                long late = random.nextBoolean() ? 0 : (long) (random.nextDouble() * delay);
                arrivals.add(new Arrival(event.time() + late, Records.of(customer, event)));
            }
        });
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        List<Outgoing> sent = new ArrayList<>();
        ScoringCluster job = ScoringCluster.start(setup(history, random, rocksDb));
        try {
            for (ModelTimeline.Entry model : history.models()) {
                job.model(model.model(), model.effectiveAt());
            }
            for (Arrival arrival : arrivals) {
                job.record(arrival.record);
                if (delay == 0 || random.nextInt(3) == 0) {
                    continue;
                }
                job.watermark(arrival.record.time() - random.nextInt(2));
                if (random.nextInt(6) == 0) {
                    ScoringCluster.Checkpoint checkpoint = job.checkpoint();
                    sent.addAll(job.drain());
                    job.close();
                    job = ScoringCluster.restore(setup(history, random, rocksDb), checkpoint);
                }
            }
            job.watermark(history.end());
            job.endOfTime();
            job.finish();
            assertThat(job.gauge(MetricNames.LATE_BOOKED)).isZero();
            assertThat(job.gauge(MetricNames.LATE_TOO_OLD)).isZero();
            assertThat(job.gauge(MetricNames.APPLIED) + job.gauge(MetricNames.LATE_CORRECTED))
                    .isEqualTo(history.size());
            assertThat(job.gauge(MetricNames.LATE)).isEqualTo(job.gauge(MetricNames.LATE_CORRECTED));
            sent.addAll(job.drain());
            return sent;
        } finally {
            job.close();
        }
    }

    private static Setup setup(ShopHistory history, Random random, boolean rocksDb) {
        int cache = random.nextInt(4) == 0 ? 1_000 : 1 + random.nextInt(2);
        Setup drawn = new Setup(history.rules(), 1 + random.nextInt(3), cache, rocksDb);
        return random.nextBoolean() ? drawn.withNewestOnly() : drawn;
    }
}
