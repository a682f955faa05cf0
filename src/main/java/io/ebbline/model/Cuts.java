package io.ebbline.model;

import java.util.List;

/**
 * Four ascending cut points that divide longs into five bins. A value equal to a cut belongs below it, so equal values
 * always share a bin.
 *
 * @throws IllegalArgumentException when the cuts descend
 */
public record Cuts(long first, long second, long third, long fourth) {

    public Cuts {
        if (first > second || second > third || third > fourth) {
            throw new IllegalArgumentException("Cut points must ascend, but are " + first + ", " + second + ", " + third
                    + ", " + fourth + ": sort them.");
        }
    }

    /**
     * Cuts from a list.
     *
     * @throws IllegalArgumentException when there are not four, or they descend
     */
    public static Cuts of(List<Long> cuts) {
        if (cuts.size() != 4) {
            throw new IllegalArgumentException("Five bins need four cut points, but there are " + cuts.size() + ".");
        }
        return new Cuts(cuts.get(0), cuts.get(1), cuts.get(2), cuts.get(3));
    }

    /** How many cuts the value exceeds, 0 to 4. */
    public int exceeded(long value) {
        if (value <= second) {
            return value > first ? 1 : 0;
        }
        return value <= third ? 2 : value <= fourth ? 3 : 4;
    }

    /** The smallest cut that the value does not exceed; {@code Long.MAX_VALUE} when it exceeds all. */
    public long next(long value) {
        return switch (exceeded(value)) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            case 3 -> fourth;
            default -> Long.MAX_VALUE;
        };
    }

    /** The cuts in ascending order. */
    public List<Long> toList() {
        return List.of(first, second, third, fourth);
    }
}
