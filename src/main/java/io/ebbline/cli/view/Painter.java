package io.ebbline.cli.view;

/** Somewhere to show a state, again and again. For one thread at a time. */
interface Painter {

    /** Milliseconds between two showings. */
    long everyMillis();

    /** Shows it. */
    void show(LiveSnapshot snapshot);

    /** Shows it for the last time, to stay. */
    void end(LiveSnapshot snapshot);
}
