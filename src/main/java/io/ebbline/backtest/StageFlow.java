package io.ebbline.backtest;

import io.ebbline.profile.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Customers who went from one stage to another between the cut and the horizon's end, or stayed.
 *
 * @param ordered how many of them ordered in between
 */
public record StageFlow(Stage from, Stage to, int customers, int ordered) {

    /** The flows that anybody took, in the order of stages. */
    public static List<StageFlow> of(HoldOut test) {
        int stages = Stage.values().length;
        int[][] customers = new int[stages][stages];
        int[][] ordered = new int[stages][stages];
        for (Prediction one : test.predictions()) {
            int from = one.stage().ordinal();
            int to = one.stageAfter().ordinal();
            customers[from][to]++;
            ordered[from][to] += one.bought() ? 1 : 0;
        }
        List<StageFlow> flows = new ArrayList<>();
        for (Stage from : Stage.values()) {
            for (Stage to : Stage.values()) {
                int count = customers[from.ordinal()][to.ordinal()];
                if (count > 0) {
                    flows.add(new StageFlow(from, to, count, ordered[from.ordinal()][to.ordinal()]));
                }
            }
        }
        return flows;
    }
}
