package io.ebbline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ebbline.config.AffinityLists;
import io.ebbline.config.Settings;
import io.ebbline.config.SettingsBuilder;
import io.ebbline.connector.KafkaStreams;
import io.ebbline.connector.OutputRoutes;
import io.ebbline.wire.ConfluentRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The job's graph with its real sources and sink, which need no broker until they run. */
class TopologyTest {

    private static StreamGraph graph(SettingsBuilder builder) {
        return graph(builder, 2);
    }

    private static StreamGraph graph(SettingsBuilder builder, int parallelism) {
        Settings settings = builder.parallelism(parallelism).build();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment();
        ScoringJob.configure(env, settings);
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", "localhost:1");
        ScoringJob.connect(
                env,
                settings,
                KafkaStreams.events(
                        client, "job", () -> new ConfluentRegistry("http://localhost:1", Map.of()), "GBP", 1_000),
                KafkaStreams.moves(
                        client,
                        "job",
                        () -> new ConfluentRegistry("http://localhost:1", Map.of()),
                        "GBP",
                        1_000,
                        "customer-moves"),
                KafkaStreams.models(client, "job"),
                () -> 1,
                new ScoringJob.Outputs(
                        KafkaStreams.outputs(
                                client, DeliveryGuarantee.EXACTLY_ONCE, "job-outputs", 600_000, OutputRoutes.under("")),
                        KafkaStreams.outputs(
                                client, DeliveryGuarantee.EXACTLY_ONCE, "job-offers", 600_000, OutputRoutes.under("")),
                        KafkaStreams.outputs(
                                client,
                                DeliveryGuarantee.AT_LEAST_ONCE,
                                "job-previews",
                                600_000,
                                OutputRoutes.under("")),
                        KafkaStreams.outputs(
                                client,
                                DeliveryGuarantee.EXACTLY_ONCE,
                                "job-population",
                                600_000,
                                OutputRoutes.under("")),
                        KafkaStreams.outputs(
                                client, DeliveryGuarantee.AT_LEAST_ONCE, "job-cuts", 600_000, OutputRoutes.under(""))));
        return env.getStreamGraph();
    }

    private static List<JobVertex> vertices(StreamGraph graph) {
        JobGraph job = graph.getJobGraph();
        List<JobVertex> vertices = new ArrayList<>();
        job.getVertices().forEach(vertices::add);
        return vertices;
    }

    private static JobVertex withOperator(List<JobVertex> vertices, String name) {
        List<JobVertex> found =
                vertices.stream().filter(v -> v.getName().contains(name)).toList();
        assertThat(found).as("vertices that run " + name).hasSize(1);
        return found.get(0);
    }

    @Test
    void everyOperatorIsNamedForSavepoints() {
        for (StreamNode node :
                graph(Settings.builder().reportDir(Path.of("report"))).getStreamNodes()) {
            assertThat(node.getTransformationUID())
                    .as("uid of " + node.getOperatorName())
                    .isNotBlank();
        }
    }

    @Test
    void theUidsAreTheOnesThatSavepointsKnow() {
        assertThat(graph(Settings.builder()).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains(
                        "events-source",
                        "moves-source",
                        "models-source",
                        "model-gate",
                        "customer-scoring",
                        "outputs-sink");
    }

    @Test
    void allCustomersAreCountedByOneTask() {
        List<JobVertex> vertices = vertices(graph(Settings.builder()));
        assertThat(withOperator(vertices, "population").getParallelism()).isEqualTo(1);
        assertThat(withOperator(vertices, "offer-stats").getParallelism()).isEqualTo(1);
        assertThat(withOperator(vertices, "funnel: Writer").getParallelism()).isEqualTo(1);
        assertThat(graph(Settings.builder()).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("population", "population-sink", "offer-stats");
    }

    // ---- offers

    @Test
    void basketsAreAddedUpInTheTaskOfTheCustomers() {
        List<JobVertex> vertices = vertices(graph(Settings.builder().reportDir(Path.of("report"))));
        assertThat(withOperator(vertices, "basket-counts")).isSameAs(withOperator(vertices, "customer-scoring"));
    }

    @Test
    void offersGoToTheSinksWriterWithoutLeavingTheTask() {
        List<JobVertex> vertices = vertices(graph(Settings.builder().reportDir(Path.of("report"))));
        assertThat(withOperator(vertices, "offer-ranking")).isSameAs(withOperator(vertices, "offers: Writer"));
        assertThat(withOperator(vertices, "offer-ranking").getParallelism()).isEqualTo(2);
        assertThat(withOperator(vertices, "offer-ranking").getMaxParallelism()).isEqualTo(720);
    }

    @Test
    void theMarketIsCountedByOneTaskAndProductsByAll() {
        List<JobVertex> vertices = vertices(graph(Settings.builder()));
        assertThat(withOperator(vertices, "market").getParallelism()).isEqualTo(1);
        assertThat(withOperator(vertices, "affinity").getParallelism()).isEqualTo(2);
    }

    @Test
    void theGraphIsTheSameWhetherOffersAreMadeOrNot() {
        assertThat(uids(Settings.builder().offers(false)))
                .contains("affinity-combiner", "market", "affinity", "offer-models", "offer-ranking", "offers-sink")
                .isEqualTo(uids(Settings.builder().offers(true)));
    }

    @Test
    void theOperatorsAreTheSameHoweverListsAreTold() {
        assertThat(uids(Settings.builder().affinityLists(AffinityLists.KEYED))).isEqualTo(uids(Settings.builder()));
    }

    @Test
    void listsAreAskedForOnlyWhenTheyAreKeyed() {
        assertThat(edgesInto(Uids.AFFINITY, Settings.builder())).isEqualTo(2);
        assertThat(edgesInto(Uids.AFFINITY, Settings.builder().affinityLists(AffinityLists.KEYED)))
                .isEqualTo(3);
        assertThat(edgesInto(Uids.OFFERS, Settings.builder().affinityLists(AffinityLists.KEYED)))
                .isEqualTo(edgesInto(Uids.OFFERS, Settings.builder()) + 1);
    }

    private static int edgesInto(String uid, SettingsBuilder builder) {
        return graph(builder).getStreamNodes().stream()
                .filter(node -> uid.equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow()
                .getInEdges()
                .size();
    }

    @Test
    void theGraphIsTheSameWhetherCutPointsArePublishedOrNot() {
        assertThat(uids(Settings.builder().publishCuts(true)))
                .contains("cuts-sink")
                .isEqualTo(uids(Settings.builder()));
    }

    @Test
    void theGraphIsTheSameWithPreviewsAndWithout() {
        assertThat(uids(Settings.builder().previews(true)))
                .contains("previews-sink")
                .isEqualTo(uids(Settings.builder()));
    }

    @Test
    void previewsGoToTheSinksWriterWithoutLeavingTheTask() {
        List<JobVertex> vertices = vertices(graph(Settings.builder().previews(true)));
        assertThat(withOperator(vertices, "previews: Writer")).isSameAs(withOperator(vertices, "customer-scoring"));
    }

    private static List<String> uids(SettingsBuilder builder) {
        return graph(builder).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .sorted()
                .toList();
    }

    @Test
    void keyGroupsAreFrozenAtSevenHundredAndTwenty() {
        JobVertex scoring = withOperator(vertices(graph(Settings.builder())), "customer-scoring");
        assertThat(scoring.getMaxParallelism()).isEqualTo(720);
        assertThat(scoring.getParallelism()).isEqualTo(2);
    }

    /** A savepoint names the most subtasks of the task that an operator was in: in another task it could not be restored. */
    @Test
    void everyOperatorHasTheSameKeyGroupsAtAnyParallelism() {
        assertThat(keyGroups(1))
                .hasSizeGreaterThan(10)
                .isEqualTo(keyGroups(2))
                .isEqualTo(keyGroups(3))
                .isEqualTo(keyGroups(8));
    }

    private static Map<String, Integer> keyGroups(int parallelism) {
        Map<String, Integer> keyGroups = new TreeMap<>();
        for (JobVertex task : vertices(graph(Settings.builder(), parallelism))) {
            task.getOperatorIDs()
                    .forEach(operator ->
                            keyGroups.put(operator.getGeneratedOperatorID().toHexString(), task.getMaxParallelism()));
        }
        return keyGroups;
    }

    @Test
    void theAnswersGoToTheSinksWriterWithoutLeavingTheTask() {
        List<JobVertex> vertices = vertices(graph(Settings.builder().reportDir(Path.of("report"))));
        assertThat(withOperator(vertices, "customer-scoring")).isSameAs(withOperator(vertices, "outputs: Writer"));
    }

    @Test
    void theModelsAreCheckedByOneTask() {
        StreamNode gate = graph(Settings.builder()).getStreamNodes().stream()
                .filter(node -> Uids.MODEL_GATE.equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow();
        assertThat(gate.getParallelism()).isEqualTo(1);
        assertThat(gate.getMaxParallelism()).isEqualTo(1);
    }

    @Test
    void noReaderOfEventsIsWithoutAPartition() {
        StreamNode events = graph(Settings.builder().partitions(1)).getStreamNodes().stream()
                .filter(node -> Uids.EVENTS.equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow();
        assertThat(events.getParallelism()).isEqualTo(1);
    }

    @Test
    void checkpointsAreAlignedWhateverTheClusterIsConfiguredTo() {
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(1));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(cluster);
        assertThat(env.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isTrue();
        ScoringJob.configure(env, Settings.builder().build());
        assertThat(env.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
    }

    @Test
    void nothingIsLeftToKryoAndNothingRunsInBatches() {
        StreamGraph graph = graph(Settings.builder());
        SerializerConfig serializers = graph.getExecutionConfig().getSerializerConfig();
        assertThatThrownBy(() -> new GenericTypeInfo<>(AtomicLong.class).createSerializer(serializers))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(graph.getExecutionConfig().hasAutoGeneratedUIDsEnabled()).isFalse();
        assertThat(graph.getJobType()).isEqualTo(JobType.STREAMING);
    }
}
