package io.ebbline.operator;

import io.ebbline.engine.Corrections;
import io.ebbline.engine.Corrections.Loaded;
import io.ebbline.engine.Effect;
import io.ebbline.engine.History;
import io.ebbline.engine.History.Span;
import io.ebbline.engine.Kept;
import io.ebbline.engine.Kept.Told;
import io.ebbline.engine.Memory;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.profile.Profile;
import io.ebbline.state.Customer;
import io.ebbline.state.CustomerCodec;
import io.ebbline.state.HistoryCodec;
import io.ebbline.state.PackedWriter;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Outgoing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The {@link History} of the customer at hand: what came since the customer was stored last is in memory, the rest in a list state
 * for each of its two parts, which is appended to and read when a late event comes. One object serves all customers in turn.
 */
final class CustomerHistory implements Memory, Corrections.Storage {

    private final long horizon;
    private final List<ListState<byte[]>> slots;
    private final CustomerInbox inbox;
    private final CustomerInbox.KeyContext context;
    private final CustomerInbox.Opener opener;
    private final EffectEncoder encoder;
    private final long room;
    private final PackedWriter out = new PackedWriter();
    private Customer customer = new Customer();
    private String key = "";
    private long held;

    /**
     * A history.
     *
     * @param horizon length of a part, milliseconds; 0: nothing is kept
     * @param slots where the two parts are stored
     * @param inbox that events are taken out of
     * @param opener opens what was applied, and refuses nothing that was not refused before
     * @param room bytes that may be held for all customers before they are stored
     */
    CustomerHistory(
            long horizon,
            List<ListState<byte[]>> slots,
            CustomerInbox inbox,
            CustomerInbox.KeyContext context,
            CustomerInbox.Opener opener,
            EffectEncoder encoder,
            long room) {
        this.horizon = horizon;
        this.slots = slots;
        this.inbox = inbox;
        this.context = context;
        this.opener = opener;
        this.encoder = encoder;
        this.room = room;
    }

    /** Turns to a customer. */
    CustomerHistory of(String customerKey, Customer value) {
        key = customerKey;
        customer = value;
        return this;
    }

    // ---- what is kept

    @Override
    public void before(long instant, Profile profile) {
        if (horizon > 0) {
            held += customer.history().before(instant, horizon, () -> pack(profile));
        }
    }

    @Override
    public void applied(Event event) {
        if (horizon > 0) {
            keep(inbox.last());
        }
    }

    /** Something was told of the customer. */
    void told(Effect effect, Outgoing record) {
        if (effect instanceof Effect.Forgotten) {
            customer.history().clear();
        } else if (horizon > 0 && Told.hasId(effect)) {
            keep(Told.of(effect, effect instanceof Effect.Moved moved ? content(moved) : content(record)));
        }
    }

    private void keep(Kept entry) {
        customer.history().add(entry);
        held += entry.weight();
    }

    // ---- where it is stored

    /** Stores what is not stored yet; the key is set. */
    void store(Customer value) throws Exception {
        History history = value.history();
        if (horizon == 0) {
            history.clear(); // What happens now is not kept: what was kept is of no use any more.
        }
        for (int slot = 0; slot < slots.size(); slot++) {
            Span span = in(slot, history.spans());
            if (span == null || span.isOverfull()) {
                if (value.usesSlot(slot)) {
                    slots.get(slot).clear();
                    value.useSlot(slot, false);
                }
            } else {
                store(span, slots.get(slot));
                value.useSlot(slot, true);
            }
        }
    }

    private void store(Span span, ListState<byte[]> slot) throws Exception {
        byte[] base = span.base();
        if (base != null) {
            slot.update(
                    span.entries().isEmpty() ? List.of(base) : List.of(base, HistoryCodec.write(span.entries(), out)));
        } else if (!span.entries().isEmpty()) {
            slot.add(HistoryCodec.write(span.entries(), out));
        }
        span.settled();
    }

    private static @Nullable Span in(int slot, List<Span> spans) {
        for (Span span : spans) {
            if (span.slot() == slot) {
                return span;
            }
        }
        return null;
    }

    /** Whether more is held than there is room for: then all customers are to be stored. */
    boolean isFull() {
        return held > room;
    }

    /** All customers have been stored. */
    void flushed() {
        held = 0;
    }

    @Override
    public Loaded load(Span span) {
        byte[] base = span.base();
        List<Kept> entries = new ArrayList<>();
        if (base == null) {
            try {
                context.use(key);
                Iterator<byte[]> chunks = slots.get(span.slot()).get().iterator();
                base = chunks.next();
                while (chunks.hasNext()) {
                    entries.addAll(HistoryCodec.read(chunks.next()));
                }
            } catch (Exception e) {
                throw new FlinkRuntimeException("The history of a customer can't be read.", e);
            }
        }
        entries.addAll(span.entries());
        return new Loaded(base, entries);
    }

    // ---- what corrections are made with

    @Override
    public byte[] pack(Profile profile) {
        return CustomerCodec.pack(profile, out);
    }

    @Override
    public Profile unpack(byte[] packed) {
        return CustomerCodec.unpack(packed);
    }

    @Override
    public @Nullable Event open(String of, long time, byte[] body) {
        return opener.open(of, time, body);
    }

    @Override
    public long content(String of, Effect effect) {
        return effect instanceof Effect.Moved moved ? content(moved) : content(encoder.encode(of, effect));
    }

    /** Without the id, under which the same may be told again. */
    private static long content(Effect.Moved moved) {
        return Hash64.of(moved.move().payload());
    }

    private static long content(Outgoing record) {
        byte[] value = record.value();
        return value == null ? 0 : Hash64.of(value);
    }
}
