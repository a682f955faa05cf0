package io.ebbline.connector;

import io.ebbline.wire.Incoming;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of one input partition: the newest event or clock less the lateness bound. Never idle: every partition has to
 * speak, or nobody may go on.
 *
 * <p>For a live shop the wall clock less the bound speaks for a partition in which nothing has come for a while. The while is
 * counted in periodic calls, not in wall time: after a long pause of the task there is one call, not many, so a backlog is
 * not mistaken for silence.
 */
public final class EventTimeWatermarks implements WatermarkGenerator<Incoming> {

    /** Flink lets a source run no further than the drift in each of these. */
    private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(100);

    private final long latenessMillis;
    private final int quietCalls;
    private final Clock clock;
    private final long last;
    private long newest = Long.MIN_VALUE;
    private int calls;

    /**
     * A generator.
     *
     * @param quietCalls periodic calls without a record after which the wall clock speaks; 0: it never does
     */
    EventTimeWatermarks(long latenessMillis, int quietCalls, Clock clock) {
        this(latenessMillis, quietCalls, clock, Long.MAX_VALUE);
    }

    private EventTimeWatermarks(long latenessMillis, int quietCalls, Clock clock, long last) {
        this.last = last;
        this.latenessMillis = latenessMillis;
        this.quietCalls = quietCalls;
        this.clock = clock;
    }

    /** Only what the partitions themselves say: events and clock records. */
    public static WatermarkStrategy<Incoming> recorded(Duration lateness) {
        return strategy(lateness, 0);
    }

    /**
     * As {@link #recorded}, for a replay: partitions wait for those that lag behind.
     *
     * @param last E, milliseconds since the epoch: no watermark is beyond it, so that later events wait for the job that goes on
     * @param maxDrift how far a partition may be ahead of another, event time
     */
    public static WatermarkStrategy<Incoming> replayed(Duration lateness, long last, Duration maxDrift) {
        long latenessMillis = lateness.toMillis();
        return WatermarkStrategy.<Incoming>forGenerator(
                        context -> new EventTimeWatermarks(latenessMillis, 0, Clock.systemUTC(), last))
                .withTimestampAssigner((record, recordTime) -> record.time())
                .withWatermarkAlignment("events", maxDrift, ALIGNMENT_INTERVAL);
    }

    /**
     * The wall clock speaks for a partition that has been silent for {@code quietAfter}.
     *
     * @param interval how often Flink asks for watermarks
     */
    public static WatermarkStrategy<Incoming> live(Duration lateness, Duration quietAfter, Duration interval) {
        long calls = Math.max(1, quietAfter.toMillis() / Math.max(1, interval.toMillis()));
        return strategy(lateness, (int) Math.min(calls, Integer.MAX_VALUE));
    }

    /**
     * Of what the job itself has said earlier: it holds nobody back, for it is always late, and comes when it comes. Idle from the
     * first moment, with records and without.
     */
    public static WatermarkStrategy<Incoming> apart() {
        return WatermarkStrategy.<Incoming>forGenerator(context -> new Apart())
                .withTimestampAssigner((record, recordTime) -> record.time());
    }

    /** Of what was recorded and is read as a whole before any time passes; the source itself says when that is. */
    public static WatermarkStrategy<Incoming> ahead() {
        return WatermarkStrategy.<Incoming>noWatermarks().withTimestampAssigner((record, recordTime) -> record.time());
    }

    private static WatermarkStrategy<Incoming> strategy(Duration lateness, int quietCalls) {
        long latenessMillis = lateness.toMillis();
        return WatermarkStrategy.<Incoming>forGenerator(
                        context -> new EventTimeWatermarks(latenessMillis, quietCalls, Clock.systemUTC()))
                .withTimestampAssigner((record, recordTime) -> record.time());
    }

    @Override
    public void onEvent(Incoming record, long time, WatermarkOutput output) {
        newest = Math.max(newest, record.time());
        calls = 0;
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (quietCalls > 0 && ++calls >= quietCalls) {
            calls = quietCalls;
            newest = Math.max(newest, clock.millis());
        }
        if (newest != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(Math.min(last, newest - latenessMillis - 1)));
        }
    }

    private static final class Apart implements WatermarkGenerator<Incoming> {
        @Override
        public void onEvent(Incoming record, long time, WatermarkOutput output) {
            output.markIdle();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
