package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ebbline.backtest.AcceptanceFigures;
import io.ebbline.backtest.CustomerEvents;
import io.ebbline.backtest.Metrics;
import io.ebbline.config.ConfigException;
import io.ebbline.config.OfferOptions;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ScoringModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OfferReportTest {

    private static final long DAY = 86_400_000;
    private static final int DAYS = 120;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Metrics metrics = new Metrics();

    private @Nullable AcceptanceFigures run(List<CustomerEvents> customers) {
        OfferOptions options = new OfferOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("offers", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs("--offers", "--offer-months=1");
        Console console = Console.to(new PrintStream(told, true, StandardCharsets.UTF_8));
        return new OfferReport(console, metrics, options)
                .run(customers, ScoringModel.shipped(), (offerId, at) -> 7 * DAY, DAYS * DAY, 2);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    /** Customers who order every few days some of so many products. */
    private static List<CustomerEvents> shop(int products, boolean offers) {
        List<CustomerEvents> customers = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            Random random = new Random(k);
            List<Event> events = new ArrayList<>();
            for (long time = 1 + random.nextInt((int) DAY);
                    time < DAYS * DAY;
                    time += 1 + (long) (random.nextDouble() * 12 * DAY)) {
                String id = k + "-" + events.size();
                List<Line> lines = new ArrayList<>();
                for (int i = 0; i < Math.min(products, 3); i++) {
                    lines.add(new Line("P" + random.nextInt(products), null, 10_000, 10_000, null));
                }
                events.add(new Purchase(id, time, id, "GBP", null, null, lines, 100));
                if (offers) {
                    events.add(touch(id + "s", time + 1, TouchpointType.OFFER_SHOWN));
                }
                if (offers && random.nextBoolean()) {
                    events.add(touch(id + "a", time + 2, TouchpointType.OFFER_ACCEPTED));
                }
            }
            customers.add(new CustomerEvents("c" + k, events));
        }
        return customers;
    }

    private static Touchpoint touch(String id, long time, TouchpointType type) {
        return new Touchpoint(id, time, type, null, null, null, null, "tea", null);
    }

    @Test
    void everyMeasureStandsBesideItsBaselines() {
        AcceptanceFigures acceptance = run(shop(60, true));

        assertThat(acceptance).isNotNull();
        Stream<String> hits = Stream.of("", "baseline_popularity_", "baseline_linear_")
                .flatMap(of -> Stream.of("offers." + of + "hr5", "offers." + of + "hr10"));
        Stream<String> recalls = Stream.of("", "baseline_popularity_", "baseline_own_global_", "baseline_tifuknn_")
                .flatMap(of -> Stream.of("offers." + of + "recall10", "offers." + of + "recall20"));
        Stream<String> tenths = Stream.of(1, 10)
                .flatMap(k -> Stream.of("count", "expected", "actual").map(of -> "offers.calibration_" + k + "_" + of));
        Stream<String> acceptances = Stream.of("brier", "baseline_brier", "expected", "actual", "hl_p", "strict_p")
                .map(of -> "offers.acceptance_" + of);
        assertThat(metrics.values())
                .containsKeys(Stream.of(hits, recalls, tenths, acceptances)
                        .flatMap(all -> all)
                        .toArray(String[]::new));
        assertThat(metrics.values().keySet())
                .anyMatch(key -> key.matches("offers\\.propensity_[a-z_]+_expected"))
                .anyMatch(key -> key.matches("offers\\.propensity_[a-z_]+_bought"));
        double share = metrics.values().get("offers.acceptance_actual").doubleValue();
        // One of two, by coin; what is shown again while it waits has two.
        assertThat(share).isBetween(.5, .75);
        assertThat(metrics.values().get("offers.acceptance_baseline_brier").doubleValue())
                .isBetween(share * (1 - share) - 1e-5, share * (1 - share) + 1e-5);
        assertThat(told()).contains("popularity, half-life 28 days", "TIFU-KNN", "the share itself for everybody");
    }

    @Test
    void whatTheHistoryDoesNotAllowIsSaidAndLeftOut() {
        assertThat(run(shop(1, true))).isNotNull();
        assertThat(told())
                .contains(
                        "First purchases are not foretold. Nobody ordered again and something new within --offer-months 1")
                .contains("Last orders are not foretold. Of 1 products a list of 20 holds every one");
        assertThat(metrics.values().keySet()).allMatch(key -> key.startsWith("offers.acceptance_"));

        assertThat(run(shop(60, false))).isNull();
        assertThat(told()).contains("Acceptance is not foretold. The history tells of no offer that was shown.");
    }

    @Test
    void whereNothingCanBeMeasuredItIsRefused() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> run(shop(1, false)))
                .withMessageContaining("finds nothing to measure");
        assertThat(metrics.values()).isEmpty();
    }
}
