package io.ebbline.population;

import io.ebbline.model.CutPoints;
import io.ebbline.model.Cuts;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When cut points have moved far enough to be published: every version moves customers between segments who did nothing.
 *
 * @param percent how far one of them has to move, in percent of where it was; 0: any move will do
 * @throws IllegalArgumentException when the percentage is negative
 */
public record DeadBand(int percent) implements Serializable {

    /** Fifths of fewer customers say more of chance than of the shop. */
    public static final int FEWEST_CUSTOMERS = 100;

    public DeadBand {
        if (percent < 0) {
            throw new IllegalArgumentException("A dead band of " + percent + " % is none: choose 0 or more.");
        }
    }

    /**
     * Whether to publish.
     *
     * @param published what was published last; null: nothing yet
     */
    public boolean isLeft(@Nullable CutPoints published, CutPoints now) {
        if (now.customers() < FEWEST_CUSTOMERS) {
            return false;
        }
        return published == null
                || isLeft(published.recency(), now.recency())
                || isLeft(published.frequency(), now.frequency())
                || isLeft(published.monetary(), now.monetary());
    }

    private boolean isLeft(Cuts before, Cuts now) {
        List<Long> was = before.toList();
        List<Long> is = now.toList();
        for (int i = 0; i < was.size(); i++) {
            long moved = Math.abs(is.get(i) - was.get(i));
            // As doubles: a sum of money times a hundred may be more than a long holds.
            if (moved > 0 && moved * 100.0 > Math.abs(was.get(i)) * (double) percent) {
                return true;
            }
        }
        return false;
    }
}
