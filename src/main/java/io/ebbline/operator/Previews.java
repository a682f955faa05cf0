package io.ebbline.operator;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.engine.Engine;
import io.ebbline.engine.Inbox;
import io.ebbline.event.Event;
import io.ebbline.model.ModelTimeline;
import io.ebbline.profile.Profile;
import io.ebbline.state.Customer;
import io.ebbline.state.CustomerCodec;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.WaitingEvents;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Outgoing;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * Shows what will be said of customers, before the watermark has passed what they did: customers are marked when an event
 * arrives, and at each beat of the wall clock those marked are previewed, once each, on copies.
 *
 * <p>Nothing of it is in state, counted, or decided by. A failure lets go of the marks; those that a checkpoint could
 * separate from their events are told before its barrier.
 */
final class Previews {

    /** Time between beats, milliseconds. */
    static final long BEAT_MILLIS = 200;

    /** Customers previewed at one beat: some 60 ms of work, so that the events in between get most of the time. */
    static final int PER_BEAT = 4_000;

    /** Customers marked at once, told within five beats: a preview that comes later than a second is worth little. */
    static final int CAPACITY = 4 * PER_BEAT;

    private final Engine engine;
    private final ModelTimeline models;
    private final CustomerCache<Customer> cache;
    private final CustomerInbox.Opener opener;
    private final EffectEncoder encoder;
    private final Consumer<Outgoing> out;
    private final Set<String> marked = new LinkedHashSet<>();
    private final PackedWriter writer = new PackedWriter();

    /** 0: nobody is ever marked. */
    private int capacity;

    /**
     * Previews that are off until they are started.
     *
     * @param opener makes events of what waits, and accounts for nothing
     */
    Previews(
            Engine engine,
            ModelTimeline models,
            CustomerCache<Customer> cache,
            CustomerInbox.Opener opener,
            EffectEncoder encoder,
            Consumer<Outgoing> out) {
        this.engine = engine;
        this.models = models;
        this.cache = cache;
        this.opener = opener;
        this.encoder = encoder;
        this.out = out;
    }

    /** Begins to beat. What a beat throws fails the task: it is what the watermark would throw for the same events. */
    void start(ProcessingTimeService clock) {
        capacity = CAPACITY;
        Future<?> unused = clock.registerTimer(clock.getCurrentProcessingTime() + BEAT_MILLIS, time -> {
            tell();
            start(clock);
        });
    }

    /** Something of this customer has arrived. With too many marked already there is no preview. */
    void mark(String customer) {
        if (marked.size() < capacity) {
            marked.add(customer);
        }
    }

    /** Tells those marked first; the rest at the next beat. */
    void tell() throws Exception {
        if (models.isEmpty()) {
            return; // They are read first, but nothing holds back the wall clock meanwhile.
        }
        Iterator<String> next = marked.iterator();
        for (int told = 0; told < PER_BEAT && next.hasNext(); told++) {
            tell(next.next());
            next.remove();
        }
    }

    /** Tells no more: sinks take nothing after the end, and a drained job still takes a savepoint. */
    void finish() {
        capacity = 0;
        marked.clear();
    }

    /** Of whom more waits than the packed value holds there is none: it would be the longer in the making the more comes. */
    private void tell(String key) throws Exception {
        Customer customer = cache.get(key).value();
        WaitingEvents waiting = customer.waiting();
        if (customer.overflow() == 0) {
            Profile copy = CustomerCodec.unpack(CustomerCodec.pack(customer.profile(), writer));
            long newest = waiting.size() == 0 ? copy.appliedThrough() : waiting.time(waiting.size() - 1);
            Answer answer = engine.preview(key, copy, new Copy(key, waiting), newest);
            if (answer != null) {
                out.accept(encoder.preview(key, answer));
            }
        }
    }

    /** Goes through an inbox and leaves it as it is. */
    private final class Copy implements Inbox {
        private final String key;
        private final WaitingEvents waiting;
        private int next;

        Copy(String key, WaitingEvents waiting) {
            this.key = key;
            this.waiting = waiting;
        }

        @Override
        public boolean isEmpty() {
            return next == waiting.size();
        }

        @Override
        public long nextTime() {
            return waiting.time(next);
        }

        @Override
        public @Nullable Event poll() {
            int at = next++;
            return opener.open(key, waiting.time(at), waiting.body(at));
        }
    }
}
