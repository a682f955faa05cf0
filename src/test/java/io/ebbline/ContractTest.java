package io.ebbline;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.backtest.Metrics;
import io.ebbline.engine.Effect;
import io.ebbline.event.Move;
import io.ebbline.event.TouchpointType;
import io.ebbline.job.Uids;
import io.ebbline.model.Product;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect;
import io.ebbline.operator.MetricNames;
import io.ebbline.population.PopulationRow;
import io.ebbline.population.StageTask;
import io.ebbline.profile.Stage;
import io.ebbline.score.ReasonCode;
import io.ebbline.state.StateNames;
import io.ebbline.testing.InMemoryRegistry;
import io.ebbline.wire.HeaderNames;
import io.ebbline.wire.RejectReason;
import io.ebbline.wire.Schemas;
import io.ebbline.wire.Topic;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Names that outlive a process: in topics, registries, savepoints, dashboards and scripts. When one of these tests fails, a
 * contract is about to be broken: change the code back, not the literal. A new name is added to its list.
 */
class ContractTest {

    /** The text constants of a class, as name=value. */
    private static List<String> constants(Class<?> holder) {
        return Arrays.stream(holder.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> {
                    try {
                        return field.getName() + "=" + field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static List<String> values(Class<?> holder) {
        return constants(holder).stream()
                .map(constant -> constant.substring(constant.indexOf('=') + 1))
                .toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    @Test
    void topics() {
        assertThat(Arrays.stream(Topic.values()).map(Topic::topicName))
                .containsExactly(
                        "purchases",
                        "touchpoints",
                        "customer-requests",
                        "scoring-models",
                        "customer-scores",
                        "lifecycle-transitions",
                        "rejected-events",
                        "churn-signals",
                        "lifecycle-funnel",
                        "population-stats",
                        "score-changes",
                        "next-best-offers",
                        "offer-stats",
                        "customer-score-previews",
                        "customer-moves");
        assertThat(Topic.inputs().stream().map(Topic::topicName))
                .containsExactly("purchases", "touchpoints", "customer-requests");
        for (Topic topic : Topic.values()) {
            assertThat(Topic.named(topic.topicName())).isEqualTo(topic);
        }
    }

    @Test
    void howTopicsAreKept() {
        assertThat(Topic.PURCHASES.config()).isEqualTo(Map.of("retention.ms", "-1"));
        assertThat(Topic.SCORING_MODELS.config()).isEqualTo(Map.of("retention.ms", "-1", "cleanup.policy", "delete"));
        assertThat(Topic.SCORING_MODELS.partitions(12)).isOne();
        assertThat(Topic.CUSTOMER_SCORES.config()).isEqualTo(Map.of("cleanup.policy", "compact"));
        assertThat(Topic.CUSTOMER_SCORES.partitions(12)).isEqualTo(12);
        assertThat(Topic.LIFECYCLE_TRANSITIONS.config()).isEqualTo(Map.of("retention.ms", "-1"));
        assertThat(Topic.SCORE_CHANGES.config()).isEqualTo(Map.of("retention.ms", "-1"));
        assertThat(Topic.NEXT_BEST_OFFERS.config()).isEqualTo(Map.of("retention.ms", "-1"));
        assertThat(Topic.OFFER_STATS.config()).isEqualTo(Map.of("retention.ms", "-1"));
        assertThat(Topic.CUSTOMER_MOVES.config()).isEqualTo(Map.of("retention.ms", "-1"));
        assertThat(Topic.CUSTOMER_MOVES.partitions(12)).isEqualTo(12);
        assertThat(Topic.CUSTOMER_MOVES.isOutput()).isTrue();
        assertThat(Topic.REJECTED_EVENTS.config()).isEqualTo(Map.of("retention.ms", "7776000000"));
        assertThat(Topic.CUSTOMER_SCORE_PREVIEWS.config())
                .isEqualTo(Map.of("retention.ms", "86400000", "segment.ms", "3600000"));
    }

    @Test
    void subjects() {
        InMemoryRegistry registry = new InMemoryRegistry();
        assertThat(Schemas.registerAll(registry)).isEqualTo(29);
        assertThat(registry.subjects())
                .containsExactlyInAnyOrder(
                        "purchases-io.ebbline.Purchase",
                        "purchases-io.ebbline.Return",
                        "purchases-io.ebbline.Clock",
                        "touchpoints-io.ebbline.Touchpoint",
                        "churn-signals-io.ebbline.ChurnSignal",
                        "churn-signals-io.ebbline.Correction",
                        "lifecycle-transitions-io.ebbline.Correction",
                        "score-changes-io.ebbline.Correction",
                        "touchpoints-io.ebbline.Clock",
                        "customer-requests-io.ebbline.Erasure",
                        "customer-requests-io.ebbline.Merge",
                        "customer-requests-io.ebbline.Unmerge",
                        "customer-requests-io.ebbline.Clock",
                        "scoring-models-io.ebbline.ScoringModel",
                        "scoring-models-io.ebbline.CutPoints",
                        "scoring-models-io.ebbline.Catalogue",
                        "scoring-models-io.ebbline.OfferSet",
                        "scoring-models-io.ebbline.OfferPolicy",
                        "scoring-models-io.ebbline.ExchangeRates",
                        "lifecycle-funnel-io.ebbline.FunnelTick",
                        "population-stats-io.ebbline.PopulationTick",
                        "customer-scores-io.ebbline.CustomerScore",
                        "customer-score-previews-io.ebbline.CustomerScore",
                        "customer-moves-io.ebbline.CustomerMove",
                        "lifecycle-transitions-io.ebbline.LifecycleTransition",
                        "score-changes-io.ebbline.ScoreChange",
                        "next-best-offers-io.ebbline.NextBestOffer",
                        "next-best-offers-io.ebbline.OfferWithdrawal",
                        "offer-stats-io.ebbline.OfferTick");
    }

    @Test
    void operatorUids() {
        assertThat(constants(Uids.class))
                .containsExactlyInAnyOrder(
                        "EVENTS=events-source",
                        "MOVES=moves-source",
                        "MODELS=models-source",
                        "MODEL_GATE=model-gate",
                        "SCORING=customer-scoring",
                        "OUTPUTS=outputs-sink",
                        "PREVIEWS=previews-sink",
                        "REPORT=report-sink",
                        "POPULATION=population",
                        "POPULATION_OUTPUTS=population-sink",
                        "CUTS=cuts-sink",
                        "AFFINITY_COMBINER=affinity-combiner",
                        "MARKET=market",
                        "AFFINITY=affinity",
                        "OFFER_MODELS=offer-models",
                        "OFFERS=offer-ranking",
                        "OFFER_OUTPUTS=offers-sink",
                        "OFFER_STATS=offer-stats");
        assertThat(values(Uids.class)).doesNotHaveDuplicates().allMatch(uid -> uid.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void states() {
        assertThat(constants(StateNames.class))
                .containsExactlyInAnyOrder(
                        "CUSTOMER=customer",
                        "INBOX_OVERFLOW=inbox-overflow",
                        "HISTORY_0=history-0",
                        "HISTORY_1=history-1",
                        "DEADLINES=deadlines",
                        "MODELS=models",
                        "COUNTS=counts",
                        "MODEL_GATE=model-gate",
                        "OPEN_TICKS=open-ticks",
                        "POPULATION_TICKS=population-ticks",
                        "POPULATION=population",
                        "AFFINITY_ROW=affinity-row",
                        "SUMS_ALONE=sums-alone",
                        "MARKET_TICKS=market-ticks",
                        "MARKET_COUNTS=market-counts",
                        "MARKET=market",
                        "MARKET_NEWS=market-news",
                        "RECIPIENT=recipient",
                        "OFFER_DEADLINES=offer-deadlines",
                        "OFFER_COUNTS=offer-counts",
                        "OFFER_TICKS=offer-ticks",
                        "OFFER_STATS_TICKS=offer-stats-ticks",
                        "OFFER_STATS=offer-stats");
        assertThat(values(StateNames.class)).doesNotHaveDuplicates();
    }

    @Test
    void metrics() {
        assertThat(constants(MetricNames.class))
                .containsExactlyInAnyOrder(
                        "OPERATOR=customer-scoring",
                        "WATERMARK=ebblineWatermark",
                        "READ=events.read",
                        "APPLIED=events.applied",
                        "DUPLICATE=events.duplicate",
                        "LATE=events.late",
                        "LATE_CORRECTED=events.lateCorrected",
                        "LATE_BOOKED=events.lateBooked",
                        "LATE_TOO_OLD=events.lateTooOld",
                        "REJECTED=events.rejected",
                        "WAITING=events.waiting",
                        "REJECTED_PREFIX=rejected.",
                        "TRANSITIONS=transitions",
                        "ANSWERS=answers",
                        "SIGNALS=signals",
                        "CORRECTIONS=corrections",
                        "FORGOTTEN=customers.forgotten",
                        "ERASED=customers.erased",
                        "SUPPRESSED=events.suppressed",
                        "MOVES_SENT=moves.sent",
                        "MOVES_READ=moves.read",
                        "MOVES_UNDER_WAY=ebblineMovesUnderWay",
                        "GROSS_MINOR=grossMinor",
                        "RETURNS_MINOR=returnsMinor",
                        "MODELS_REFUSED=models.refused",
                        "MODELS_LATE=models.late",
                        "CACHED=cachedCustomers",
                        "POPULATION=population",
                        "PREDICTIONS=predictions.checked",
                        "PREDICTIONS_RATIO=predictions.ratio",
                        "PREDICTIONS_BRIER=predictions.brier",
                        "MARKET=market",
                        "AFFINITY=affinity",
                        "OFFER_STATS=offer-stats",
                        "OFFER_OPERATOR=offer-ranking",
                        "OFFERS=offers",
                        "OFFERS_WITHDRAWN=offers.withdrawn",
                        "OFFERS_CAPPED=offers.capped",
                        "OFFERS_HELD_OUT=offers.heldOut",
                        "OFFERS_NO_CONSENT=offers.noConsent",
                        "OFFERS_NOTHING=offers.nothing",
                        "HELD_BACK=ebblineHeldBack");
        assertThat(values(MetricNames.class)).doesNotHaveDuplicates();
        assertThat(MetricNames.gauge(MetricNames.LATE_BOOKED)).isEqualTo("events_lateBooked");
    }

    /** Whole keys are asserted where they are written, in BacktestCommandTest. */
    @Test
    void measuredFigures() {
        assertThat(constants(Metrics.class))
                .containsExactlyInAnyOrder(
                        "ALARMS=alarms.",
                        "SIGNALS=signals.",
                        "HIATUS=hiatus_",
                        "COUNT=count",
                        "PRECISION=precision",
                        "RECALL=recall",
                        "MEDIAN_DELAY_WEEKS=median_delay_weeks",
                        "THRESHOLD=threshold",
                        "EARLY=early",
                        "BREAKS=breaks",
                        "CUSTOMERS=churn.customers",
                        "REPEAT_CUSTOMERS=churn.repeat_customers",
                        "UNKNOWN=churn.unknown",
                        "AUC_ALL=churn.auc_all",
                        "AUC_REPEAT=churn.auc_repeat",
                        "RECENCY_AUC=churn.baseline_recency_auc",
                        "RECENCY_AUC_REPEAT=churn.baseline_recency_auc_repeat",
                        "FREQUENCY_AUC=churn.baseline_frequency_auc",
                        "FREQUENCY_AUC_REPEAT=churn.baseline_frequency_auc_repeat",
                        "BRIER=churn.brier",
                        "BRIER_BASE=churn.baseline_brier",
                        "LOG_LOSS=churn.logloss",
                        "PREDICTED=churn.predicted_share",
                        "HAPPENED=churn.actual_share",
                        "TOTAL_RATIO=clv.total_ratio",
                        "RMSE=clv.rmse",
                        "SPEARMAN=clv.spearman",
                        "TOP_DECILE_SHARE=clv.top_decile_share",
                        "OFFERS=offers.",
                        "OFFER_CALIBRATION=offers.calibration_",
                        "EXPECTED=expected",
                        "ACTUAL=actual",
                        "ACCEPTANCE=offers.acceptance_",
                        "RECALL_10=recall10",
                        "RECALL_20=recall20",
                        "NEXT_BASKET_USERS=offers.next_basket_users",
                        "REPEAT_SHARE=offers.repeat_share",
                        "LOW=.low",
                        "HIGH=.high");
    }

    @Test
    void headers() {
        assertThat(constants(HeaderNames.class))
                .containsExactlyInAnyOrder(
                        "RUN_ID=ebbline.run-id",
                        "REPLAY=ebbline.replay",
                        "TOPIC=ebbline.topic",
                        "PARTITION=ebbline.partition",
                        "OFFSET=ebbline.offset",
                        "RECORD_TIME=ebbline.record-time",
                        "STAGE=ebbline.stage",
                        "REASON=ebbline.reason",
                        "ERROR=ebbline.error");
        assertThat(values(HeaderNames.class)).doesNotHaveDuplicates();
    }

    @Test
    void rejectReasons() {
        assertThat(Arrays.stream(RejectReason.values()).map(RejectReason::code))
                .containsExactlyInAnyOrder(
                        "no-value",
                        "not-avro",
                        "unknown-schema",
                        "wrong-type",
                        "incompatible-schema",
                        "undecodable",
                        "no-customer",
                        "key-mismatch",
                        "no-event-id",
                        "no-order-id",
                        "no-lines",
                        "invalid-amount",
                        "invalid-time",
                        "future",
                        "no-exchange-rate",
                        "unsupported-request",
                        "unknown-format",
                        "merge-into-itself",
                        "already-merged",
                        "not-merged",
                        "merge-cycle",
                        "too-many-members",
                        "late",
                        "erased");
        assertThat(RejectReason.values()).allMatch(reason -> !reason.advice().isBlank());
    }

    @Test
    void reasonCodes() {
        assertThat(names(ReasonCode.values()))
                .containsExactlyInAnyOrder(
                        "DAYS_SINCE_ORDER",
                        "KEPT_ORDERS",
                        "NET_SPEND",
                        "RECENCY_SCORE",
                        "FREQUENCY_SCORE",
                        "MONETARY_SCORE",
                        "FIRST_ORDER",
                        "DAYS_OF_SILENCE",
                        "WIN_BACK",
                        "NO_ORDER",
                        "OVERDUE",
                        "LOW_REPURCHASE",
                        "FREQUENCY_FALL",
                        "SPEND_FALL",
                        "ENGAGEMENT_FALL",
                        "NEGATIVE",
                        "WAKE_UP",
                        "FORGOTTEN",
                        "ERASED",
                        "MERGED",
                        "UNMERGED",
                        "REPEATS",
                        "HORIZON",
                        "ENGAGEMENT",
                        "STEP",
                        "CHANNEL",
                        "HOUR",
                        "NO_CONTACT",
                        "GROSS_SPEND",
                        "RETURNED",
                        "RECENT_SPEND",
                        "EXPECTED_ORDERS",
                        "EXPECTED_SPEND",
                        "EXPECTED_VALUE",
                        "DISCOUNT_RATE",
                        "EXPECTED_WAIT",
                        "ALIVE",
                        "ONE_OCCASION",
                        "AVERAGE_ORDER",
                        "POTENTIAL",
                        "DEAL_SHARE",
                        "DISCOUNT_DEPTH",
                        "CAMPAIGN_SHARE",
                        "CATEGORY",
                        "ORDER_CHANNEL",
                        "RATING",
                        "COMPLAINTS",
                        "RETURNS",
                        "SERVICE_CONTACTS",
                        "REFERRALS",
                        "SATISFACTION",
                        "TRUST",
                        "KEPT_SHARE",
                        "ATTACHMENT",
                        "ONE_ORDER",
                        "NO_SURVEY",
                        "NO_DISCOUNT_KNOWN",
                        "NO_CATEGORY_KNOWN",
                        "NO_CHANNEL_KNOWN",
                        "NO_RECENT_ORDER",
                        "FOLLOWS",
                        "CATEGORY_FOLLOWS",
                        "GOES_WITH",
                        "POPULAR",
                        "USED_UP",
                        "OWN_ORDERS",
                        "BOUGHT_AGAIN",
                        "TAKEN_UP");
    }

    // ---- Avro

    /** Every schema of the repository by its full name. */
    private static Map<String, Schema> schemas() throws IOException {
        Map<String, Schema> schemas = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("schemas"))) {
            for (Path file : files.toList()) {
                Schema schema = new Schema.Parser().parse(Files.readString(file));
                assertThat(file).hasFileName(schema.getName() + ".avsc");
                schemas.put(schema.getFullName(), schema);
            }
        }
        return schemas;
    }

    private static List<Schema> within(Schema schema) {
        List<Schema> all = new ArrayList<>(List.of(schema));
        switch (schema.getType()) {
            case RECORD -> schema.getFields().forEach(field -> all.addAll(within(field.schema())));
            case ARRAY -> all.addAll(within(schema.getElementType()));
            case UNION -> schema.getTypes().forEach(type -> all.addAll(within(type)));
            default -> {}
        }
        return all;
    }

    @Test
    void avroNames() throws IOException {
        assertThat(schemas().keySet())
                .containsExactly(
                        "io.ebbline.Catalogue",
                        "io.ebbline.ChurnSignal",
                        "io.ebbline.Clock",
                        "io.ebbline.Correction",
                        "io.ebbline.CustomerMove",
                        "io.ebbline.CustomerScore",
                        "io.ebbline.CutPoints",
                        "io.ebbline.Erasure",
                        "io.ebbline.ExchangeRates",
                        "io.ebbline.FunnelTick",
                        "io.ebbline.LifecycleTransition",
                        "io.ebbline.Merge",
                        "io.ebbline.NextBestOffer",
                        "io.ebbline.OfferPolicy",
                        "io.ebbline.OfferSet",
                        "io.ebbline.OfferTick",
                        "io.ebbline.OfferWithdrawal",
                        "io.ebbline.PopulationTick",
                        "io.ebbline.Purchase",
                        "io.ebbline.Return",
                        "io.ebbline.ScoreChange",
                        "io.ebbline.ScoringModel",
                        "io.ebbline.Touchpoint",
                        "io.ebbline.Unmerge");
        for (Topic topic : Topic.values()) {
            for (String record : topic.records()) {
                assertThat(Schemas.of(record)).isEqualTo(schemas().get("io.ebbline." + record));
            }
        }
    }

    @Test
    void aReaderThatDoesNotKnowASymbolReadsUnknown() throws IOException {
        List<Schema> enums = schemas().values().stream()
                .flatMap(schema -> within(schema).stream())
                .filter(schema -> schema.getType() == Schema.Type.ENUM)
                .toList();
        assertThat(enums.stream().map(Schema::getName))
                .containsExactlyInAnyOrder(
                        "Stage",
                        "Stage",
                        "Stage",
                        "Stage",
                        "Stage",
                        "StageTask",
                        "OfferCause",
                        "OfferKind",
                        "Refusal",
                        "Overtaken",
                        "Dimension",
                        "TransitionKind",
                        "Moved",
                        "Trigger",
                        "Trigger",
                        "TouchpointType",
                        "SignalKind",
                        "Risk",
                        "Risk",
                        "Trigger",
                        "CorrectionCause",
                        "MoveKind",
                        "BuyingFamily",
                        "PurchaseFamily",
                        "Use");
        assertThat(enums).allMatch(schema -> "UNKNOWN".equals(schema.getEnumDefault()));
        assertThat(enums)
                .allMatch(schema -> "UNKNOWN".equals(schema.getEnumSymbols().get(0)));
    }

    @Test
    void outputsHoldNoMap() throws IOException {
        assertThat(schemas().values().stream().flatMap(schema -> within(schema).stream()))
                .noneMatch(schema -> schema.getType() == Schema.Type.MAP);
    }

    @Test
    void symbolsStandInTheOrderOfTheConstants() throws IOException {
        assertThat(symbols("CustomerScore", "stage"))
                .isEqualTo(names(Stage.values()))
                .containsExactly("UNKNOWN", "PROSPECT", "GROWTH", "MATURE", "DECLINE", "DEPARTED");
        Schema nullableStage =
                schemas().get("io.ebbline.ScoreChange").getField("stage").schema();
        assertThat(nullableStage.getTypes().get(1).getEnumSymbols()).isEqualTo(names(Stage.values()));
        assertThat(symbols("ScoreChange", "trigger")).isEqualTo(withUnknown(Effect.Trigger.values()));
        assertThat(symbols("Correction", "cause"))
                .isEqualTo(withUnknown(Effect.Correction.Cause.values()))
                .containsExactly("UNKNOWN", "LATE_EVENT", "MERGE", "UNMERGE");
        assertThat(symbols("Touchpoint", "type")).isEqualTo(names(TouchpointType.values()));
        assertThat(symbols("FunnelTick", "stage")).isEqualTo(names(Stage.values()));
        assertThat(symbols("FunnelTick", "task"))
                .isEqualTo(withUnknown(StageTask.values()))
                .containsExactly("UNKNOWN", "ACTIVATE", "SECOND_ORDER", "DEVELOP", "WAKE", "WIN_BACK");
        assertThat(symbols("PopulationTick", "dimension"))
                .isEqualTo(withUnknown(PopulationRow.Dimension.values()))
                .containsExactly(
                        "UNKNOWN", "RECENCY", "FREQUENCY", "MONETARY", "CALIBRATION", "REPURCHASE", "SWITCHING");
        assertThat(products().getField("use").schema().getEnumSymbols())
                .isEqualTo(names(Product.Use.values()))
                .containsExactly("UNKNOWN", "ONCE", "REPLENISHABLE");
        assertThat(symbols("LifecycleTransition", "kind"))
                .isEqualTo(withUnknown(Effect.Transition.Kind.values()))
                .containsExactly("UNKNOWN", "STAGE", "SEGMENT");
        assertThat(symbols("LifecycleTransition", "moved"))
                .isEqualTo(withUnknown(Effect.Transition.Moved.values()))
                .containsExactly("UNKNOWN", "CUSTOMER", "BOUNDARY");
        assertThat(symbols("LifecycleTransition", "trigger"))
                .isEqualTo(withUnknown(Effect.Trigger.values()))
                .containsExactly(
                        "UNKNOWN", "PURCHASE", "RETURN", "TOUCHPOINT", "SILENCE", "REQUEST", "MERGE", "UNMERGE");
        assertThat(symbols("CustomerMove", "kind"))
                .isEqualTo(withUnknown(Move.Kind.values()))
                .containsExactly("UNKNOWN", "MOVED", "FORWARDED", "UNMOVED", "ERASED", "REFUSED");
    }

    @Test
    void symbolsOfOffersStandInTheOrderOfTheConstants() throws IOException {
        assertThat(symbols("NextBestOffer", "cause")).containsExactly("UNKNOWN", "ORDER", "STAGE", "DECLINE", "NEED");
        assertThat(symbols("NextBestOffer", "stage")).isEqualTo(names(Stage.values()));
        assertThat(symbols(item("NextBestOffer", "offers"), "kind"))
                .isEqualTo(withUnknown(Kind.values()))
                .containsExactly(
                        "UNKNOWN", "EXPLORE", "REPLENISH", "BUNDLE", "POPULAR", "RESCUE", "WIN_BACK", "CAMPAIGN");
        assertThat(symbols(item("NextBestOffer", "refused"), "why"))
                .isEqualTo(withUnknown(OfferEffect.Refusal.values()))
                .containsExactly(
                        "UNKNOWN",
                        "OWNED",
                        "RETURNED",
                        "UNAVAILABLE",
                        "OUT_OF_TIME",
                        "BUDGET",
                        "NOT_ELIGIBLE",
                        "REJECTED",
                        "COOL_DOWN",
                        "CATEGORY_COOL_DOWN",
                        "NO_CONSENT",
                        "CHANNEL");
        assertThat(symbols("OfferWithdrawal", "why"))
                .isEqualTo(withUnknown(OfferEffect.Withdrawn.Why.values()))
                .containsExactly("UNKNOWN", "BOUGHT", "RETURNED", "CONSENT_WITHDRAWN", "REJECTED", "FORGOTTEN");
    }

    private static Schema item(String record, String field) throws IOException {
        return schemas().get("io.ebbline." + record).getField(field).schema().getElementType();
    }

    private static List<String> symbols(Schema record, String field) {
        return record.getField(field).schema().getEnumSymbols();
    }

    private static Schema products() throws IOException {
        return schemas()
                .get("io.ebbline.Catalogue")
                .getField("products")
                .schema()
                .getElementType();
    }

    private static List<String> symbols(String record, String field) throws IOException {
        return symbols(schemas().get("io.ebbline." + record), field);
    }

    private static List<String> withUnknown(Enum<?>[] constants) {
        List<String> names = new ArrayList<>(List.of("UNKNOWN"));
        names.addAll(names(constants));
        return names;
    }
}
