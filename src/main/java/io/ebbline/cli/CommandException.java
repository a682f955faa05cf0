package io.ebbline.cli;

import org.jspecify.annotations.Nullable;

/** A command could not do what it was asked. The message says what is wrong and how to put it right. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A problem, with what brought it about where something did. */
    public CommandException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
