package io.ebbline.cli;

import io.ebbline.event.Hash64;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One way to play a history. It is drawn from a seed and its number alone, so that these are all it takes to play it again.
 *
 * @param run its number; 0 is what the others are compared with
 * @param seed of everything that is drawn while it is played
 * @param parallelism subtasks of each operator at the start
 * @param ways what is different from run 0, but for the parallelism
 * @param duplicatePercent events that are delivered twice, of a hundred; 0 without {@link Way#DUPLICATES}
 * @param breaks in the order in which they happen
 */
record ReplayCase(int run, long seed, int parallelism, Set<Way> ways, int duplicatePercent, List<Break> breaks) {

    /** What a case is made of. Each is drawn by itself, but for the order of arrival, of which there is one. */
    enum Way {
        /** Arrival is permuted within the lateness bound. */
        SHUFFLED,
        /** The topics arrive one after the other, each as a whole, without a clock between. */
        APART,
        /** Some events are delivered twice. */
        DUPLICATES,
        /** The job is cancelled now and then, and goes on from its newest checkpoint. */
        CRASHES,
        /** The job is stopped with a savepoint and goes on from it with another parallelism. */
        SAVEPOINT,
        /** The offers' lists get to where offers are made the other way than in run 0. */
        OTHER_LISTS,
        /** The job tells beforehand what it will say, as it does live: nothing else may hear of it. */
        PREVIEWS,
        /** The topics are full before the job begins, which reads them as {@code replay} does: at full speed, the newest answers alone. */
        REPLAYED
    }

    /**
     * The end of a job before its time.
     *
     * @param at after which share of the feed's records, 0 to 1
     * @param savepoint whether it is stopped with a savepoint; else it crashes
     * @param parallelism of the job that goes on
     */
    record Break(double at, boolean savepoint, int parallelism) {}

    private static final int[] PARALLELISMS = {1, 2, 3, 8};
    private static final int MOST_CRASHES = 3;
    private static final int MOST_DUPLICATES = 10;
    private static final double FIRST_BREAK = 0.1;
    private static final double LAST_BREAK = 0.95;

    ReplayCase {
        ways = Set.copyOf(ways);
        breaks = List.copyOf(breaks);
    }

    /** The case of a number: runs 0 to 3 have every parallelism and every way once at least, the others are drawn. */
    static ReplayCase draw(long seed, int run) {
        long own = Hash64.of("verify-replay/" + seed, Integer.toString(run));
        SplittableRandom random = new SplittableRandom(own);
        return switch (run) {
            case 0 -> of(run, own, random, 1, EnumSet.noneOf(Way.class));
            case 1 -> of(run, own, random, 2, EnumSet.of(Way.SHUFFLED, Way.DUPLICATES, Way.CRASHES, Way.PREVIEWS));
            case 2 -> of(run, own, random, 8, EnumSet.of(Way.APART, Way.OTHER_LISTS));
            case 3 -> of(run, own, random, 3, EnumSet.of(Way.SHUFFLED, Way.SAVEPOINT, Way.REPLAYED));
            default -> of(run, own, random, anyParallelism(random), anyWays(random));
        };
    }

    private static Set<Way> anyWays(SplittableRandom random) {
        Set<Way> ways = EnumSet.noneOf(Way.class);
        int order = random.nextInt(3);
        if (order > 0) {
            ways.add(order == 1 ? Way.SHUFFLED : Way.APART);
        }
        for (Way way : EnumSet.complementOf(EnumSet.of(Way.SHUFFLED, Way.APART))) {
            if (random.nextBoolean()) {
                ways.add(way);
            }
        }
        if (ways.contains(Way.REPLAYED)) {
            ways.remove(Way.PREVIEWS); // Of history nobody wants to hear beforehand.
        }
        return ways;
    }

    private static ReplayCase of(int run, long seed, SplittableRandom random, int parallelism, Set<Way> ways) {
        int duplicates = ways.contains(Way.DUPLICATES) ? 1 + random.nextInt(MOST_DUPLICATES) : 0;
        return new ReplayCase(run, seed, parallelism, ways, duplicates, breaks(random, parallelism, ways));
    }

    private static List<Break> breaks(SplittableRandom random, int parallelism, Set<Way> ways) {
        List<Break> drawn = new ArrayList<>();
        int crashes = ways.contains(Way.CRASHES) ? 1 + random.nextInt(MOST_CRASHES) : 0;
        for (int i = 0; i < crashes; i++) {
            drawn.add(new Break(random.nextDouble(FIRST_BREAK, LAST_BREAK), false, parallelism));
        }
        if (ways.contains(Way.SAVEPOINT)) {
            int other = anyParallelism(random);
            while (other == parallelism) {
                other = anyParallelism(random);
            }
            drawn.add(new Break(random.nextDouble(FIRST_BREAK, LAST_BREAK), true, other));
        }
        drawn.sort(Comparator.comparingDouble(Break::at));
        List<Break> breaks = new ArrayList<>();
        int now = parallelism;
        for (Break next : drawn) {
            now = next.savepoint() ? next.parallelism() : now;
            breaks.add(new Break(next.at(), next.savepoint(), now));
        }
        return breaks;
    }

    private static int anyParallelism(SplittableRandom random) {
        return PARALLELISMS[random.nextInt(PARALLELISMS.length)];
    }

    /** The greatest parallelism that a case can have. */
    static int mostParallel() {
        return PARALLELISMS[PARALLELISMS.length - 1];
    }

    boolean has(Way way) {
        return ways.contains(way);
    }

    /** In a few words, such as "parallelism 8, shuffled, 2 crashes, duplicates 5 %". */
    String description() {
        List<String> words = new ArrayList<>();
        words.add("parallelism " + parallelism);
        words.add(has(Way.SHUFFLED) ? "shuffled" : has(Way.APART) ? "one topic after the other" : "in order");
        long crashes = breaks.stream().filter(cut -> !cut.savepoint()).count();
        if (crashes > 0) {
            words.add(crashes == 1 ? "1 crash" : crashes + " crashes");
        }
        breaks.stream()
                .filter(Break::savepoint)
                .forEach(cut -> words.add("a savepoint, then parallelism " + cut.parallelism()));
        if (duplicatePercent > 0) {
            words.add("duplicates " + duplicatePercent + " %");
        }
        if (has(Way.OTHER_LISTS)) {
            words.add("the other affinity lists");
        }
        if (has(Way.PREVIEWS)) {
            words.add("previews");
        }
        if (has(Way.REPLAYED)) {
            words.add("replayed");
        }
        return String.join(", ", words);
    }
}
