package io.ebbline.platform;

/** What this JVM may use. */
public final class Memory {
    private static final long MIB = 1L << 20;

    private Memory() {}

    /**
     * Checks that the heap can grow far enough.
     *
     * <p>Some collectors leave out a survivor space when they are asked for the largest heap, so an eighth less than
     * {@code bytesOfHeap} passes too: {@code -Xmx4g} satisfies 4 GiB with every collector.
     *
     * @param bytesOfHeap the size asked of {@code -Xmx}, in bytes
     * @throws PlatformException when the largest heap is smaller
     */
    public static void require(long bytesOfHeap) {
        require(bytesOfHeap, Runtime.getRuntime().maxMemory());
    }

    static void require(long bytesOfHeap, long largestHeap) {
        if (largestHeap < bytesOfHeap - bytesOfHeap / 8) {
            long needed = (bytesOfHeap + MIB - 1) / MIB;
            throw new PlatformException("The heap can grow to " + largestHeap / MIB + " MiB only, and " + needed
                    + " MiB are needed: start Java with -Xmx" + needed + "m or more, on a machine with that much free"
                    + " memory.");
        }
    }
}
