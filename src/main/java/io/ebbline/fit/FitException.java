package io.ebbline.fit;

/** A model could not be fitted to a history. The message says why, and what to do. */
public final class FitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FitException(String message) {
        super(message);
    }
}
