package io.ebbline.offer;

import java.util.Arrays;

/**
 * The products that an {@link AffinityRow} counts, in the order of their hashes, and how strong one may have been that is not among
 * them. Counts change in place. Mutable, for one thread.
 */
final class RowCells {

    static final int LATER = 0;
    static final int TOGETHER = 1;

    /** Added to either: what may be missing of it. */
    static final int MISSING = 2;

    static final int AFTER = 4;
    static final int BEFORE = 5;
    static final int BEFORE_MISSING = 6;

    static final int UNKNOWN = -1;

    private static final Decay[] DECAYS = {
        Decay.LATER, Decay.TOGETHER, Decay.LATER, Decay.TOGETHER, Decay.SEQUENCE, Decay.SEQUENCE, Decay.SEQUENCE
    };

    /** At a steady pace slow counts are so many times the others. */
    private static final double SLOWER = AffinityRules.SEQUENCE_HALF_LIFE / (double) AffinityRules.HALF_LIFE;

    /** What is left of a product whose counts have faded this far is not worth a place. */
    private static final double DUST = .001;

    /** Of a kind that is zero throughout, as what is missing most often is. */
    private static final double[] ZEROS = {};

    private int size;
    private String[] to;
    private long[] hashes;

    /** Their numbers in the market that was asked last, where they are known. */
    private int[] numbers;

    /** By kind, of each. */
    private final double[][] cells;

    /** What each kind of what is missing is at most, of a product that is not held: see {@link #bound}. */
    private final double[] bounds = new double[BEFORE_MISSING + 1];

    /** None. */
    RowCells() {
        this(new String[0], new double[][] {ZEROS, ZEROS, ZEROS, ZEROS, ZEROS, ZEROS, ZEROS});
    }

    /**
     * Some.
     *
     * @param to in the order of their hashes
     * @param cells by kind; it owns them from here on
     */
    RowCells(String[] to, double[][] cells) {
        this.to = to;
        this.hashes = RowDelta.hashes(to);
        this.numbers = new int[to.length];
        this.size = to.length;
        this.cells = cells;
        for (int kind = 0; kind < cells.length; kind++) {
            if (isMissing(kind) && Arrays.stream(cells[kind]).allMatch(count -> count == 0)) {
                cells[kind] = ZEROS;
            }
        }
    }

    private static boolean isMissing(int kind) {
        return kind == LATER + MISSING || kind == TOGETHER + MISSING || kind == BEFORE_MISSING;
    }

    int size() {
        return size;
    }

    String to(int k) {
        return to[k];
    }

    double count(int kind, int k) {
        double[] counts = cells[kind];
        return counts.length == 0 ? 0 : counts[k];
    }

    /** The counts of a kind of which nothing is missing; those beyond {@link #size} mean nothing. */
    double[] counts(int kind) {
        return cells[kind];
    }

    /** All of a kind, as a copy. */
    double[] copy(int kind) {
        return Arrays.copyOf(cells[kind], size);
    }

    String[] names() {
        return Arrays.copyOf(to, size);
    }

    /** What a kind of what is missing is at most, of a product that is not held. */
    double bound(int kind) {
        return bounds[kind];
    }

    void bound(int kind, double most) {
        bounds[kind] = most;
    }

    /** What was bought before is not to be taken for less than it may have been. */
    double before(int k) {
        return cells[BEFORE][k] + count(BEFORE_MISSING, k);
    }

    /** Its number in a market, once {@link #number(int, int)} told; {@link #UNKNOWN}. */
    int number(int k) {
        return numbers[k];
    }

    void number(int k, int number) {
        numbers[k] = number;
    }

    void forgetNumbers() {
        Arrays.fill(numbers, UNKNOWN);
    }

    // ---- folds

    void fade(int from, int until) {
        for (int kind = 0; kind < cells.length; kind++) {
            double left = DECAYS[kind].between(from, until);
            bounds[kind] *= left;
            double[] counts = cells[kind];
            for (int k = 0; k < Math.min(size, counts.length); k++) {
                counts[k] *= left;
            }
        }
    }

    void add(RowDelta delta) {
        int i = size - 1;
        size += fresh(delta);
        reserve();
        int k = size - 1;
        for (int j = delta.to().length - 1; j >= 0; j--) {
            String name = delta.to()[j];
            long hash = delta.hashes()[j];
            int order = compare(i, name, hash);
            while (order > 0) {
                move(i--, k--);
                order = compare(i, name, hash);
            }
            if (order == 0) {
                move(i--, k);
            } else {
                open(name, hash, k);
            }
            cells[LATER][k] += delta.later()[j];
            cells[TOGETHER][k] += delta.together()[j];
            cells[AFTER][k] += delta.later()[j];
            cells[BEFORE][k] += delta.earlier()[j];
            k--;
        }
    }

    private int compare(int i, String name, long hash) {
        return i < 0 ? -1 : RowDelta.compare(hashes[i], to[i], hash, name);
    }

    /** How many are not held yet. */
    private int fresh(RowDelta delta) {
        int fresh = 0;
        int i = 0;
        for (int j = 0; j < delta.to().length; j++) {
            int order = -1;
            while (i < size && (order = RowDelta.compare(hashes[i], to[i], delta.hashes()[j], delta.to()[j])) < 0) {
                i++;
            }
            fresh += i < size && order == 0 ? 0 : 1;
        }
        return fresh;
    }

    private void reserve() {
        int room = size <= to.length ? to.length : Math.max(8, size + size / 4);
        if (room > to.length) {
            to = Arrays.copyOf(to, room);
            hashes = Arrays.copyOf(hashes, room);
            numbers = Arrays.copyOf(numbers, room);
        }
        for (int kind = 0; kind < cells.length; kind++) {
            boolean zeros = isMissing(kind) && cells[kind].length == 0 && bounds[kind] == 0;
            if (!zeros && cells[kind].length < room) {
                cells[kind] = Arrays.copyOf(cells[kind], room);
            }
        }
    }

    private void move(int from, int k) {
        if (from != k) {
            to[k] = to[from];
            hashes[k] = hashes[from];
            numbers[k] = numbers[from];
            for (double[] counts : cells) {
                if (counts.length > 0) {
                    counts[k] = counts[from];
                }
            }
        }
    }

    private void open(String name, long hash, int k) {
        to[k] = name;
        hashes[k] = hash;
        numbers[k] = UNKNOWN;
        for (int kind = 0; kind < cells.length; kind++) {
            if (cells[kind].length > 0) {
                cells[kind][k] = bounds[kind];
            }
        }
    }

    // ---- what has no place

    private double strength(int k) {
        return cells[LATER][k]
                + count(LATER + MISSING, k)
                + cells[TOGETHER][k]
                + count(TOGETHER + MISSING, k)
                + (cells[AFTER][k] + before(k)) / SLOWER;
    }

    /** When there are too many, a fifth of the places are made free, so that it isn't done at every tick. */
    void prune() {
        double least = DUST;
        int ties = 0;
        if (size > AffinityRules.CANDIDATES) {
            int keep = AffinityRules.CANDIDATES * 4 / 5;
            double[] strengths = new double[size];
            for (int k = 0; k < size; k++) {
                strengths[k] = strength(k);
            }
            double cut = Select.greatest(strengths, size, keep);
            if (cut > least) {
                least = cut;
                ties = keep;
                for (double strength : strengths) {
                    ties -= strength > cut ? 1 : 0;
                }
            }
        }
        int kept = 0;
        for (int k = 0; k < size; k++) {
            double strength = strength(k);
            if (strength > least || (strength == least && ties-- > 0)) {
                move(k, kept++);
            } else {
                raise(LATER + MISSING, cells[LATER][k] + count(LATER + MISSING, k));
                raise(TOGETHER + MISSING, cells[TOGETHER][k] + count(TOGETHER + MISSING, k));
                raise(BEFORE_MISSING, before(k));
            }
        }
        Arrays.fill(to, kept, size, null);
        size = kept;
    }

    private void raise(int kind, double dropped) {
        bounds[kind] = Math.max(bounds[kind], dropped);
    }
}
