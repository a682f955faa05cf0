package io.ebbline.platform;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of the registry's process: it runs the registry and ends with its parent.
 *
 * <p>The parent holds the other end of the standard input and never writes to it. When the parent is gone, however it
 * ended, the system closes that end and the read below returns. The class stands alone: it is put on the registry's
 * class path without the rest of Ebbline, so it may use the JDK only and must stay one class file.
 */
public final class RegistryChild {
    private static final int ORPHANED = 3;

    private RegistryChild() {}

    /**
     * Runs another main class until the standard input ends.
     *
     * @param args the name of the main class, then its own arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(RegistryChild::haltWhenOrphaned, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(args[0] + " failed", e.getCause());
        }
    }

    private static void haltWhenOrphaned() {
        InputStream parent = System.in;
        try {
            while (parent.read() >= 0) {
                // Nothing is ever sent; whatever comes has no meaning.
            }
        } catch (IOException e) {
            System.err.println("The line to the parent process broke: " + e);
        }
        // Not exit: shutdown hooks could hang, and the storage is made to survive a halt.
        Runtime.getRuntime().halt(ORPHANED);
    }
}
