package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.connector.FeedRecord;
import io.ebbline.connector.feed.FeedPlan.Step;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

class FeedPlanTest {

    @Property(tries = 300)
    void whereverItWasCutTheFeedGoesOnWithWhatIsMissing(
            @ForAll long seed,
            @ForAll @IntRange(max = 60) int size,
            @ForAll @IntRange(min = 1, max = 4) int partitions) {
        SplittableRandom random = new SplittableRandom(seed);
        FeedOptions options = options(random);
        List<FeedRecord> records = Feeds.random(seed, size, 400);
        long end = random.nextLong(100_000);
        List<Step> whole = steps(records, end, Feeds.empty(partitions, 2, 1), options);
        Map<Topic, long[]> held = Feeds.empty(partitions, 2, 1);
        held.forEach((topic, ends) -> {
            for (int p = 0; p < ends.length; p++) {
                ends[p] = random.nextLong(count(whole, topic, p) + 1);
            }
        });

        List<Step> rest = steps(records, end, held, options);

        assertThat(rest)
                .isEqualTo(whole.stream()
                        .filter(s -> s.offset() >= held.get(s.topic())[s.partition()])
                        .toList());
        held.forEach((topic, ends) -> {
            for (int p = 0; p < ends.length; p++) {
                assertThat(ends[p] + count(rest, topic, p)).isEqualTo(count(whole, topic, p));
            }
        });
    }

    @Property(tries = 300)
    void offsetsCountEachPartitionFromZero(@ForAll long seed, @ForAll @IntRange(max = 60) int size) {
        Map<String, Long> next = new HashMap<>();
        for (Step step : steps(Feeds.random(seed, size, 400), 0, Feeds.empty(3, 2, 1), options(seed))) {
            String partition = step.topic() + "-" + step.partition();
            assertThat(step.offset()).isEqualTo(next.getOrDefault(partition, 0L));
            next.put(partition, step.offset() + 1);
        }
    }

    @Property(tries = 300)
    void clocksStandWhereTheRulesSay(@ForAll long seed, @ForAll @IntRange(max = 60) int size) {
        FeedOptions options = options(seed);
        List<FeedRecord> records = Feeds.random(seed, size, 400);
        long end = records.isEmpty() ? 0 : records.get(size - 1).arrival();
        // One entry per event and per round, written down rule by rule.
        List<String> expected = new ArrayList<>();
        long last = Long.MAX_VALUE;
        int count = 0;
        for (FeedRecord r : records) {
            for (long t = 0; t <= r.arrival(); t++) {
                if (t > last && Math.floorMod(t, options.clockInterval()) == 0) {
                    expected.add("round " + t);
                }
            }
            expected.add("event " + count);
            last = r.arrival();
            count++;
            if (count % options.clockEvery() == 0) {
                expected.add("round " + last);
            }
        }
        expected.add("round " + (end + options.lateness() + 1));

        List<String> found = new ArrayList<>();
        int events = 0;
        List<Step> steps = steps(records, end, Feeds.empty(2, 3, 1), options);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.record() != null) {
                assertThat(step.record()).isEqualTo(records.get(events));
                found.add("event " + events++);
            } else {
                // A round is one record of every partition of every input topic, 2 + 3 + 1 here.
                List<Step> round = steps.subList(i, i + 6);
                assertThat(round).allSatisfy(s -> {
                    assertThat(s.record()).isNull();
                    assertThat(s.arrival()).isEqualTo(step.arrival());
                });
                assertThat(round.stream().map(s -> s.topic() + "-" + s.partition()))
                        .doesNotHaveDuplicates();
                found.add("round " + step.arrival());
                i += 5;
            }
        }

        assertThat(found).isEqualTo(expected);
    }

    @Property(tries = 300)
    void whatFollowsAClockIsNeverLate(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        FeedOptions options = options(seed).late(500);
        List<FeedRecord> shuffled = Shuffle.within(Feeds.random(seed, size, 400), 500, seed);
        long watermark = Long.MIN_VALUE;
        for (Step step : steps(shuffled, shuffled.get(size - 1).arrival(), Feeds.empty(2, 3, 1), options)) {
            FeedRecord record = step.record();
            if (record == null) {
                watermark = Math.max(watermark, step.arrival() - options.lateness() - 1);
            } else {
                assertThat(record.recordTime()).isGreaterThan(watermark);
            }
        }
    }

    @Property
    void customersGoWhereKafkasOwnProducersSendThem(
            @ForAll @StringLength(min = 1) String customer, @ForAll @IntRange(min = 1, max = 64) int partitions) {
        byte[] key = customer.getBytes(StandardCharsets.UTF_8);

        assertThat(FeedPlan.ofKey(key, partitions)).isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
    }

    @Example
    void recordsWithoutACustomerAreSpread() {
        List<FeedRecord> records = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            records.add(Feeds.record(Topic.PURCHASES, null, "invoice/" + i, i));
        }
        List<Step> steps = steps(records, 0, Feeds.empty(4, 1, 1), FeedOptions.defaults());

        for (int p = 0; p < 4; p++) {
            int partition = p;
            assertThat(steps)
                    .filteredOn(s -> s.record() != null && s.partition() == partition)
                    .hasSizeBetween(60, 140);
        }
    }

    @Example
    void theLastClockTakesTheWatermarkToTheEndEvenWhenSomethingArrivesLater() {
        FeedOptions options = FeedOptions.defaults();
        FeedRecord late = new FeedRecord(Topic.PURCHASES, "c", 90_000, 5, null, new byte[0]);

        assertThat(lastClock(List.of(Feeds.record(Topic.PURCHASES, "c", "e", 5)), 5, options))
                .isEqualTo(5 + options.lateness() + 1);
        assertThat(lastClock(List.of(late), 5, options)).isEqualTo(90_000);
    }

    @Example
    void recordsOutOfOrderAreRefused() {
        List<FeedRecord> records =
                List.of(Feeds.record(Topic.PURCHASES, "c", "a", 2), Feeds.record(Topic.PURCHASES, "c", "b", 1));

        assertThatThrownBy(() -> steps(records, 0, Feeds.empty(1, 1, 1), FeedOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sort by arrival");
    }

    @Example
    void recordsFromBeforeKafkasTimeAreRefused() {
        List<FeedRecord> records = List.of(Feeds.record(Topic.PURCHASES, "c", "a", -1));

        assertThatThrownBy(() -> steps(records, 0, Feeds.empty(1, 1, 1), FeedOptions.defaults()))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("1969-12-31T23:59:59.999Z", "1970");
    }

    @Example
    void recordsForAnOutputAreRefused() {
        List<FeedRecord> records = List.of(Feeds.record(Topic.CUSTOMER_SCORES, "c", "a", 2));

        assertThatThrownBy(() -> steps(records, 0, Feeds.empty(1, 1, 1), FeedOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no input topic");
    }

    @Example
    void aPartitionThatHoldsMoreThanTheFeedIsRefused() {
        Map<Topic, long[]> held = Feeds.empty(1, 1, 1);
        held.put(Topic.TOUCHPOINTS, new long[] {8});

        assertThatThrownBy(() -> steps(List.of(), 0, held, FeedOptions.defaults()))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("Partition 0 of topic touchpoints holds 7 records more", "new topics");
    }

    @Example
    void aMissingTopicIsNamed() {
        Map<Topic, long[]> held = Feeds.empty(1, 1, 1);
        held.remove(Topic.CUSTOMER_REQUESTS);

        assertThatThrownBy(() -> steps(List.of(), 0, held, FeedOptions.defaults()))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("Topic customer-requests is missing");
    }

    private static FeedOptions options(long seed) {
        return options(new SplittableRandom(seed));
    }

    private static FeedOptions options(SplittableRandom random) {
        return new FeedOptions(random.nextLong(1_000), 1 + random.nextInt(12), 1 + random.nextLong(3_000), Speed.MAX);
    }

    private static long lastClock(List<FeedRecord> records, long end, FeedOptions options) {
        List<Step> steps = steps(records, end, Feeds.empty(1, 1, 1), options);
        return steps.get(steps.size() - 1).arrival();
    }

    private static long count(List<Step> steps, Topic topic, int partition) {
        return steps.stream()
                .filter(s -> s.topic() == topic && s.partition() == partition)
                .count();
    }

    private static List<Step> steps(List<FeedRecord> records, long end, Map<Topic, long[]> held, FeedOptions options) {
        FeedPlan plan = new FeedPlan(records.iterator(), end, held, options);
        List<Step> steps = new ArrayList<>();
        for (Step step = plan.poll(); step != null; step = plan.poll()) {
            steps.add(step);
        }
        return steps;
    }
}
