package io.ebbline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;

/** Flink reads flink-conf/config.yaml as it was meant: it ignores what it does not know, so a test has to look. */
class FlinkConfTest {
    private static final List<Class<?>> OPTION_CLASSES = List.of(
            CheckpointingOptions.class,
            CoreOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            PipelineOptions.class,
            RestartStrategyOptions.class,
            StateBackendOptions.class,
            TaskManagerOptions.class,
            RocksDBOptions.class,
            RocksDBConfigurableOptions.class);
    private static final Pattern REPORTER = Pattern.compile("metrics\\.reporter\\.prom\\.(factory\\.class|port)");

    private final Configuration conf = GlobalConfiguration.loadConfiguration("flink-conf");

    @Test
    void everyKeyIsAnOptionOfThisFlinkAndItsValueParses() throws IllegalAccessException {
        Map<String, ConfigOption<?>> known = knownOptions();
        assertThat(conf.keySet()).hasSizeGreaterThan(20);
        for (String key : conf.keySet()) {
            if (REPORTER.matcher(key).matches()) {
                continue;
            }
            ConfigOption<?> option = known.get(key);
            assertThat(option).as("%s is no option of Flink %s", key, "2.2.1").isNotNull();
            assertThatCode(() -> assertThat(read(option)).isPresent()).as(key).doesNotThrowAnyException();
        }
    }

    @Test
    void whatAnswersRestOnIsSet() {
        assertThat(conf.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
        assertThat(conf.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
        assertThat(conf.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(conf.get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(conf.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
        assertThat(conf.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(Settings.MAX_PARALLELISM);
        assertThat(conf.get(RocksDBOptions.TIMER_SERVICE_FACTORY).name()).isEqualTo("ROCKSDB");
        assertThat(conf.get(CoreOptions.FLINK_JVM_OPTIONS)).contains("--add-opens=java.base/java.util=ALL-UNNAMED");
    }

    @Test
    void restartsAreShorterThanTransactionsAllowFor() {
        assertThat(conf.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
                .isLessThan(Settings.RESTART_ALLOWANCE);
    }

    @Test
    void theReporterExists() throws ReflectiveOperationException {
        String name = conf.toMap().get("metrics.reporter.prom.factory.class");
        assertThat(Class.forName(name))
                .isEqualTo(PrometheusReporterFactory.class)
                .isAssignableTo(MetricReporterFactory.class);
    }

    @Test
    void theDemoFindsItAsAResource() {
        assertThat(getClass().getResource("/flink-conf/config.yaml")).isNotNull();
    }

    private Optional<?> read(ConfigOption<?> option) {
        return conf.getOptional(option);
    }

    private static Map<String, ConfigOption<?>> knownOptions() throws IllegalAccessException {
        Map<String, ConfigOption<?>> known = new HashMap<>();
        for (Class<?> type : OPTION_CLASSES) {
            for (Field field : type.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ConfigOption<?> option) {
                    known.put(option.key(), option);
                }
            }
        }
        return known;
    }
}
