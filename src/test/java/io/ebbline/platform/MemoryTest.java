package io.ebbline.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final long GIB = 1L << 30;

    @Test
    void enoughHeapPasses() {
        Memory.require(GIB, GIB);
        Memory.require(1L);
    }

    @Test
    void aSurvivorSpaceLessStillPasses() {
        Memory.require(4 * GIB, 4 * GIB - GIB / 2);
    }

    @Test
    void tooLittleHeapNamesTheOption() {
        assertThatThrownBy(() -> Memory.require(4 * GIB, GIB))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("1024 MiB")
                .hasMessageContaining("-Xmx4096m");
    }
}
