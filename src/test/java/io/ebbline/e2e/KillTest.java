package io.ebbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebbline.cli.Main;
import io.ebbline.platform.Checkpoints;
import io.ebbline.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo killed in the middle, broker, registry, cluster and feeder at once, and started again on its directory. */
class KillTest {

    private static final int ORDERS = 40_000;

    @TempDir
    private Path dir;

    @Test
    void nothingIsLostOrDoubled() throws Exception {
        Path history = dir.resolve("orders.csv");
        Files.write(history, orders());

        Process killed = demo(history, "first", "--speed", "60d/s");
        Await.until(
                "a checkpoint is complete",
                () -> Checkpoints.newest(data().resolve("checkpoints"))
                        .filter(path -> !path.endsWith("chk-1"))
                        .isPresent());
        killed.destroyForcibly().waitFor();
        assertThat(dir.resolve("first.json")).doesNotExist();

        Process restarted = demo(history, "second", "--speed", "60d/s");
        assertThat(restarted.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(restarted.exitValue())
                .as(Files.readString(dir.resolve("second.log")))
                .isZero();

        JsonNode summary =
                new ObjectMapper().readTree(dir.resolve("second.json").toFile());
        assertThat(summary.path("events.read").asLong()).isEqualTo(ORDERS);
        assertThat(summary.path("events.applied").asLong()).isEqualTo(ORDERS);
        assertThat(summary.path("orders").asLong()).isEqualTo(ORDERS);
        assertThat(summary.path("grossMinor").asLong()).isEqualTo(gross());
        assertThat(Files.readString(dir.resolve("second.log"))).contains("Going on from");
    }

    private Process demo(Path history, String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1500m",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Debbline.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                "target/classes:"
                        + Files.readString(Path.of("target/classpath.txt")).strip(),
                Main.class.getName(),
                "demo",
                "--input=" + history,
                "--format=csv",
                "--csv=customer=buyer",
                "--csv=time=at",
                "--csv=amount=total",
                "--csv=currency=EUR",
                "--once",
                "--checkpoint-interval=1s",
                "--dir=" + data(),
                "--summary=" + dir.resolve(name + ".json")));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve(name + ".log").toFile())
                .start();
    }

    private Path data() {
        return dir.resolve("data");
    }

    /** Two years of orders, one every 26 minutes, by 500 buyers. */
    private static List<String> orders() {
        Random random = new Random(3);
        LocalDateTime at = LocalDateTime.of(2022, 1, 1, 0, 0, 0);
        List<String> rows = new ArrayList<>(List.of("buyer,at,total"));
        for (int i = 0; i < ORDERS; i++) {
            at = at.plusMinutes(26);
            rows.add("b" + random.nextInt(500) + "," + at + ":00," + total(i) / 100 + "." + (10 + total(i) % 90));
        }
        return rows;
    }

    private static long total(int i) {
        return 500 + i % 9_000;
    }

    private static long gross() {
        long sum = 0;
        for (int i = 0; i < ORDERS; i++) {
            sum += total(i) / 100 * 100 + 10 + total(i) % 90;
        }
        return sum;
    }
}
