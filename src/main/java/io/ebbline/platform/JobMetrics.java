package io.ebbline.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metrics of a running job's operators from Flink's REST interface.
 *
 * <p>Values lag behind by up to {@code metrics.fetcher.update-interval}. They are read subtask by subtask and combined
 * here: Flink's own aggregate takes in only those subtasks that have reported so far, and rounds to a double.
 */
public final class JobMetrics {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    // The names travel in the request line, of which the server takes 4096 characters.
    private static final int SUBTASKS_PER_REQUEST = 10;
    // As TaskMetricGroup.METRICS_OPERATOR_NAME_MAX_LENGTH.
    private static final int LONGEST_OPERATOR_NAME = 80;

    private static final Pattern SUBTASK = Pattern.compile("^[0-9]+\\.");

    private final String webUrl;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(REQUEST_LIMIT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> vertices = new ConcurrentHashMap<>();

    /** @param webUrl the address of Flink's web interface, without a slash at its end */
    public JobMetrics(String webUrl) {
        this.webUrl = webUrl;
    }

    /**
     * The least value among an operator's subtasks.
     *
     * @param operator the operator's name as the job gives it ({@code Source: events}), whole, chained or not
     * @param metric the metric's name within the operator, with its groups ({@code ebbline.late})
     * @return nothing until every subtask has reported the metric, and when there is no such job, operator or metric
     * @throws PlatformException when the web interface does not answer, or when the value is no whole number
     */
    public OptionalLong min(JobID job, String operator, String metric) {
        return values(job, operator, metric).map(LongStream::min).orElse(OptionalLong.empty());
    }

    /** The greatest value among an operator's subtasks; otherwise as {@link #min}. */
    public OptionalLong max(JobID job, String operator, String metric) {
        return values(job, operator, metric).map(LongStream::max).orElse(OptionalLong.empty());
    }

    /** The total of an operator's subtasks; otherwise as {@link #min}. */
    public OptionalLong sum(JobID job, String operator, String metric) {
        return values(job, operator, metric)
                .map(stream -> OptionalLong.of(stream.sum()))
                .orElse(OptionalLong.empty());
    }

    /** A name as Flink writes it in metric ids: shortened, with the characters that have a meaning there replaced. */
    static String written(String operator) {
        String shortened =
                operator.length() > LONGEST_OPERATOR_NAME ? operator.substring(0, LONGEST_OPERATOR_NAME) : operator;
        return shortened.replaceAll("[ .:,]", "_");
    }

    private Optional<LongStream> values(JobID job, String operator, String metric) {
        String id = written(operator) + "." + metric;
        JsonNode all = get("/jobs/" + job).path("vertices");
        String vertex = vertices.computeIfAbsent(job + "/" + id, key -> vertexOf(job, id, all));
        if (vertex == null) {
            return Optional.empty();
        }
        int parallelism = parallelism(all, vertex);
        LongStream.Builder values = LongStream.builder();
        int found = 0;
        for (int first = 0; first < parallelism; first += SUBTASKS_PER_REQUEST) {
            String names = IntStream.range(first, Math.min(parallelism, first + SUBTASKS_PER_REQUEST))
                    .mapToObj(subtask -> URLEncoder.encode(subtask + "." + id, StandardCharsets.UTF_8))
                    .collect(Collectors.joining(","));
            for (JsonNode entry : get("/jobs/" + job + "/vertices/" + vertex + "/metrics?get=" + names)) {
                values.add(number(entry.path("id").asText(), entry.path("value").asText()));
                found++;
            }
        }
        return found > 0 && found == parallelism ? Optional.of(values.build()) : Optional.empty();
    }

    /** Finds the vertex that reports a metric; the names of vertices are for people and may be cut short. */
    private @Nullable String vertexOf(JobID job, String id, JsonNode all) {
        for (JsonNode node : all) {
            String vertex = node.path("id").asText();
            for (JsonNode metric : get("/jobs/" + job + "/vertices/" + vertex + "/metrics")) {
                if (SUBTASK.matcher(metric.path("id").asText()).replaceFirst("").equals(id)) {
                    return vertex;
                }
            }
        }
        return null;
    }

    private static int parallelism(JsonNode all, String vertex) {
        for (JsonNode node : all) {
            if (node.path("id").asText().equals(vertex)) {
                return node.path("parallelism").asInt();
            }
        }
        return 0;
    }

    private static long number(String id, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new PlatformException(
                    "The metric " + id + " is \"" + value + "\", which is no whole number: ask for another.", e);
        }
    }

    /** The answer, or a missing node when the web interface does not know what is asked for. */
    private JsonNode get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(webUrl + path))
                .timeout(REQUEST_LIMIT)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 404) {
                return json.missingNode();
            }
            if (answer.statusCode() != 200) {
                throw new PlatformException("Flink's web interface answers " + path + " with " + answer.statusCode()
                        + ": see the job's log. It said: " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new PlatformException(
                    "Flink's web interface at " + webUrl + " does not answer (" + e + "): check that it runs.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Reading the job's metrics was interrupted: ask again.", e);
        }
    }
}
