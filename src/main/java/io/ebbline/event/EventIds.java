package io.ebbline.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of the events that Ebbline sends: a function of what they say, so that a replay sends the same. */
public final class EventIds {

    private EventIds() {}

    /** First 128 bits of SHA-256 over topic, customer, kind, instant and ordinal, in hex. */
    public static String of(String topic, String customer, String kind, long instant, int ordinal) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part :
                    new String[] {topic, customer, kind, Long.toString(instant), Integer.toString(ordinal)}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update((byte) (bytes.length >>> 8));
                sha.update((byte) bytes.length);
                sha.update(bytes);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
