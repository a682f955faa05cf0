package io.ebbline.cli;

/** What the process answers with. A contract with scripts. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;
    /** The answer is no, or it could not be done. */
    public static final int NO = 1;
    /** The options make no sense. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
