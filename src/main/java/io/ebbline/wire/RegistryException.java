package io.ebbline.wire;

/** The schema registry did not answer, or refused; the message says how to mend it. */
public final class RegistryException extends RuntimeException {

    /** With what went wrong and how to mend it. */
    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
