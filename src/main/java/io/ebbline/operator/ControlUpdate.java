package io.ebbline.operator;

import io.ebbline.wire.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * A record of the control topic after its check: a version of a model or of cut points, or a refusal.
 *
 * @param model the version by {@code ModelCodec}; null when it was refused
 * @param effectiveAt the instant it takes effect, milliseconds since the epoch
 * @param refused the record; null when it was not refused
 * @param error why it was refused
 */
public record ControlUpdate(
        byte @Nullable [] model, long effectiveAt, @Nullable Incoming refused, String error) {

    static ControlUpdate version(byte[] model, long effectiveAt) {
        return new ControlUpdate(model, effectiveAt, null, "");
    }

    static ControlUpdate refusal(Incoming record, String error) {
        return new ControlUpdate(null, 0, record, error);
    }
}
