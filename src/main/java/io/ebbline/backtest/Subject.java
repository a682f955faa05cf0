package io.ebbline.backtest;

import io.ebbline.connector.feed.BreakKind;
import io.ebbline.connector.feed.CustomerTruth;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A customer of whom the truth is known, with their silences. */
public record Subject(CustomerEvents events, CustomerTruth truth, List<Silence> silences) {

    /** No such instant. */
    public static final long NEVER = Long.MAX_VALUE;

    /** When the rhythm broke, milliseconds since the epoch; {@link #NEVER} when it did not. */
    public long broke() {
        return truth.kind() == BreakKind.NONE ? NEVER : millis(truth.brokeAt());
    }

    /** When the old rhythm was there again; {@link #NEVER} when it was not. */
    public long returned() {
        return millis(truth.returnedAt());
    }

    /** Whether the rhythm is broken at an instant. */
    public boolean isBroken(long instant) {
        return instant >= broke() && instant < returned();
    }

    /** Whether the rhythm, whole as yet at an instant, breaks within so many milliseconds. */
    public boolean breaksWithin(long millis, long instant) {
        return broke() != NEVER && instant < broke() && instant >= broke() - millis;
    }

    private static long millis(@Nullable Instant instant) {
        return instant == null ? NEVER : instant.toEpochMilli();
    }
}
