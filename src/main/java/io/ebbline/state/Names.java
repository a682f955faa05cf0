package io.ebbline.state;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names that are read again and again, of products and categories: the same object each time where that can be had. A shop has
 * far fewer of them than are written in its events, counts and lists. One object is in the processor's caches where a million
 * equal ones are not, and equals itself at first sight.
 *
 * <p>A table of places, one name in each, the last read. It is shared by all threads without a lock: a text is immutable, so the
 * worst that can happen is that a name is made anew.
 */
final class Names {

    /** With names of twenty characters some five megabytes. */
    private static final int PLACES = 1 << 16;

    /** What is longer is no name that many have. */
    private static final int LONGEST = 64;

    private static final @Nullable String[] HELD = new String[PLACES];

    private Names() {}

    /** The text of some bytes of UTF-8. */
    static String of(byte[] bytes, int from, int length) {
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash * 0x9e3779b9) >>> 16;
        String held = HELD[place];
        if (held != null && is(held, bytes, from, length)) {
            return held;
        }
        String made = new String(bytes, from, length, StandardCharsets.UTF_8);
        HELD[place] = made;
        return made;
    }

    /** Of bytes that are no ASCII never true: they are below zero, and no character is. */
    private static boolean is(String held, byte[] bytes, int from, int length) {
        if (held.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (held.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
