package io.ebbline.operator;

import io.ebbline.engine.Inbox;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.event.Event;
import io.ebbline.state.Customer;
import io.ebbline.state.EventCodec;
import io.ebbline.state.OverflowKey;
import io.ebbline.state.WaitingEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The inbox of the customer at hand: up to {@value #HEAD} events in the packed value, the later ones in a map state.
 *
 * <p>Every event in the head comes before every event in the overflow, and the head is empty only if the overflow is. One
 * object serves all customers in turn.
 */
final class CustomerInbox implements Inbox {

    /** Events kept in the packed value when they arrive. */
    static final int HEAD = 32;

    /** Events fetched from the overflow at once; the store reads about as many ahead. */
    private static final int REFILL = 128;

    /** Brings the map state to a customer: sets the key that the store works under. */
    interface KeyContext {
        void use(String key);
    }

    /** Makes an event of what waited; null when it is refused. */
    interface Opener {
        @Nullable
        Event open(String customer, long time, byte[] body);
    }

    private final MapState<OverflowKey, Boolean> overflow;
    private final boolean sorted;
    private final KeyContext context;
    private final Opener opener;
    private Customer customer = new Customer();
    private String key = "";
    private Applied last = Applied.inOrder(0, new byte[0]);

    /**
     * An inbox.
     *
     * @param sorted whether the map state iterates in the order of its keys' bytes, as RocksDB does
     */
    CustomerInbox(MapState<OverflowKey, Boolean> overflow, boolean sorted, KeyContext context, Opener opener) {
        this.overflow = overflow;
        this.sorted = sorted;
        this.context = context;
        this.opener = opener;
    }

    /** Turns to a customer. */
    CustomerInbox of(String customerKey, Customer value) {
        key = customerKey;
        customer = value;
        return this;
    }

    /** Puts an event in; returns whether it is now the first. */
    boolean offer(long time, byte[] body) throws Exception {
        WaitingEvents head = customer.waiting();
        if (customer.overflow() > 0 && !head.beforeLast(time, body)) {
            spill(time, body);
            return false;
        }
        boolean first = head.size() == 0 || EventCodec.compare(time, body, head.time(0), head.body(0)) < 0;
        head.insert(time, body);
        if (head.size() > HEAD) {
            int last = head.size() - 1;
            spill(head.time(last), head.body(last));
            head.removeLast();
        }
        return first;
    }

    @Override
    public boolean isEmpty() {
        return customer.waiting().size() == 0;
    }

    @Override
    public long nextTime() {
        return customer.waiting().time(0);
    }

    @Override
    public @Nullable Event poll() {
        WaitingEvents head = customer.waiting();
        last = Applied.inOrder(head.time(0), head.body(0));
        Event event = opener.open(key, last.time(), last.body());
        head.removeFirst();
        if (head.size() == 0 && customer.overflow() > 0) {
            refill();
        }
        return event;
    }

    /** What was taken out last. */
    Applied last() {
        return last;
    }

    private void spill(long time, byte[] body) throws Exception {
        context.use(key);
        overflow.put(new OverflowKey(time, body, customer.intoOverflow()), Boolean.TRUE);
    }

    private void refill() {
        try {
            context.use(key);
            for (OverflowKey next : firstOfOverflow()) {
                customer.waiting().insert(next.time(), next.body());
                overflow.remove(next);
                customer.outOfOverflow();
            }
        } catch (Exception e) {
            throw new FlinkRuntimeException("The overflow of an inbox can't be read.", e);
        }
    }

    private List<OverflowKey> firstOfOverflow() throws Exception {
        List<OverflowKey> keys = new ArrayList<>();
        Iterator<Map.Entry<OverflowKey, Boolean>> entries = overflow.iterator();
        while (entries.hasNext() && (!sorted || keys.size() < REFILL)) {
            keys.add(entries.next().getKey());
        }
        if (!sorted) {
            Collections.sort(keys);
            return keys.subList(0, Math.min(REFILL, keys.size()));
        }
        return keys;
    }
}
