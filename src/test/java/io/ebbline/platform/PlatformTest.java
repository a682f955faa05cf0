package io.ebbline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
    @TempDir
    private Path dir;

    @Test
    void allPartsStartAndStopTogetherAndTheDirectoryHasOneUser() throws Exception {
        List<String> lines = new ArrayList<>();
        Files.createDirectories(dir.resolve("tmp/left/behind"));
        try (Platform platform = Platform.start(settings(0), lines::add)) {
            assertThat(lines)
                    .hasSize(6)
                    .anyMatch(line -> line.startsWith("Kafka is ready after")
                            && line.endsWith(platform.broker().bootstrap()))
                    .anyMatch(line -> line.endsWith(platform.registry().url()))
                    .anyMatch(line -> line.endsWith(platform.cluster().webUrl()));
            assertThat(platform.checkpoints()).isDirectory();
            assertThat(platform.savepoints()).isDirectory();
            assertThat(platform.logs()).isDirectory();
            assertThat(dir.resolve("tmp/left")).doesNotExist();
            assertThatThrownBy(() -> Platform.start(settings(0), lines::add))
                    .isInstanceOf(PlatformException.class)
                    .hasMessage("The directory " + dir + " is in use by process "
                            + ProcessHandle.current().pid() + ": stop that process or choose another directory.");
            platform.close();
            DirectoryLock.acquire(dir).close();
        }
    }

    @Test
    void aPartThatDoesNotStartTakesTheOthersWithIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PlatformSettings taken = settings(other.getLocalPort());
            PlatformSettings noRegistry = new PlatformSettings(
                    dir, dir.resolve("none"), "FULL", taken.kafkaPort(), 0, 0, 1, 1, ClusterTest.rocksDb());
            assertThatThrownBy(() -> Platform.start(noRegistry, line -> {}))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("--kafka-port")
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .singleElement()
                            .satisfies(second -> assertThat(second).hasMessageContaining("./mvnw package")));
        }
        DirectoryLock.acquire(dir).close();
    }

    private PlatformSettings settings(int kafkaPort) {
        return new PlatformSettings(dir, RegistryTest.HOME, "BACKWARD", kafkaPort, 0, 0, 1, 1, ClusterTest.rocksDb());
    }
}
