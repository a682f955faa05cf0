package io.ebbline.connector.feed;

/** A feed cannot go on. The message is for the person who started it: where, what is wrong, and how to put it right. */
public final class FeedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeedException(String message) {
        super(message);
    }

    public FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
