package io.ebbline.platform;

/** A platform that can't start or go on. The message is for a person: it says what is wrong and how to put it right. */
public final class PlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure that has no cause but the one the message tells. */
    public PlatformException(String message) {
        super(message);
    }

    /** A failure that another exception brought about. */
    public PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
