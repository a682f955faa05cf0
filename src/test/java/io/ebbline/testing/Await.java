package io.ebbline.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process brings about. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long FIRST_PAUSE_NANOS = 10_000_000L;
    private static final long PAUSE_NANOS = 150_000_000L;

    private Await() {}

    /**
     * Waits up to two minutes until a condition holds.
     *
     * @param what names the condition in the failure's message
     * @throws AssertionError when it does not hold in time
     */
    public static void until(String what, Callable<Boolean> condition) {
        value(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Waits up to two minutes until there is a value, and gives it.
     *
     * @param what names the value in the failure's message
     * @throws AssertionError when there is none in time
     */
    public static <T> T value(String what, Callable<Optional<T>> source) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            Optional<T> value;
            try {
                value = source.call();
            } catch (Exception e) {
                throw new AssertionError("Failed while waiting for " + what, e);
            }
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Waited " + LIMIT.toSeconds() + " s in vain for " + what);
            }
            LockSupport.parkNanos(pause);
            // Who asks takes time from what is waited for.
            pause = Math.min(PAUSE_NANOS, pause * 3 / 2);
        }
    }
}
