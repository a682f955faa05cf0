package io.ebbline.platform;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker of one node (KRaft: broker and controller in one) inside this JVM, listening on the loopback interface.
 *
 * <p>Everything it knows is in its directory: records, offsets and transactions survive a restart and a kill of the
 * JVM. Topics are not created on first use. Transactions may last 15 minutes, as on a broker with default settings.
 */
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final String OPTION = "--kafka-port";
    private static final String HOST = "127.0.0.1";
    private static final String NODE = "1";
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final String bootstrap;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Broker(KafkaRaftServer server, String bootstrap) {
        this.server = server;
        this.bootstrap = bootstrap;
    }

    /**
     * Starts a broker and returns when it serves clients. The directory is formatted on its first use.
     *
     * @param dir the broker's own directory; created if missing
     * @param port the port for clients, or 0 for the one that the last start on {@code dir} chose, if it is free, else
     *     any
     * @throws PlatformException when the port is taken or the broker does not start
     */
    public static Broker start(Path dir, int port) {
        Path home = dir.toAbsolutePath().normalize();
        try {
            Path data = Files.createDirectories(home.resolve("data"));
            int clients = Ports.choose(port, home.resolve("port"), OPTION);
            int controller = Ports.free();
            format(data);
            KafkaRaftServer server = new KafkaRaftServer(
                    KafkaConfig.fromProps(properties(data, clients, controller), false), Time.SYSTEM);
            boot(server);
            LOG.info("Broker on {}:{}, controller on {}, data in {}", HOST, clients, controller, data);
            return new Broker(server, HOST + ":" + clients);
        } catch (PlatformException e) {
            throw e;
        } catch (Exception e) {
            throw new PlatformException(
                    "The Kafka broker in " + home + " does not start (" + e.getMessage() + "): check that the disk has"
                            + " room and that no other broker uses the directory; if its data is broken, delete the"
                            + " directory, which loses all topics.",
                    e);
        }
    }

    /** The address for {@code bootstrap.servers}: host and port. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Stops the broker in good order. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop(server);
        }
    }

    private static void boot(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException e) {
            try {
                stop(server);
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path data) throws Exception {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(Integer.parseInt(NODE))
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .setPrintStream(silent)
                    .run();
        }
    }

    private static Properties properties(Path data, int clients, int controller) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", NODE);
        p.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controller);
        p.put("controller.listener.names", CONTROLLER);
        p.put("listeners", "PLAINTEXT://" + HOST + ":" + clients + "," + CONTROLLER + "://" + HOST + ":" + controller);
        p.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + clients);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("log.dirs", data.toString());
        p.put("auto.create.topics.enable", "false");
        // There is one node to replicate to.
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("offsets.topic.replication.factor", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        // Each internal partition costs a directory, index files and time at every start.
        p.put("offsets.topic.num.partitions", "4");
        p.put("transaction.state.log.num.partitions", "4");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        // A lone consumer need not wait for others to join its group.
        p.put("group.initial.rebalance.delay.ms", "0");
        // A simulated shop may be open next year; records carry event times, and a broker refuses what lies hours
        // ahead.
        p.put("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
        // After a kill the controller holds the broker's old session against the new one until it runs out; the
        // default of 9 s makes every such start that much longer.
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "500");
        // The default, spelled out: a sink whose own timeout is longer must fail here as it would elsewhere.
        p.put("transaction.max.timeout.ms", "900000");
        // The default of 128 MB is heap that the scoring job needs more.
        p.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        return p;
    }
}
