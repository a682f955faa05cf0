package io.ebbline.operator;

import static io.ebbline.operator.Records.DAY;
import static io.ebbline.operator.Records.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.config.Settings;
import io.ebbline.model.OfferPolicy.Cap;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * The cap check, the offer and its counter are one step: wherever the operator crashes, no cap is exceeded, no decision is made
 * twice, and none is lost. What was sent after the last checkpoint before a crash is lost, as an exactly-once sink would lose it.
 */
class ContactsOnceTest {

    private static final int CUSTOMERS = 8;
    private static final long UNTIL = day(30);
    private static final Cap[] CAPS = {new Cap(null, 1, DAY), new Cap(null, 3, 7 * DAY)};

    record Order(String customer, long time) {}

    @Test
    void noCapIsExceededAndNoDecisionIsMadeTwiceOrLostWhereverItCrashes() throws Exception {
        int decided = 0;
        int passed = 0;
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<Order> orders = orders(random);
            Map<String, List<Long>> expected = expected(orders);
            List<Outgoing> sent = run(orders, random);
            Map<String, List<Long>> contacts = new TreeMap<>();
            Set<String> ids = new HashSet<>();
            for (Outgoing record : sent) {
                var offer = OfferScene.decode(record);
                assertThat(ids.add(offer.get("eventId").toString())).isTrue();
                if (offer.getSchema().getField("cause") != null) {
                    contacts.computeIfAbsent(Records.key(record), c -> new ArrayList<>())
                            .add((Long) offer.get("sendFrom"));
                }
            }
            contacts.values().forEach(ContactsOnceTest::assertKeepsToTheCaps);
            assertThat(contacts).as("schedule " + seed).isEqualTo(expected);
            decided += expected.values().stream().mapToInt(List::size).sum();
            passed += orders.size();
        }
        assertThat(decided).isBetween(1_000, passed / 2);
    }

    private static void assertKeepsToTheCaps(List<Long> times) {
        for (Cap cap : CAPS) {
            for (int i = cap.contacts(); i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - cap.contacts())).isGreaterThanOrEqualTo(cap.periodMillis());
            }
        }
    }

    /** Four orders a day, some of them exactly a day or a week after another. */
    private static List<Order> orders(Random random) {
        TreeMap<Long, Order> orders = new TreeMap<>();
        for (int i = 0; i < 120; i++) {
            String customer = "customer-" + random.nextInt(CUSTOMERS);
            long time = day(random.nextDouble() * 30) | 1; // Needs come at even instants.
            orders.putIfAbsent(time, new Order(customer, time));
            for (long later : new long[] {time + DAY - 2, time + DAY, time + 7 * DAY}) {
                if (random.nextInt(4) == 0 && later < UNTIL) {
                    orders.putIfAbsent(later, new Order(customer, later));
                }
            }
        }
        return List.copyOf(orders.values());
    }

    /** Of all that asks for an offer, an order or a need, the first that the caps allow, and so on. */
    private static Map<String, List<Long>> expected(List<Order> orders) {
        Map<String, TreeSet<Long>> asked = new TreeMap<>();
        for (Order order : orders) {
            asked.computeIfAbsent(order.customer, c -> new TreeSet<>()).add(order.time);
        }
        Map<String, List<Long>> contacts = new TreeMap<>();
        asked.forEach((customer, times) -> {
            long need = times.first();
            while ((need = OfferScene.EVERY_THIRD_DAY.at(null, null, need)) <= UNTIL) {
                times.add(need);
            }
            List<Long> made = new ArrayList<>();
            for (long time : times) {
                boolean allowed = true;
                for (Cap cap : CAPS) {
                    long near = made.stream()
                            .filter(one -> time - one < cap.periodMillis())
                            .count();
                    allowed &= near < cap.contacts();
                }
                if (allowed) {
                    made.add(time);
                }
            }
            contacts.put(customer, made);
        });
        return contacts;
    }

    private static List<Outgoing> run(List<Order> orders, Random random) throws Exception {
        List<Outgoing> committed = new ArrayList<>();
        OperatorSubtaskState state = null;
        int parallelismBefore = 0;
        int from = 0;
        for (int crashes = 6; crashes >= 0; crashes--) {
            int parallelism = 1 + random.nextInt(3);
            List<OfferSubtask> all = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                OfferSubtask subtask = new OfferSubtask(
                        UNTIL,
                        models -> OfferScene.desk(models, UNTIL, OfferScene.EVERY_THIRD_DAY),
                        1 + random.nextInt(4),
                        parallelism,
                        i,
                        false);
                if (state != null) {
                    subtask.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, Settings.MAX_PARALLELISM, parallelismBefore, parallelism, i));
                }
                subtask.open();
                subtask.noNews();
                if (state == null) {
                    subtask.version(Records.model(1), 0);
                    subtask.version(OfferScene.policy(1, 2 * DAY, CAPS), 0);
                }
                all.add(subtask);
            }
            int to = crashes == 0 ? orders.size() : Math.min(orders.size(), from + random.nextInt(60));
            int next = from;
            for (int i = from; i < to; i++) {
                Order order = orders.get(i);
                int owner = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        order.customer, Settings.MAX_PARALLELISM, parallelism);
                all.get(owner).fact(order.customer, OfferScene.order(order.time));
                for (OfferSubtask subtask : all) {
                    if (random.nextInt(3) == 0) {
                        subtask.factsWatermark(order.time - random.nextInt(2) * DAY);
                    }
                }
                if (random.nextInt(12) == 0 || (state == null && i == to - 1)) {
                    List<OperatorSubtaskState> states = new ArrayList<>();
                    for (OfferSubtask subtask : all) {
                        subtask.prepareSnapshotPreBarrier(1);
                        states.add(subtask.snapshot(1, 0));
                        committed.addAll(subtask.drain());
                    }
                    state = AbstractStreamOperatorTestHarness.repackageState(
                            states.toArray(OperatorSubtaskState[]::new));
                    parallelismBefore = parallelism;
                    next = i + 1;
                }
            }
            for (OfferSubtask subtask : all) {
                if (crashes == 0) {
                    subtask.factsWatermark(Long.MAX_VALUE);
                    committed.addAll(subtask.drain());
                }
                subtask.close();
            }
            from = next;
        }
        return committed;
    }
}
