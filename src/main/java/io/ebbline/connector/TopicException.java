package io.ebbline.connector;

import org.jspecify.annotations.Nullable;

/** Kafka does not have what Ebbline needs, or does not answer. The message says what is wrong and how to put it right. */
public final class TopicException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A problem, with what brought it about where something did. */
    public TopicException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
