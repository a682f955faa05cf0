package io.ebbline.wire;

import java.util.List;
import java.util.Map;

/** The topics: names, what they carry, how they are kept. Names are a contract with every producer and consumer. */
public enum Topic {
    PURCHASES("purchases", Kind.INPUT, List.of("Purchase", "Return", "Clock")),
    TOUCHPOINTS("touchpoints", Kind.INPUT, List.of("Touchpoint", "Clock")),
    CUSTOMER_REQUESTS("customer-requests", Kind.INPUT, List.of("Erasure", "Merge", "Unmerge", "Clock")),
    SCORING_MODELS(
            "scoring-models",
            Kind.CONTROL,
            List.of("ScoringModel", "CutPoints", "Catalogue", "OfferSet", "OfferPolicy", "ExchangeRates")),
    CUSTOMER_SCORES("customer-scores", Kind.STATE, List.of("CustomerScore")),
    LIFECYCLE_TRANSITIONS("lifecycle-transitions", Kind.EVENTS, List.of("LifecycleTransition", "Correction")),
    REJECTED_EVENTS("rejected-events", Kind.REJECTED, List.of()),
    CHURN_SIGNALS("churn-signals", Kind.EVENTS, List.of("ChurnSignal", "Correction")),
    LIFECYCLE_FUNNEL("lifecycle-funnel", Kind.EVENTS, List.of("FunnelTick")),
    POPULATION_STATS("population-stats", Kind.EVENTS, List.of("PopulationTick")),
    SCORE_CHANGES("score-changes", Kind.EVENTS, List.of("ScoreChange", "Correction")),
    NEXT_BEST_OFFERS("next-best-offers", Kind.EVENTS, List.of("NextBestOffer", "OfferWithdrawal")),
    OFFER_STATS("offer-stats", Kind.EVENTS, List.of("OfferTick")),
    CUSTOMER_SCORE_PREVIEWS("customer-score-previews", Kind.PREVIEWS, List.of("CustomerScore")),

    /** Written by the job and read by it again: the way between two customers. Kept, for a replay reads what was recorded. */
    CUSTOMER_MOVES("customer-moves", Kind.EVENTS, List.of("CustomerMove"));

    /** What a topic is for; decides how long it is kept. */
    public enum Kind {
        /** Events from the shop. */
        INPUT(Map.of("retention.ms", "-1")),
        /** One partition, never compacted, kept for ever: a replay needs every version. */
        CONTROL(Map.of("retention.ms", "-1", "cleanup.policy", "delete")),
        /** The newest record of a key is the answer. */
        STATE(Map.of("cleanup.policy", "compact")),
        /** What happened, kept. */
        EVENTS(Map.of("retention.ms", "-1")),
        /** Kept for 90 days: erasure can't reach it. */
        REJECTED(Map.of("retention.ms", "7776000000")),
        /** Kept for a day: what it says is said again for good. In segments of an hour, for only whole ones are deleted. */
        PREVIEWS(Map.of("retention.ms", "86400000", "segment.ms", "3600000"));

        private final Map<String, String> config;

        Kind(Map<String, String> config) {
            this.config = config;
        }

        /** Kafka topic settings that such a topic is created with. */
        public Map<String, String> config() {
            return config;
        }
    }

    private final String topicName;
    private final Kind kind;
    private final List<String> records;

    Topic(String topicName, Kind kind, List<String> records) {
        this.topicName = topicName;
        this.kind = kind;
        this.records = records;
    }

    /** The topic's name on Kafka. */
    public String topicName() {
        return topicName;
    }

    /** What the topic is for. */
    public Kind kind() {
        return kind;
    }

    /** Whether the job writes it, and nobody else. */
    public boolean isOutput() {
        return kind != Kind.INPUT && kind != Kind.CONTROL;
    }

    /** Names of the Avro records that it carries. */
    public List<String> records() {
        return records;
    }

    /** Kafka topic settings that it is created with. */
    public Map<String, String> config() {
        return kind.config;
    }

    /** Partitions to create it with, where the operator asks for {@code partitions}. */
    public int partitions(int partitions) {
        return kind == Kind.CONTROL ? 1 : partitions;
    }

    /** The registry subject of one of its records: topic name, a dash, the record's full name. */
    public String subject(String record) {
        return topicName + "-io.ebbline." + record;
    }

    /** The topics that the shop writes. */
    public static List<Topic> inputs() {
        return List.of(PURCHASES, TOUCHPOINTS, CUSTOMER_REQUESTS);
    }

    /**
     * The topic of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Topic named(String name) {
        for (Topic topic : values()) {
            if (topic.topicName.equals(name)) {
                return topic;
            }
        }
        throw new IllegalArgumentException("No topic of Ebbline is named " + name + ".");
    }
}
