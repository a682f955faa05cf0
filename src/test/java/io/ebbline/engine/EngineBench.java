package io.ebbline.engine;

import io.ebbline.backtest.CustomerEvents;
import io.ebbline.connector.feed.History;
import io.ebbline.connector.feed.SimulatedShop;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.testing.NaiveEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many events the engine applies in a second of one processor, deadlines included. Run its main method. */
final class EngineBench {

    private static final int ROUNDS = 12;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private EngineBench() {}

    private static final class Waiting implements Inbox {
        private final Iterator<Event> events;
        private @Nullable Event next;

        Waiting(Iterator<Event> events) {
            this.events = events;
            next = events.next();
        }

        @Override
        public boolean isEmpty() {
            return next == null;
        }

        @Override
        public long nextTime() {
            return Objects.requireNonNull(next).time();
        }

        @Override
        public Event poll() {
            Event first = Objects.requireNonNull(next);
            next = events.hasNext() ? events.next() : null;
            return first;
        }
    }

    public static void main(String[] args) {
        History shop = new SimulatedShop(5, 2_000, 730, Instant.parse("2024-01-01T00:00:00Z")).history();
        List<CustomerEvents> customers = CustomerEvents.of(shop.records(), shop.currency());
        long events = customers.stream().mapToLong(c -> c.events().size()).sum();
        ModelTimeline models = new ModelTimeline();
        models.add(ScoringModel.shipped(), 0);
        Engine engine = new Engine(
                EngineRules.defaults().until(shop.end()), models, NaiveEngine.TOPIC, "churn-signals", "score-changes");
        for (int round = 1; round <= ROUNDS; round++) {
            long[] effects = new long[1];
            long start = THREAD.getCurrentThreadCpuTime();
            for (CustomerEvents customer : customers) {
                engine.advance(
                        customer.customer(),
                        new Profile(),
                        new Waiting(customer.events().iterator()),
                        shop.end(),
                        shop.end(),
                        effect -> effects[0]++);
            }
            double seconds = (THREAD.getCurrentThreadCpuTime() - start) / 1e9;
            System.out.printf(
                    "%d: %,d events, %,d effects, %,.0f events/s%n", round, events, effects[0], events / seconds);
        }
    }
}
