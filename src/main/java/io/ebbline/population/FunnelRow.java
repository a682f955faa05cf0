package io.ebbline.population;

import io.ebbline.profile.Stage;
import java.util.List;

/**
 * A stage and what went on in it within one tick.
 *
 * @param customers how many are in it at the tick's end
 * @param before how many were in it at the tick's start
 * @param entries how many entered it; who enters twice counts twice
 * @param exits how many left it
 * @param transitions whither they left, by stage; none that nobody took
 * @param dwellMean mean time that those who left had been there, milliseconds, rounded down; 0 when nobody left
 * @param dwellMedian lower median of the same, off by a 128th at most; 0 when nobody left
 */
public record FunnelRow(
        Stage stage,
        StageTask task,
        long customers,
        long before,
        long entries,
        long exits,
        List<Transition> transitions,
        long dwellMean,
        long dwellMedian) {

    /**
     * A way out of a stage.
     *
     * @param to UNKNOWN: forgotten
     * @param customers how many took it
     * @param rate of those who were in the stage at the tick's start or entered it since, 0 to 1
     */
    public record Transition(Stage to, long customers, double rate) {}
}
