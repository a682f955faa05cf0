package io.ebbline.score;

import java.util.List;

/** The one registry of scores. */
public final class Scores {

    /** The chance that a customer is alive, which heads every answer too. */
    public static final Score P_ALIVE = new PAlive();

    /** The chance of another order, which heads every answer too. */
    public static final Score P_BUY = new PBuy();

    /** The predicted lifetime value, which heads every answer too. */
    public static final Score CLV = new ClvPredicted();

    /** Every score, sorted by name: the order in which records carry them. */
    public static final List<Score> ALL = List.of(
            new AarrrStep(),
            new RevenueClass(),
            new AidasStep(),
            new AverageOrderValue(),
            new BestChannel(),
            new BestHour(),
            new CategoryAffinity(),
            new ClvHistoric(),
            CLV,
            new ClvTotal(),
            new EngagementLevel(),
            new ExpectedNextOrder(),
            new FourCCommunication(),
            new FourCConvenience(),
            new FourCCost(),
            new FourCNeeds(),
            new FrequencyValueQuadrant(),
            new LoyaltyType(),
            P_ALIVE,
            P_BUY,
            new PriceSensitivity(),
            new RelationshipQuality(),
            new Frequency(),
            new Monetary(),
            new Recency(),
            new Satisfaction(),
            new SpendForecast(),
            new ValueMatrix());

    private Scores() {}
}
