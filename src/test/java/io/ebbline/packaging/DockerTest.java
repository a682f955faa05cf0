package io.ebbline.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.cli.Main;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** No Docker engine takes part in the build; what its files refer to is checked all the same. */
class DockerTest {
    private static final Path DIR = Path.of("docker");
    private static final Set<String> KNOWN_KEYS = Set.of(
            JobManagerOptions.ADDRESS.key(),
            CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
            CheckpointingOptions.SAVEPOINT_DIRECTORY.key());

    private final Map<String, Map<String, Object>> services = new HashMap<>();
    private Set<String> volumes = Set.of();

    @BeforeEach
    void read() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(DIR.resolve("compose.yaml")));
        map(file.get("services")).forEach((name, service) -> services.put(name, map(service)));
        volumes = map(file.get("volumes")).keySet();
    }

    @Test
    void servicesAndVolumesThatAreNamedExist() {
        assertThat(services).containsOnlyKeys("kafka", "registry", "setup", "jobmanager", "taskmanager");
        services.forEach((name, service) -> {
            assertThat(services.keySet())
                    .as(name)
                    .containsAll(map(service.get("depends_on")).keySet());
            map(service.get("depends_on")).forEach((other, how) -> {
                if ("service_healthy".equals(map(how).get("condition"))) {
                    assertThat(services.get(other))
                            .as("%s waits for %s", name, other)
                            .containsKey("healthcheck");
                }
            });
            for (Object mount : list(service.get("volumes"))) {
                String source = mount.toString().split(":", 2)[0];
                assertThat(source.startsWith(".") ? Files.exists(DIR.resolve(source)) : volumes.contains(source))
                        .as("%s mounts %s", name, mount)
                        .isTrue();
            }
        });
    }

    @Test
    void imagesAreOfTheVersionsThatTheBuildUses() throws IOException {
        assertThat(services.get("kafka")).containsEntry("image", "apache/kafka:" + AppInfoParser.getVersion());
        String registry = version("<registry\\.version>([^<]+)<");
        assertThat(services.get("registry")).containsEntry("image", "apicurio/apicurio-registry-mem:" + registry);
        assertThat(services.get("jobmanager"))
                .containsEntry("image", "ebbline:" + version("<artifactId>ebbline</artifactId>\\s*<version>([^<]+)<"));
        assertThat(Files.readString(DIR.resolve("Dockerfile")))
                .contains("FROM flink:" + EnvironmentInformation.getVersion() + "-java17");
    }

    @Test
    void whatTheImageCopiesIsThereOrIsBuilt() throws IOException {
        assertThat(map(services.get("jobmanager").get("build")))
                .containsEntry("context", "..")
                .containsEntry("dockerfile", "docker/Dockerfile");
        String jar = "target/ebbline-" + version("<artifactId>ebbline</artifactId>\\s*<version>([^<]+)<") + "-job.jar";
        List<String> copied = Files.readAllLines(DIR.resolve("Dockerfile")).stream()
                .filter(line -> line.startsWith("COPY "))
                .map(line -> line.split("\\s+")[1])
                .toList();
        assertThat(copied).hasSize(3);
        for (String source : copied) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + source);
            assertThat(Files.exists(Path.of(source)) || matcher.matches(Path.of(jar)))
                    .as(source)
                    .isTrue();
        }
        assertThat(Files.isExecutable(DIR.resolve("ebbline"))).isTrue();
    }

    @Test
    void commandsAreOnesThatEbblineTakes() {
        List<String> setup = words("setup");
        assertThat(setup.get(0)).isEqualTo("ebbline");
        List<String> job = words("jobmanager");
        assertThat(job.subList(0, 3)).containsExactly("standalone-job", "--job-classname", Main.class.getName());

        assertThat(parsed(setup.subList(1, setup.size()))).isEqualTo("setup");
        assertThat(parsed(job.subList(3, job.size()))).isEqualTo("run");
    }

    @Test
    void addressesAgree() {
        String kafka = option("jobmanager", "--bootstrap-servers");
        String registry = option("jobmanager", "--registry");
        assertThat(option("setup", "--bootstrap-servers")).isEqualTo(kafka);
        assertThat(option("setup", "--registry")).isEqualTo(registry);
        assertThat(option("setup", "--partitions")).isEqualTo(option("jobmanager", "--partitions"));
        assertThat(map(services.get("kafka").get("environment"))
                        .get("KAFKA_ADVERTISED_LISTENERS")
                        .toString())
                .contains("PLAINTEXT://" + kafka);
        assertThat(registry).isEqualTo("http://registry:8080/apis/ccompat/v7");
        assertThat(services.get("registry").get("healthcheck").toString()).contains("localhost:8080/apis/ccompat/v7");
    }

    @Test
    void flinkFindsItsJobManagerAndHasRoomForTheJob() {
        Configuration conf = GlobalConfiguration.loadConfiguration("flink-conf");
        String properties = map(services.get("taskmanager").get("environment"))
                .get("FLINK_PROPERTIES")
                .toString();
        Map<String, String> keys = properties
                .lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThat(keys).containsOnlyKeys(KNOWN_KEYS).containsEntry(JobManagerOptions.ADDRESS.key(), "jobmanager");
        assertThat(keys.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()))
                .startsWith("file://" + mountOf("taskmanager", "state"));
        assertThat(list(services.get("jobmanager").get("ports")).toString()).contains(":" + conf.get(RestOptions.PORT));

        int taskManagers = (Integer) Objects.requireNonNull(
                map(services.get("taskmanager").get("deploy")).get("replicas"));
        assertThat(taskManagers * conf.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .isGreaterThanOrEqualTo(Integer.parseInt(option("jobmanager", "--parallelism")));
    }

    private static String parsed(List<String> args) {
        return Main.commandLine()
                .parseArgs(args.toArray(String[]::new))
                .subcommand()
                .commandSpec()
                .name();
    }

    private String mountOf(String service, String volume) {
        return list(services.get(service).get("volumes")).stream()
                .map(Object::toString)
                .filter(mount -> mount.startsWith(volume + ":"))
                .map(mount -> mount.split(":")[1])
                .findFirst()
                .orElseThrow();
    }

    private String option(String service, String name) {
        return words(service).stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private List<String> words(String service) {
        return list(services.get(service).get("command")).stream()
                .map(Object::toString)
                .toList();
    }

    private static String version(String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of("pom.xml")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new HashMap<>();
        if (value instanceof Map<?, ?> found) {
            found.forEach((key, entry) -> map.put(key.toString(), entry));
        }
        return map;
    }

    private static List<Object> list(Object value) {
        return value instanceof List<?> found ? new ArrayList<>(found) : List.of();
    }
}
