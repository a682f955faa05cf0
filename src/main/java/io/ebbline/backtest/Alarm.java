package io.ebbline.backtest;

import io.ebbline.engine.Effect;
import io.ebbline.profile.Risk;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer is said to be slipping away.
 *
 * @param raised when it is first said, milliseconds since the epoch
 * @param ended when it is taken back; {@link #OPEN} when it is not by the end of the history
 * @param repeats the customer's occasions to order after the first, as it was raised
 */
public record Alarm(long raised, long ended, Cause cause, long repeats) {

    /** It stands. */
    public static final long OPEN = Long.MAX_VALUE;

    /** What raised it. */
    public enum Cause {
        /** A low chance of another order. */
        LOW_REPURCHASE,
        /** A slowdown of the customer's own rhythm. */
        FREQUENCY_FALL,
        /** Two of falling spend, falling engagement and a negative event, and neither of the former. */
        LESSER_SIGNS,
        /** A fixed time without an order. */
        HIATUS
    }

    /** The episodes that one customer's signals tell of. */
    public static List<Alarm> of(List<Effect.Signal> signals, List<Silence> silences) {
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < signals.size(); i++) {
            Effect.Signal signal = signals.get(i);
            if (signal.before() == Risk.NONE) {
                alarms.add(new Alarm(
                        signal.asOf(),
                        end(signals.subList(i, signals.size())),
                        cause(signal),
                        repeats(silences, signal.asOf())));
            }
        }
        return alarms;
    }

    /**
     * The alarms that a fixed time without an order raises.
     *
     * @param hiatus milliseconds
     * @param until end of the history, milliseconds since the epoch
     */
    public static List<Alarm> of(List<Silence> silences, long hiatus, long until) {
        return silences.stream()
                .filter(silence -> silence.gap() > hiatus && silence.start() + hiatus <= until)
                .map(silence -> new Alarm(
                        silence.start() + hiatus,
                        silence.gap() == Silence.ENDLESS ? OPEN : silence.start() + silence.gap(),
                        Cause.HIATUS,
                        silence.repeats()))
                .toList();
    }

    private static long end(List<Effect.Signal> episode) {
        return episode.stream()
                .filter(signal -> signal.now() == Risk.NONE)
                .mapToLong(Effect.Signal::asOf)
                .findFirst()
                .orElse(OPEN);
    }

    private static Cause cause(Effect.Signal signal) {
        List<ReasonCode> codes = signal.reasons().stream().map(Reason::code).toList();
        if (codes.contains(ReasonCode.LOW_REPURCHASE)) {
            return Cause.LOW_REPURCHASE;
        }
        return codes.contains(ReasonCode.FREQUENCY_FALL) ? Cause.FREQUENCY_FALL : Cause.LESSER_SIGNS;
    }

    private static long repeats(List<Silence> silences, long instant) {
        long repeats = 0;
        for (Silence silence : silences) {
            repeats = silence.start() <= instant ? silence.repeats() : repeats;
        }
        return repeats;
    }
}
