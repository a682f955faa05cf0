package io.ebbline.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface. */
public final class Ports {
    private static final int LAST_PORT = 65535;

    /** Above what well-known servers use, below what systems give to connections going out. */
    private static final int FIRST_FREE = 15_000;

    private static final int LAST_FREE = 32_000;
    private static final int TRIES = 1_000;

    private Ports() {}

    /**
     * A port that nothing listened on a moment ago, drawn at random. It is not reserved: another program may take it before it is
     * used. It is none of those that systems give to connections going out, of which a busy machine opens one at any moment.
     *
     * @throws PlatformException when there is none left
     */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE);
            if (isFree(port)) {
                return port;
            }
        }
        throw new PlatformException(
                "Between " + FIRST_FREE + " and " + LAST_FREE + " no port of the loopback interface is free: close"
                        + " programs that listen on many and start again.");
    }

    /**
     * Checks that a server could listen on a port.
     *
     * @param port 1 to 65535
     * @param option the command line option that chooses the port, as the message names it: {@code --kafka-port}
     * @throws PlatformException when the port is taken, may not be used or is out of range
     */
    public static void requireFree(int port, String option) {
        requireInRange(port, 1, option);
        try {
            bind(port);
        } catch (IOException e) {
            // Below 1024 the system may refuse an ordinary user; that is no conflict and needs another remedy.
            String remedy = String.valueOf(e.getMessage()).contains("Permission")
                    ? "port " + port + " may not be used by this user: choose one above 1023 with " + option
                    : "port " + port + " is taken: stop what listens there or choose another with " + option;
            throw new PlatformException(remedy, e);
        }
    }

    /**
     * Decides on the port of a server that should be found again after a restart.
     *
     * @param wanted the port asked for, or 0 for any: then the one that {@code memory} holds if it is still free, else
     *     a free one
     * @param memory the file that keeps the choice; its directory exists
     * @param option as for {@link #requireFree}
     * @return a port that was free a moment ago
     * @throws PlatformException when {@code wanted} is not 0 and can't be had
     * @throws UncheckedIOException when the choice can't be kept
     */
    static int choose(int wanted, Path memory, String option) {
        requireInRange(wanted, 0, option);
        if (wanted != 0) {
            requireFree(wanted, option);
            return wanted;
        }
        try {
            int before = Files.exists(memory) ? parse(Files.readString(memory)) : 0;
            int port = before != 0 && isFree(before) ? before : free();
            Files.writeString(memory, port + "\n");
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireInRange(int port, int least, String option) {
        if (port < least || port > LAST_PORT) {
            throw new PlatformException("port " + port + " does not exist: choose one from " + least + " to "
                    + LAST_PORT + " with " + option);
        }
    }

    /** A file that a kill cut short is no reason to refuse the start: it only means that the port is chosen anew. */
    private static int parse(String text) {
        String digits = text.strip();
        if (!digits.matches("[0-9]{1,5}")) {
            return 0;
        }
        int port = Integer.parseInt(digits);
        return port <= LAST_PORT ? port : 0;
    }

    private static boolean isFree(int port) {
        try {
            bind(port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do it: a port in TIME_WAIT, left by the run before, counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }
}
