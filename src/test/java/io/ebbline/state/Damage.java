package io.ebbline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.state.PackedReader.MalformedException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** Bytes that are not as they were written: whoever reads them refuses them as malformed, and in no other way. */
final class Damage {

    private static final int TRIES = 20_000;

    private Damage() {}

    /** Any one byte from an index on is another: some are refused, others say something else. */
    static void oneByte(byte[] bytes, int from, Function<byte[], ?> read) {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = bytes.clone();
            damaged[from + random.nextInt(damaged.length - from)] = (byte) random.nextInt();
            try {
                assertThat(read.apply(damaged)).isNotNull();
            } catch (MalformedException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, TRIES - 1);
    }

    /** Every shorter piece is refused. */
    static void theEnd(byte[] bytes, Function<byte[], ?> read) {
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> read.apply(cut));
        }
    }
}
