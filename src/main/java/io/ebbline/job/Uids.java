package io.ebbline.job;

/** Uids of operators. Every savepoint names them: never change one. Automatic ones are off. */
public final class Uids {

    public static final String EVENTS = "events-source";
    public static final String MOVES = "moves-source";
    public static final String MODELS = "models-source";
    public static final String MODEL_GATE = "model-gate";
    public static final String SCORING = "customer-scoring";
    public static final String OUTPUTS = "outputs-sink";
    public static final String PREVIEWS = "previews-sink";
    public static final String REPORT = "report-sink";
    public static final String POPULATION = "population";
    public static final String POPULATION_OUTPUTS = "population-sink";
    public static final String CUTS = "cuts-sink";

    public static final String AFFINITY_COMBINER = "affinity-combiner";
    public static final String MARKET = "market";
    public static final String AFFINITY = "affinity";
    public static final String OFFER_MODELS = "offer-models";
    public static final String OFFERS = "offer-ranking";
    public static final String OFFER_OUTPUTS = "offers-sink";

    public static final String OFFER_STATS = "offer-stats";

    private Uids() {}
}
