package io.ebbline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @Test
    void aTakenPortIsNamedWithItsOption() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> Ports.requireFree(port, "--kafka-port"))
                    .isInstanceOf(PlatformException.class)
                    .hasMessage("port " + port + " is taken: stop what listens there or choose another with"
                            + " --kafka-port");
        }
    }

    @Test
    void aPortTakenOnAllInterfacesIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> Ports.requireFree(port, "--web-port")).isInstanceOf(PlatformException.class);
        }
    }

    @Test
    void aFreePortPasses() {
        Ports.requireFree(Ports.free(), "--kafka-port");
    }

    /** A server that takes seconds to start would find the port of an outgoing connection taken. */
    @Test
    void aFreePortIsNoneThatSystemsGiveToConnections() {
        for (int i = 0; i < 100; i++) {
            assertThat(Ports.free())
                    .isBetween(1_024, 32_767); // Linux gives those above, other systems those from 49152.
        }
    }

    @Test
    void portsThatDoNotExistAreRefused() {
        assertThatThrownBy(() -> Ports.requireFree(0, "--web-port"))
                .hasMessage("port 0 does not exist: choose one from 1 to 65535 with --web-port");
        assertThatThrownBy(() -> Ports.requireFree(65536, "--web-port")).isInstanceOf(PlatformException.class);
    }

    @Test
    void aChoiceIsKeptWhileItIsFree(@TempDir Path dir) throws Exception {
        Path memory = dir.resolve("port");
        int port = Ports.choose(0, memory, "--kafka-port");
        assertThat(Ports.choose(0, memory, "--kafka-port")).isEqualTo(port);
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.choose(0, memory, "--kafka-port")).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void aBrokenMemoryOnlyMeansAnotherChoice(@TempDir Path dir) throws Exception {
        Path memory = Files.writeString(dir.resolve("port"), "99999 or so");
        assertThat(Ports.choose(0, memory, "--kafka-port")).isBetween(1, 65535);
    }
}
