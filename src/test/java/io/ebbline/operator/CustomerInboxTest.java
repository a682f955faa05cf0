package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.event.Event;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.state.Customer;
import io.ebbline.state.CustomerSerializer;
import io.ebbline.state.EventCodec;
import io.ebbline.state.OverflowKeySerializer;
import io.ebbline.testing.NaiveEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The inbox of one customer over a real map state, on RocksDB and on the heap. */
class CustomerInboxTest {

    /** Events in the packed value at most: what one refill brings. */
    private static final int MOST_IN_HEAD = 128;

    /** An operator that has an inbox and does nothing else. */
    private static final class Host extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {
        private transient CustomerInbox inbox;

        @Override
        public void open() throws Exception {
            super.open();
            inbox = new CustomerInbox(
                    getPartitionedState(new MapStateDescriptor<>(
                            "overflow", OverflowKeySerializer.INSTANCE, BooleanSerializer.INSTANCE)),
                    "rocksdb".equals(getKeyedStateBackend().getBackendTypeIdentifier()),
                    this::setCurrentKey,
                    (customer, time, body) -> EventCodec.decode(time, body));
        }

        @Override
        public void processElement(StreamRecord<String> element) {
            throw new IllegalStateException("Nothing is sent here.");
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<String, String, String> harness;
    private Host host;

    @BeforeEach
    void start() throws Exception {
        start(true);
    }

    private void start(boolean rocksDb) throws Exception {
        stop();
        host = new Host();
        harness = new KeyedOneInputStreamOperatorTestHarness<>(host, key -> key, Types.STRING);
        if (rocksDb) {
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        }
        harness.open();
    }

    @AfterEach
    void stop() throws Exception {
        if (harness != null) {
            harness.close();
        }
    }

    /** Events of which several share an instant and some are the same to the last byte. */
    private static List<Event> events(int count, Random random) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean again = i > 0 && random.nextInt(10) == 0;
            events.add(again ? events.get(random.nextInt(i)) : event(random.nextInt(1 + count / 3), "e" + i));
        }
        return events;
    }

    private static Event event(long time, String id) {
        return new Touchpoint(id, time, TouchpointType.VIEW, "web", null, null, null, null, null);
    }

    private boolean offer(Customer customer, String key, Event event) throws Exception {
        boolean first = host.inbox.of(key, customer).offer(event.time(), new EventCodec().encode(event));
        assertThat(customer.waiting().size()).isLessThanOrEqualTo(MOST_IN_HEAD);
        return first;
    }

    private List<Event> pollAll(Customer customer, String key) {
        List<Event> polled = new ArrayList<>();
        CustomerInbox inbox = host.inbox.of(key, customer);
        while (!inbox.isEmpty()) {
            long next = inbox.nextTime();
            polled.add(inbox.poll());
            assertThat(polled.get(polled.size() - 1).time()).isEqualTo(next);
            assertThat(customer.waiting().size()).isLessThanOrEqualTo(MOST_IN_HEAD);
        }
        return polled;
    }

    @ParameterizedTest
    @CsvSource({
        "1, forward",
        "32, forward",
        "33, forward",
        "161, forward",
        "5000, forward",
        "1, backward",
        "32, backward",
        "33, backward",
        "161, backward",
        "5000, backward",
        "32, shuffled",
        "33, shuffled",
        "34, shuffled",
        "160, shuffled",
        "161, shuffled",
        "5000, shuffled"
    })
    void whateverTheOrderOfArrivalTheyComeOutInTheirOrder(int count, String order) throws Exception {
        List<Event> sorted = NaiveEngine.sorted(events(count, new Random(count)));
        List<Event> arrival = new ArrayList<>(sorted);
        if (order.equals("backward")) {
            Collections.reverse(arrival);
        } else if (order.equals("shuffled")) {
            Collections.shuffle(arrival, new Random(count));
        }
        Customer customer = new Customer();
        for (Event event : arrival) {
            offer(customer, "anna", event);
        }
        assertThat(customer.waitingCount()).isEqualTo(count);
        assertThat(pollAll(customer, "anna")).isEqualTo(sorted);
        assertThat(customer.waitingCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void arrivalsAndRemovalsMayAlternateForTwoCustomers(boolean rocksDb) throws Exception {
        start(rocksDb);
        Random random = new Random(3);
        List<Customer> customers = new ArrayList<>(List.of(new Customer(), new Customer()));
        List<List<Event>> waiting = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 6_000; i++) {
            int who = random.nextInt(2);
            boolean filling = i / 750 % 2 == 0;
            if (waiting.get(who).isEmpty() || random.nextInt(10) < (filling ? 9 : 1)) {
                Event event = event(random.nextInt(500), "e" + random.nextInt(400));
                boolean first = offer(customers.get(who), "customer-" + who, event);
                List<Event> before = waiting.get(who);
                assertThat(first).isEqualTo(before.isEmpty() || isBefore(event, before.get(0)));
                before.add(event);
                List<Event> sorted = NaiveEngine.sorted(before);
                before.clear();
                before.addAll(sorted);
            } else {
                assertThat(host.inbox.of("customer-" + who, customers.get(who)).poll())
                        .isEqualTo(waiting.get(who).remove(0));
            }
            if (random.nextInt(50) == 0) {
                customers.set(who, new CustomerSerializer().copy(customers.get(who))); // Stored and loaded again.
            }
            assertThat(customers.get(who).waitingCount())
                    .isEqualTo(waiting.get(who).size());
        }
        for (int who = 0; who < 2; who++) {
            assertThat(pollAll(customers.get(who), "customer-" + who)).isEqualTo(waiting.get(who));
        }
    }

    private static boolean isBefore(Event a, Event b) {
        EventCodec codec = new EventCodec();
        return EventCodec.compare(a.time(), codec.encode(a), b.time(), codec.encode(b)) < 0;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40, 400})
    void eventsThatAreTheSameToTheLastByteAllSurvive(int copies) throws Exception {
        Customer customer = new Customer();
        Event event = event(7, "e");
        for (int i = 0; i < copies; i++) {
            offer(customer, "anna", event);
        }
        assertThat(pollAll(customer, "anna")).hasSize(copies).containsOnly(event);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 500, 5_000})
    void thePackedValueStaysSmallHoweverManyWait(int count) throws Exception {
        Customer customer = new Customer();
        int largest = 0;
        for (Event event : events(count, new Random(count))) {
            offer(customer, "anna", event);
            largest = Math.max(largest, packedBytes(customer));
        }
        int oneEvent = new EventCodec().encode(event(count, "e" + count)).length + 10;
        assertThat(largest).isLessThan(200 + CustomerInbox.HEAD * oneEvent);
        while (customer.waitingCount() > 0) {
            host.inbox.of("anna", customer).poll();
            largest = Math.max(largest, packedBytes(customer));
        }
        assertThat(largest).isLessThan(200 + MOST_IN_HEAD * oneEvent);
    }

    private static int packedBytes(Customer customer) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        new CustomerSerializer().serialize(customer, out);
        return out.length();
    }
}
