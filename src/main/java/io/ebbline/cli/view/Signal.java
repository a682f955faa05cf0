package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import io.ebbline.profile.Risk;
import io.ebbline.score.Reason;
import java.util.Comparator;
import java.util.List;

/**
 * A churn signal.
 *
 * @param time milliseconds since the epoch
 * @param risk now
 */
public record Signal(long time, String customer, SignalKind kind, Risk risk, List<Reason> reasons) {

    static final Comparator<Signal> OLDEST_FIRST = Comparator.comparingLong(Signal::time)
            .thenComparing(Signal::customer)
            .thenComparing(Signal::kind);

    /** Whether a signal of that kind says that the customer is coming back, rather than going. */
    static boolean isReturn(SignalKind kind) {
        return switch (kind) {
            case WAKE_UP, RECOVERY, WIN_BACK -> true;
            case DECLINE, ESCALATION, DEPARTURE, ENDED -> false;
        };
    }
}
