package io.ebbline.operator;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.Origin;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.RejectReason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands over requests that are not served, as they came where that is still known. */
final class Refusing {

    private final CustomerInbox inbox;
    private final Counts counts;
    private final Consumer<Outgoing> out;
    private final EffectEncoder encoder;

    /** The late event at hand. */
    private @Nullable Applied late;

    private boolean refused;

    Refusing(CustomerInbox inbox, Counts counts, Consumer<Outgoing> out, EffectEncoder encoder) {
        this.inbox = inbox;
        this.counts = counts;
        this.out = out;
        this.encoder = encoder;
    }

    /** A late event is about to be applied. */
    void begin(Applied event) {
        late = event;
        refused = false;
    }

    /** It has been applied; whether it was refused. */
    boolean end() {
        late = null;
        return refused;
    }

    /** A request is refused. One that was served before has been counted. */
    void refuse(String customer, Effect.Refused effect) {
        RejectReason reason = RejectReason.of(effect.why());
        Applied from = late == null ? inbox.last() : late;
        boolean atHand = !effect.undone() && Origin.isBehind(from.body());
        Incoming source = atHand ? Origin.of(customer, from.time(), from.body()) : Incoming.unnamed(effect.request());
        if (!effect.undone()) {
            counts.rejected(reason.code());
            refused = true;
        }
        out.accept(encoder.rejected(source, reason.code(), "apply", reason.advice()));
    }
}
