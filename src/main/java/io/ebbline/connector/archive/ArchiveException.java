package io.ebbline.connector.archive;

import org.jspecify.annotations.Nullable;

/** An archive can't be written or read; the message names the place and the remedy. */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure with its cause, if there is one. */
    public ArchiveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
