package io.ebbline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebbline.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    static final Path HOME = Path.of("target", "registry");

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void endsWithItsParentAndComesBackWithTheSameIds(@TempDir Path dir) throws Exception {
        String url;
        int longId;
        int intId;
        // The space in the path must not matter to the storage's address.
        Path own = dir.resolve("a registry");
        try (Registry registry = Registry.start(HOME, own, 0, "FULL")) {
            url = registry.url();
            assertThat(send(url + "/config", "GET", "")
                            .path("compatibilityLevel")
                            .asText())
                    .isEqualTo("FULL");
            longId = register(url, "long");
            intId = register(url, "int");
            // Right after the answer, as a kill of this JVM would: the system closes the child's input.
            registry.process().handle().getOutputStream().close();
            Await.until("the end of the child", () -> !registry.process().isAlive());
        }
        try (Registry registry = Registry.start(HOME, own, 0)) {
            assertThat(registry.url()).isEqualTo(url);
            assertThat(send(url + "/config", "GET", "")
                            .path("compatibilityLevel")
                            .asText())
                    .isEqualTo("BACKWARD");
            assertThat(register(url, "int")).isEqualTo(intId);
            assertThat(register(url, "long")).isEqualTo(longId).isNotEqualTo(intId);
            assertThat(send(url + "/schemas/ids/" + longId, "GET", "")
                            .path("schema")
                            .asText())
                    .isEqualTo("\"long\"");
        }
    }

    @Test
    void aMissingProgramIsNamed(@TempDir Path dir) {
        assertThatThrownBy(() -> Registry.start(dir.resolve("nowhere"), dir, 0))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("./mvnw package");
    }

    @Test
    void aProgramThatEndsIsQuoted(@TempDir Path dir) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "no.such.Program");
        new JarOutputStream(Files.newOutputStream(dir.resolve("broken-runner.jar")), manifest).close();
        assertThatThrownBy(() -> Registry.start(dir, dir.resolve("own"), 0))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("ended while it started")
                .hasMessageContaining("ClassNotFoundException: no.such.Program");
    }

    private static int register(String url, String type) throws IOException, InterruptedException {
        return send(url + "/subjects/" + type + "-value/versions", "POST", "{\"schema\":\"\\\"" + type + "\\\"\"}")
                .path("id")
                .asInt(-1);
    }

    private static JsonNode send(String uri, String method, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
