package io.ebbline.job;

import io.ebbline.config.AffinityLists;
import io.ebbline.config.Delivery;
import io.ebbline.config.QuietMode;
import io.ebbline.config.Replay;
import io.ebbline.config.Settings;
import io.ebbline.connector.ControlTopic;
import io.ebbline.connector.EventTimeWatermarks;
import io.ebbline.connector.KafkaStreams;
import io.ebbline.connector.OutputRoutes;
import io.ebbline.connector.ReplaySpan;
import io.ebbline.connector.TopicException;
import io.ebbline.engine.EngineRules;
import io.ebbline.offer.Assortment;
import io.ebbline.offer.Desk;
import io.ebbline.offer.Ranker;
import io.ebbline.operator.AffinityOperator;
import io.ebbline.operator.ControlUpdate;
import io.ebbline.operator.CustomerOperator;
import io.ebbline.operator.ForCustomer;
import io.ebbline.operator.ForProduct;
import io.ebbline.operator.MetricNames;
import io.ebbline.operator.ModelGate;
import io.ebbline.operator.OfferNews;
import io.ebbline.operator.OfferOperator;
import io.ebbline.operator.OfferStatsOperator;
import io.ebbline.operator.PopulationOperator;
import io.ebbline.operator.StreamTypes;
import io.ebbline.population.DeadBand;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.CustomerKeyType;
import io.ebbline.wire.ConfluentRegistry;
import io.ebbline.wire.EffectEncoder;
import io.ebbline.wire.Incoming;
import io.ebbline.wire.OfferEncoder;
import io.ebbline.wire.OfferStatsEncoder;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.PopulationEncoder;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.jspecify.annotations.Nullable;

/** The job: events and models in, answers out. Read {@link #connect} as its table of contents. */
public final class ScoringJob {

    /**
     * Where what comes out goes. What is told of all customers has a sink of its own, so that the answers of each subtask reach
     * theirs without leaving the task.
     *
     * @param answers what is told of each customer
     * @param offers what is offered to each
     * @param previews what will be told of each, outside of any transaction
     * @param population what is told of all of them, and of offers
     * @param cuts cut points for the control topic, outside of any transaction
     */
    record Outputs(
            Sink<Outgoing> answers,
            Sink<Outgoing> offers,
            Sink<Outgoing> previews,
            Sink<Outgoing> population,
            Sink<Outgoing> cuts) {}

    private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(200);

    private ScoringJob() {}

    /**
     * Defines the job on real topics.
     *
     * @throws TopicException when there is no model on the control topic, or the brokers do not answer
     */
    public static void define(StreamExecutionEnvironment env, Settings settings) {
        Properties client = kafkaClient(settings);
        define(env, settings, events(settings, client), moves(settings, client));
    }

    /**
     * Defines the job as it repeats history.
     *
     * @param settings with {@code replay}, and with the span's end as {@code until}
     * @throws TopicException as {@link #define}
     */
    public static void replay(StreamExecutionEnvironment env, Settings settings, ReplaySpan span) {
        define(
                env,
                settings,
                KafkaStreams.replayed(
                        kafkaClient(settings),
                        settings.jobName(),
                        registries(settings),
                        settings.currency().getCurrencyCode(),
                        settings.futureTolerance().toMillis(),
                        span),
                recordsMoves(settings)
                        ? moves(settings, kafkaClient(settings))
                        : KafkaStreams.recordedMoves(
                                kafkaClient(settings),
                                settings.jobName(),
                                registries(settings),
                                settings.currency().getCurrencyCode(),
                                settings.futureTolerance().toMillis(),
                                span));
    }

    private static void define(
            StreamExecutionEnvironment env,
            Settings settings,
            Source<Incoming, ?, ?> events,
            Source<Incoming, ?, ?> moves) {
        configure(env, settings);
        Properties client = kafkaClient(settings);
        if (ControlTopic.end(client) == 0) {
            throw new TopicException(
                    "The topic " + Topic.SCORING_MODELS.topicName()
                            + " holds no model, and without one nothing can be scored: publish the shipped one with"
                            + " `ebbline setup --bootstrap-servers " + settings.bootstrapServers() + "`.",
                    null);
        }
        connect(
                env,
                settings,
                events,
                moves,
                models(settings, client),
                () -> ControlTopic.end(client),
                new Outputs(
                        outputs(settings, client),
                        offerOutputs(settings, client),
                        previewOutputs(settings, client),
                        populationOutputs(settings, client),
                        cuts(settings, client)));
    }

    /** The topology, its sources and its sinks given. */
    static void connect(
            StreamExecutionEnvironment env,
            Settings settings,
            Source<Incoming, ?, ?> eventSource,
            Source<Incoming, ?, ?> moveSource,
            Source<Incoming, ?, ?> modelSource,
            ModelGate.EndOfTopic modelTopic,
            Outputs outputs) {
        DataStream<Incoming> events =
                readEvents(env, settings, eventSource).union(readMoves(env, settings, moveSource));
        DataStream<ControlUpdate> models = checkModels(readModels(env, modelSource), settings, modelTopic);
        SingleOutputStreamOperator<Outgoing> answers = scoreCustomers(events, models, settings);
        write(answers, outputs.answers());
        writePreviews(answers, outputs.previews());
        SingleOutputStreamOperator<Outgoing> offers = makeOffers(answers, models, settings);
        writeOffers(offers, outputs.offers());
        SingleOutputStreamOperator<Outgoing> population = countPopulation(answers, settings);
        writeTold(population.union(countOffers(offers, settings)), outputs.population());
        publishCuts(population, outputs.cuts());
        report(answers, offers, settings);
    }

    static DataStream<Incoming> readEvents(
            StreamExecutionEnvironment env, Settings settings, Source<Incoming, ?, ?> source) {
        return env.fromSource(source, watermarks(settings), "events")
                .uid(Uids.EVENTS)
                .setParallelism(Math.min(settings.parallelism(), readers(settings)));
    }

    /** What customers that were merged hand over comes back by a topic, so that it is recorded: the graph has no cycle. */
    private static DataStream<Incoming> readMoves(
            StreamExecutionEnvironment env, Settings settings, Source<Incoming, ?, ?> source) {
        return env.fromSource(
                        source,
                        recordsMoves(settings) ? EventTimeWatermarks.apart() : EventTimeWatermarks.ahead(),
                        "moves")
                .uid(Uids.MOVES)
                .setParallelism(Math.min(settings.parallelism(), readers(settings)));
    }

    private static WatermarkStrategy<Incoming> watermarks(Settings settings) {
        Replay replay = settings.replay();
        if (replay != null) {
            return EventTimeWatermarks.replayed(
                    settings.lateness(), rules(settings).until(), replay.maxDrift());
        }
        return settings.quietMode() == QuietMode.CLOCKED
                ? EventTimeWatermarks.recorded(settings.lateness())
                : EventTimeWatermarks.live(settings.lateness(), settings.quietAfter(), WATERMARK_INTERVAL);
    }

    /**
     * Kafka's source deals out each topic's partitions round by round from a place of the topic's own: with no more readers than a
     * topic has partitions each gets one. A reader without would hold back time for ever.
     */
    private static int readers(Settings settings) {
        return settings.partitions();
    }

    private static DataStream<Incoming> readModels(StreamExecutionEnvironment env, Source<Incoming, ?, ?> source) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "models")
                .uid(Uids.MODELS)
                .setParallelism(1);
    }

    private static DataStream<ControlUpdate> checkModels(
            DataStream<Incoming> models, Settings settings, ModelGate.EndOfTopic modelTopic) {
        return models.transform(
                        "model-gate",
                        StreamTypes.CONTROL,
                        new ModelGate(
                                registries(settings),
                                modelTopic,
                                settings.currency().getCurrencyCode()))
                .uid(Uids.MODEL_GATE)
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    private static SingleOutputStreamOperator<Outgoing> scoreCustomers(
            DataStream<Incoming> events, DataStream<ControlUpdate> models, Settings settings) {
        return events.keyBy(Incoming::key, CustomerKeyType.INSTANCE)
                .connect(models.broadcast())
                .transform(
                        MetricNames.OPERATOR,
                        StreamTypes.OUTGOING,
                        new CustomerOperator(
                                rules(settings),
                                encoders(settings),
                                settings.cacheCustomers(),
                                settings.reportDir() != null,
                                areKeyed(settings),
                                settings.suppressKey().bytes(),
                                settings.previews(),
                                isReplay(settings)))
                .uid(Uids.SCORING);
    }

    static void write(DataStream<Outgoing> answers, Sink<Outgoing> sink) {
        answers.sinkTo(sink).name("outputs").uid(Uids.OUTPUTS);
    }

    /** There though none may come: without it a job that tells none any more could not go on from where it did. */
    private static void writePreviews(SingleOutputStreamOperator<Outgoing> answers, Sink<Outgoing> sink) {
        answers.getSideOutput(CustomerOperator.PREVIEWS)
                .sinkTo(sink)
                .name("previews")
                .uid(Uids.PREVIEWS);
    }

    /** There though none may be made: without it a job that makes none any more could not go on from where it did. */
    private static SingleOutputStreamOperator<Outgoing> makeOffers(
            SingleOutputStreamOperator<Outgoing> answers, DataStream<ControlUpdate> models, Settings settings) {
        long until = rules(settings).until();
        boolean keyed = areKeyed(settings);
        SingleOutputStreamOperator<ForProduct> counts = OfferGraph.count(answers);
        DataStream<OfferNews> market = OfferGraph.market(counts, until);
        DataStream<ForProduct> ofProducts = keyed ? counts.union(answers.getSideOutput(CustomerOperator.ASKS)) : counts;
        SingleOutputStreamOperator<OfferNews> lists =
                OfferGraph.lists(ofProducts, market, new AffinityOperator(until, 0, keyed));
        DataStream<ForCustomer> facts = answers.getSideOutput(CustomerOperator.FACTS);
        return OfferGraph.offers(
                keyed ? facts.union(lists.getSideOutput(AffinityOperator.REPLIES)) : facts,
                market.union(lists, OfferGraph.versions(models)),
                new OfferOperator(
                        until,
                        desks(settings),
                        offerEncoders(settings),
                        settings.currency().getDefaultFractionDigits(),
                        settings.cacheCustomers()));
    }

    private static boolean areKeyed(Settings settings) {
        return settings.affinityLists() == AffinityLists.KEYED;
    }

    /** In one sink with the answers, these would leave their task and be serialised once more. */
    private static void writeOffers(DataStream<Outgoing> offers, Sink<Outgoing> sink) {
        offers.sinkTo(sink).name("offers").uid(Uids.OFFER_OUTPUTS);
    }

    private static SingleOutputStreamOperator<Outgoing> countPopulation(
            SingleOutputStreamOperator<Outgoing> answers, Settings settings) {
        return answers.getSideOutput(CustomerOperator.TICKS)
                .transform(
                        MetricNames.POPULATION,
                        StreamTypes.OUTGOING,
                        new PopulationOperator(
                                rules(settings).until(), populationEncoders(settings), deadBand(settings)))
                .uid(Uids.POPULATION)
                .startNewChain() // Whatever the parallelism: a savepoint keeps the key groups of the whole task.
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    private static DataStream<Outgoing> countOffers(SingleOutputStreamOperator<Outgoing> offers, Settings settings) {
        return OfferGraph.stats(offers, new OfferStatsOperator(rules(settings).until(), offerStatsEncoders(settings)));
    }

    private static void writeTold(DataStream<Outgoing> ofAll, Sink<Outgoing> sink) {
        ofAll.sinkTo(sink).name("funnel").uid(Uids.POPULATION_OUTPUTS).setParallelism(1);
    }

    /** There though nothing may come: without it a job that no longer publishes could not go on from where it did. */
    private static void publishCuts(SingleOutputStreamOperator<Outgoing> population, Sink<Outgoing> sink) {
        population
                .getSideOutput(PopulationOperator.CUTS)
                .sinkTo(sink)
                .name("cuts")
                .uid(Uids.CUTS)
                .setParallelism(1);
    }

    private static void report(
            SingleOutputStreamOperator<Outgoing> answers,
            SingleOutputStreamOperator<Outgoing> offers,
            Settings settings) {
        Path dir = settings.reportDir();
        if (dir != null) {
            FileSink<String> files = FileSink.forRowFormat(
                            org.apache.flink.core.fs.Path.fromLocalFile(dir.toFile()),
                            new SimpleStringEncoder<String>("UTF-8"))
                    .withRollingPolicy(OnCheckpointRollingPolicy.build())
                    .build();
            answers.getSideOutput(CustomerOperator.REPORT)
                    .union(offers.getSideOutput(OfferOperator.REPORT))
                    .sinkTo(files)
                    .name("report")
                    .uid(Uids.REPORT);
        }
    }

    // ---- from settings to parts

    static Source<Incoming, ?, ?> events(Settings settings, Properties client) {
        return KafkaStreams.events(
                client,
                settings.jobName(),
                registries(settings),
                settings.currency().getCurrencyCode(),
                settings.futureTolerance().toMillis());
    }

    /** The job reads the moves that it writes. */
    private static Source<Incoming, ?, ?> moves(Settings settings, Properties client) {
        return KafkaStreams.moves(
                client,
                settings.jobName(),
                registries(settings),
                settings.currency().getCurrencyCode(),
                settings.futureTolerance().toMillis(),
                Objects.requireNonNull(routes(settings).moves()));
    }

    /** Whether moves between customers are made and written, or found recorded. */
    private static boolean recordsMoves(Settings settings) {
        Replay replay = settings.replay();
        return replay == null || replay.recordMoves();
    }

    private static Source<Incoming, ?, ?> models(Settings settings, Properties client) {
        return KafkaStreams.models(client, settings.jobName());
    }

    static Sink<Outgoing> outputs(Settings settings, Properties client) {
        return sink(settings, client, guarantee(settings), "-outputs");
    }

    private static Sink<Outgoing> offerOutputs(Settings settings, Properties client) {
        return sink(settings, client, guarantee(settings), "-offers");
    }

    /** Without a transaction: they are read before a checkpoint. */
    private static Sink<Outgoing> previewOutputs(Settings settings, Properties client) {
        return sink(settings, client, DeliveryGuarantee.AT_LEAST_ONCE, "-previews");
    }

    private static Sink<Outgoing> populationOutputs(Settings settings, Properties client) {
        return sink(settings, client, guarantee(settings), "-population");
    }

    /** Without a transaction: a version that comes again after a failure is the same one, and the first of a key wins. */
    private static Sink<Outgoing> cuts(Settings settings, Properties client) {
        return sink(settings, client, DeliveryGuarantee.AT_LEAST_ONCE, "-cuts");
    }

    private static Sink<Outgoing> sink(
            Settings settings, Properties client, DeliveryGuarantee guarantee, String idSuffix) {
        return KafkaStreams.outputs(
                client,
                guarantee,
                settings.jobName() + idSuffix,
                settings.transactionTimeout().toMillis(),
                routes(settings));
    }

    private static OutputRoutes routes(Settings settings) {
        OutputRoutes routes = OutputRoutes.under(settings.outputPrefix());
        Replay replay = settings.replay();
        if (replay == null) {
            return routes;
        }
        OutputRoutes repeated = replay.recordMoves() ? routes.recordingMoves() : routes.withoutMoves();
        Instant cutOver = replay.cutOver();
        return cutOver == null ? repeated : repeated.holdingBack(cutOver.toEpochMilli(), replay.heldBackTopic());
    }

    private static boolean isReplay(Settings settings) {
        return settings.replay() != null;
    }

    private static DeliveryGuarantee guarantee(Settings settings) {
        return settings.delivery() == Delivery.EXACTLY_ONCE
                ? DeliveryGuarantee.EXACTLY_ONCE
                : DeliveryGuarantee.AT_LEAST_ONCE;
    }

    private static @Nullable DeadBand deadBand(Settings settings) {
        return settings.publishCuts() ? new DeadBand(settings.cutsDeadBandPercent()) : null;
    }

    /** What the engine holds to under these settings. */
    public static EngineRules rules(Settings settings) {
        EngineRules endless = new EngineRules(
                EngineRules.ENDLESS,
                settings.dedupHorizon().toMillis(),
                settings.maxReview().toMillis(),
                settings.timeZone(),
                settings.offers(),
                settings.correctionHorizon().toMillis());
        return settings.until() == null
                ? endless
                : endless.until(settings.until().toEpochMilli());
    }

    static CustomerOperator.EncoderFactory encoders(Settings settings) {
        SchemaRegistry.Factory registries = registries(settings);
        boolean autoRegister = settings.autoRegister();
        String currency = settings.currency().getCurrencyCode();
        String runId = settings.runId();
        boolean replay = isReplay(settings);
        return () -> new EffectEncoder(registries.create(), autoRegister, currency, runId, replay);
    }

    private static OfferOperator.DeskFactory desks(Settings settings) {
        EngineRules rules = rules(settings);
        return models -> {
            Assortment assortment = new Assortment(models, new Ranker());
            return new Desk(
                    new ShopClock(rules.timeZone()),
                    rules.until(),
                    models,
                    assortment,
                    assortment,
                    assortment,
                    Topic.NEXT_BEST_OFFERS.topicName());
        };
    }

    private static OfferOperator.EncoderFactory offerEncoders(Settings settings) {
        SchemaRegistry.Factory registries = registries(settings);
        boolean autoRegister = settings.autoRegister();
        String currency = settings.currency().getCurrencyCode();
        String runId = settings.runId();
        boolean replay = isReplay(settings);
        return () -> new OfferEncoder(registries.create(), autoRegister, currency, runId, replay);
    }

    private static OfferStatsOperator.EncoderFactory offerStatsEncoders(Settings settings) {
        SchemaRegistry.Factory registries = registries(settings);
        boolean autoRegister = settings.autoRegister();
        String runId = settings.runId();
        boolean replay = isReplay(settings);
        return () -> new OfferStatsEncoder(registries.create(), autoRegister, runId, replay);
    }

    private static PopulationOperator.EncoderFactory populationEncoders(Settings settings) {
        SchemaRegistry.Factory registries = registries(settings);
        boolean autoRegister = settings.autoRegister();
        String currency = settings.currency().getCurrencyCode();
        String runId = settings.runId();
        boolean replay = isReplay(settings);
        return () -> new PopulationEncoder(registries.create(), autoRegister, currency, runId, replay);
    }

    static SchemaRegistry.Factory registries(Settings settings) {
        return ConfluentRegistry.factory(
                settings.registryUrl(), settings.client().forRegistry());
    }

    static Properties kafkaClient(Settings settings) {
        Properties client = settings.client().toProperties();
        client.setProperty("bootstrap.servers", settings.bootstrapServers());
        return client;
    }

    /** What must hold wherever the job runs, whatever the cluster's configuration says. */
    static void configure(StreamExecutionEnvironment env, Settings settings) {
        Configuration config = new Configuration();
        config.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        config.set(PipelineOptions.NAME, settings.jobName());
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        config.set(PipelineOptions.OBJECT_REUSE, true);
        config.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
        config.set(PipelineOptions.MAX_PARALLELISM, Settings.MAX_PARALLELISM);
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        config.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        config.set(CheckpointingOptions.ENABLE_UNALIGNED, false); // See docs/decisions.md, "Offers in the stream".
        config.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        env.configure(config);
        env.setParallelism(settings.parallelism());
    }
}
