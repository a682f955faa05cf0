package io.ebbline.state;

import static io.ebbline.testing.Shop.day;
import static io.ebbline.testing.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.engine.Kept;
import io.ebbline.engine.Kept.Applied;
import io.ebbline.engine.Kept.Told;
import io.ebbline.event.Event;
import io.ebbline.event.EventIds;
import io.ebbline.state.PackedReader.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCodecTest {

    private static final PackedWriter OUT = new PackedWriter();

    private static final Event LATE = order("a", day(3), 100);

    private static final byte[] BODY = new EventCodec().encode(LATE);

    private static final List<Kept> SAMPLE = List.of(
            Applied.inOrder(day(3), BODY),
            new Applied(day(3), BODY, day(9), true),
            new Told(Told.Line.TRANSITION, EventIds.of("t", "c", "STAGE", 1, 0), 0, day(3), Long.MIN_VALUE, false),
            new Told(Told.Line.CHANGE, EventIds.of("t", "c", "CHANGE", -1, 7), 300, -1, 5, true),
            new Told(Told.Line.MOVE, EventIds.of("t", "c", "MOVED", 3, 0), 2, day(4), 6, false));

    @Test
    void whatIsWrittenIsRead() {
        List<Kept> read = HistoryCodec.read(HistoryCodec.write(SAMPLE, OUT));
        assertThat(read).hasSize(5);
        assertThat(read.subList(2, 5)).isEqualTo(SAMPLE.subList(2, 5));
        Applied inOrder = (Applied) read.get(0);
        Applied booked = (Applied) read.get(1);
        assertThat(EventCodec.decode(inOrder.time(), inOrder.body())).isEqualTo(LATE);
        assertThat(inOrder.booked()).isFalse();
        assertThat(inOrder.at()).isEqualTo(day(3));
        assertThat(booked.body()).isEqualTo(BODY);
        assertThat(booked.time()).isEqualTo(day(3));
        assertThat(booked.booked()).isTrue();
        assertThat(booked.at()).isEqualTo(day(9));
    }

    @Test
    void chunksAddUp() {
        List<Kept> read = new ArrayList<>();
        for (Kept entry : SAMPLE) {
            read.addAll(HistoryCodec.read(HistoryCodec.write(List.of(entry), OUT)));
        }
        assertThat(HistoryCodec.write(read, OUT)).isEqualTo(HistoryCodec.write(SAMPLE, OUT));
    }

    @Test
    void damageIsNoticed() {
        byte[] chunk = HistoryCodec.write(SAMPLE, OUT);
        byte[] cut = Arrays.copyOf(chunk, chunk.length - 1);
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> HistoryCodec.read(cut));
        chunk[0] = 9;
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> HistoryCodec.read(chunk))
                .withMessageContaining("kind 9");
    }

    @Test
    void anEntryTakesAboutTheBytesOfItsWeight() {
        for (Kept entry : SAMPLE) {
            assertThat(HistoryCodec.write(List.of(entry), OUT).length)
                    .isBetween(entry.weight() / 2, entry.weight() + 16);
        }
    }
}
