package io.ebbline.operator;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Engine;
import io.ebbline.engine.Erasures;
import io.ebbline.event.Event;
import io.ebbline.event.Move;
import io.ebbline.state.Customer;
import io.ebbline.state.EventCodec;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.RejectReason;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/** What forgetting asks for beside what is told: who has been erased is remembered by a mark alone, and nothing else is left. */
final class Erasing {

    private final Erasures erasures;
    private final CustomerMarks marks;
    private final InternalTimerService<VoidNamespace> timers;
    private final CustomerInbox.KeyContext context;
    private final Counts counts;
    private final BiConsumer<Incoming, RejectReason> refuse;

    Erasing(
            Erasures erasures,
            CustomerMarks marks,
            InternalTimerService<VoidNamespace> timers,
            CustomerInbox.KeyContext context,
            Counts counts,
            BiConsumer<Incoming, RejectReason> refuse) {
        this.erasures = erasures;
        this.marks = marks;
        this.timers = timers;
        this.context = context;
        this.counts = counts;
        this.refuse = refuse;
    }

    /** Whether its customer has been erased since. Who is known otherwise, and not late, is not asked about: they came later. */
    boolean isErased(Incoming record) {
        return !erasures.isEmpty() && record.time() <= erasures.through(marks.of(record.key()));
    }

    /**
     * Of an event nothing is handed on; a request asks for what has been done. Who was to count as the one who is erased is erased,
     * too.
     */
    void suppress(Incoming record, byte[] body, Consumer<Effect> out) {
        if (EventCodec.isRequest(body)) {
            counts.duplicate();
            return;
        }
        if (EventCodec.isMove(body) && EventCodec.decode(record.time(), body) instanceof Move move) {
            Engine.eraseSender(record.key(), move, erasures.through(marks.of(record.key())), out);
            counts.applied();
        } else {
            counts.add(MetricNames.SUPPRESSED, 1);
            refuse.accept(record.withoutContent(), RejectReason.ERASED);
        }
    }

    /** An event came too late, for its customer has been erased. */
    void suppressed(Event event) {
        counts.add(MetricNames.SUPPRESSED, 1);
        refuse.accept(Incoming.unnamed(event), RejectReason.ERASED);
    }

    /** A customer has been erased. */
    void erased(String customer, long asOf) {
        erasures.add(marks.of(customer), asOf);
    }

    /** A customer's profile is forgotten: what is kept beside it goes, too, but for events that still wait. */
    void forgotten(CustomerCache.Entry<Customer> entry) {
        context.use(entry.key());
        for (long instant : entry.value().timers().clear()) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, instant);
        }
        entry.changed();
    }
}
