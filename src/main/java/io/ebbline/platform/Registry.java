package io.ebbline.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry with Confluent's REST interface, in a process of its own on the loopback interface.
 *
 * <p>Schemas and their ids are in its directory. An id that was given out is on disk before the client learns it, so
 * records in Kafka stay readable after a restart and after a kill. The process ends when this JVM does, even by a kill.
 */
public final class Registry implements AutoCloseable {
    /** How long a registry may take to start on a slow machine. */
    public static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
    private static final String OPTION = "--registry-port";
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 100_000_000L;

    private final RegistryProcess process;
    private final String url;

    private Registry(RegistryProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Like {@link #start(Path, Path, int, String)} with the compatibility {@code BACKWARD}. */
    public static Registry start(Path home, Path dir, int port) {
        return start(home, dir, port, "BACKWARD");
    }

    /**
     * Starts a registry and returns when it answers.
     *
     * @param home where the build unpacked the registry's program
     * @param dir the registry's own directory, for its storage and its log; created if missing
     * @param port the port to listen on, or 0 for the one that the last start on {@code dir} chose, if it is free,
     *     else any
     * @param compatibility the rule for new versions of all subjects that have none of their own: {@code BACKWARD},
     *     {@code FORWARD}, {@code FULL}, {@code NONE} or a {@code _TRANSITIVE} one
     * @throws PlatformException when the program is missing, the port is taken or the registry does not answer within
     *     {@link #START_LIMIT}
     */
    public static Registry start(Path home, Path dir, int port, String compatibility) {
        Path own = dir.toAbsolutePath().normalize();
        try {
            Files.createDirectories(own);
            int chosen = Ports.choose(port, own.resolve("port"), OPTION);
            String url = "http://127.0.0.1:" + chosen + "/apis/ccompat/v7";
            RegistryProcess process =
                    RegistryProcess.launch(home.toAbsolutePath().normalize(), own, chosen);
            try {
                awaitReady(process, url);
                setCompatibility(url, compatibility);
            } catch (IOException | InterruptedException | RuntimeException e) {
                process.close();
                throw e;
            }
            LOG.info("Registry at {}, storage in {}", url, own);
            return new Registry(process, url);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("The start of the schema registry was interrupted: start again.", e);
        } catch (IOException e) {
            throw new PlatformException(
                    "The schema registry in " + own + " does not start (" + e.getMessage() + "): check that the"
                            + " directory can be written and that the disk has room.",
                    e);
        }
    }

    /** The address for {@code schema.registry.url}. */
    public String url() {
        return url;
    }

    /** Stops the registry. A second call does nothing. */
    @Override
    public void close() {
        process.close();
    }

    /** For tests of what happens to the process. */
    RegistryProcess process() {
        return process;
    }

    private static void awaitReady(RegistryProcess process, String url) throws InterruptedException {
        HttpRequest probe = request(url + "/subjects").GET().build();
        HttpClient client = client();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers(client, probe)) {
            if (!process.isAlive()) {
                throw new PlatformException("The schema registry ended while it started. Its last lines:\n"
                        + process.lastLines() + "\nPut right what they complain about; if they speak of broken"
                        + " storage, delete " + process.storage() + " together with Kafka's directory, because the"
                        + " records hold schema ids.");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new PlatformException("The schema registry did not answer at " + url + " within "
                        + START_LIMIT.toSeconds() + " s. Give the machine more processor time or memory and start"
                        + " again. Its last lines:\n" + process.lastLines());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Nobody listens yet, which is the usual answer for a while.
            LOG.trace("The registry does not answer yet", e);
            return false;
        }
    }

    private static void setCompatibility(String url, String compatibility) throws IOException, InterruptedException {
        HttpRequest put = request(url + "/config")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"" + compatibility + "\"}"))
                .build();
        HttpResponse<String> answer = client().send(put, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new PlatformException("The schema registry refused the compatibility \"" + compatibility
                    + "\": use BACKWARD, FORWARD, FULL or NONE. It said: " + answer.body());
        }
    }

    private static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(REQUEST_LIMIT);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(REQUEST_LIMIT).build();
    }
}
