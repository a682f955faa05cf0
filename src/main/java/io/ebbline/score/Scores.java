package io.ebbline.score;

import java.util.List;

/** The one registry of scores. */
public final class Scores {

    /** Every score, sorted by name: the order in which records carry them. */
    public static final List<Score> ALL = List.of(
            new AarrrStep(),
            new AidasStep(),
            new AverageOrderValue(),
            new BestChannel(),
            new BestHour(),
            new EngagementLevel(),
            new Frequency(),
            new Monetary(),
            new Recency());

    private Scores() {}
}
