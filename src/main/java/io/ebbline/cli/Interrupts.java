package io.ebbline.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: asks the command to stop, and keeps the process alive until it has, but not for longer than a limit.
 */
final class Interrupts implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interrupts(Duration limit) {
        hook = new Thread(
                () -> {
                    asked.countDown();
                    try {
                        // Beyond the limit the system ends the process, which everything on disk is made to survive.
                        boolean unused = done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "interrupts");
    }

    /** Listens from now on. */
    static Interrupts listen(Duration limit) {
        Interrupts interrupts = new Interrupts(limit);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    /** Whether somebody asked to stop. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits; returns early, and true, when somebody asks to stop. */
    boolean await(Duration time) {
        try {
            return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The command has stopped: the process may end. */
    @Override
    public void close() {
        // The hook stays: it finds the work done and returns.
        done.countDown();
    }
}
