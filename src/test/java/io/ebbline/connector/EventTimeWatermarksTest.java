package io.ebbline.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.wire.Incoming;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

/** Who speaks for a partition, and when. */
class EventTimeWatermarksTest {

    private static final long LATENESS = 10;

    private final List<Long> marks = new ArrayList<>();
    private final WatermarkOutput output = new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
            marks.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("A partition is never idle.");
        }

        @Override
        public void markActive() {
            throw new AssertionError("A partition is never idle, so it is never active again.");
        }
    };
    private long now = 5_000;

    @Test
    void itIsTheNewestEventLessTheBoundAndOne() {
        EventTimeWatermarks watermarks = new EventTimeWatermarks(LATENESS, 0, wallClock());
        event(watermarks, 1_000);
        event(watermarks, 900);
        watermarks.onPeriodicEmit(output);
        assertThat(marks).containsExactly(1_000 - LATENESS - 1);
    }

    @Test
    void inAReplayItIsNeverBeyondTheEnd() {
        WatermarkGenerator<Incoming> watermarks = EventTimeWatermarks.replayed(
                        Duration.ofMillis(LATENESS), 1_500, Duration.ofDays(1))
                .createWatermarkGenerator(null);
        for (long time : new long[] {1_000, 1_500 + LATENESS + 1, 9_000_000}) {
            watermarks.onEvent(record(time, null), time, output);
            watermarks.onPeriodicEmit(output);
        }
        assertThat(marks).containsExactly(1_000 - LATENESS - 1, 1_500L, 1_500L);
    }

    @Test
    void whatWasRefusedDoesNotMoveIt() {
        EventTimeWatermarks watermarks = new EventTimeWatermarks(LATENESS, 0, wallClock());
        event(watermarks, 1_000);
        watermarks.onEvent(record(Incoming.NO_TIME, RejectReason.FUTURE), Incoming.NO_TIME, output);
        watermarks.onPeriodicEmit(output);
        assertThat(marks).containsExactly(1_000 - LATENESS - 1);
    }

    @Test
    void aRecordedPartitionThatHasSaidNothingHoldsEverybodyBack() {
        EventTimeWatermarks watermarks = new EventTimeWatermarks(LATENESS, 0, wallClock());
        for (int i = 0; i < 1_000; i++) {
            watermarks.onPeriodicEmit(output);
        }
        assertThat(marks).isEmpty();
    }

    @Test
    void theWallClockSpeaksForALivePartitionThatHasBeenSilentLongEnough() {
        EventTimeWatermarks watermarks = new EventTimeWatermarks(LATENESS, 3, wallClock());
        watermarks.onPeriodicEmit(output);
        watermarks.onPeriodicEmit(output);
        assertThat(marks).isEmpty();
        watermarks.onPeriodicEmit(output);
        assertThat(marks).containsExactly(5_000 - LATENESS - 1);
        now = 6_000;
        watermarks.onPeriodicEmit(output);
        assertThat(marks).endsWith(6_000 - LATENESS - 1);
    }

    @Test
    void anEventEndsTheSilenceAndTheWatermarkNeverGoesBack() {
        EventTimeWatermarks watermarks = new EventTimeWatermarks(LATENESS, 2, wallClock());
        watermarks.onPeriodicEmit(output);
        watermarks.onPeriodicEmit(output);
        event(watermarks, 4_000);
        now = 9_000;
        watermarks.onPeriodicEmit(output);
        assertThat(marks).containsExactly(5_000 - LATENESS - 1, 5_000 - LATENESS - 1);
        watermarks.onPeriodicEmit(output);
        assertThat(marks).endsWith(9_000 - LATENESS - 1);
    }

    @Test
    void whatTheJobHasSaidItselfHoldsNobodyBack() {
        List<String> said = new ArrayList<>();
        WatermarkOutput heard = new WatermarkOutput() {
            @Override
            public void emitWatermark(Watermark watermark) {
                said.add("watermark");
            }

            @Override
            public void markIdle() {
                said.add("idle");
            }

            @Override
            public void markActive() {
                said.add("active");
            }
        };
        WatermarkGenerator<Incoming> watermarks = EventTimeWatermarks.apart().createWatermarkGenerator(null);
        watermarks.onPeriodicEmit(heard);
        watermarks.onEvent(record(1_000, null), 1_000, heard);
        watermarks.onPeriodicEmit(heard);
        assertThat(said).isNotEmpty().containsOnly("idle");
    }

    private static void event(EventTimeWatermarks watermarks, long time) {
        Incoming event = record(time, null);
        watermarks.onEvent(event, time, null);
    }

    private static Incoming record(long time, RejectReason rejection) {
        byte[] body = rejection == null ? new byte[] {1} : null;
        return new Incoming("anna", time, body, rejection, Topic.PURCHASES, 0, 0, time, null, null, List.of());
    }

    private Clock wallClock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now);
            }
        };
    }
}
