package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ebbline.model.ScoringModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {

    private static final String[] SHOP = {"--shop-customers", "60", "--shop-days", "400", "--seed", "3"};

    @TempDir
    private Path dir;

    @Test
    void aHistorysFiguresHaveTheKeysThatScriptsKnow() throws IOException {
        JsonNode metrics = backtest(
                concat(history(), "--warm-up", "3w", "--window", "30d", "--horizon", "6w", "--hiatus", "2w,20d"));

        List<String> rules = List.of("hiatus_", "mean_gap_", "p_alive_", "p_buy_", "");
        List<String> figures = List.of("count", "median_delay_weeks", "precision", "recall", "threshold");
        assertThat(metrics.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Stream.of(
                                Stream.of("alarms.silences"),
                                keys(List.of("alarms.", "alarms.as_20d."), rules, figures),
                                keys(
                                        List.of("alarms.shipped_", "alarms.shipped_low_"),
                                        List.of("", "hiatus_"),
                                        figures))
                        .flatMap(all -> all)
                        .sorted()
                        .toList());
        assertThat(metrics.get("alarms.silences").isInt()).isTrue();
        assertThat(metrics.get("alarms.hiatus_threshold").doubleValue()).isEqualTo(14);
        assertThat(metrics.get("alarms.as_20d.hiatus_threshold").doubleValue()).isEqualTo(20);
        assertThat(metrics.get("alarms.p_buy_count").intValue())
                .isGreaterThanOrEqualTo(metrics.get("alarms.hiatus_count").intValue());
    }

    @Test
    void aCutGivesTheKeysThatScriptsKnowAndAPageToLookAt() throws IOException {
        JsonNode metrics =
                backtest(concat(history(), "--cutoff", "2025-04-30", "--horizon", "6w", "--resamples", "20"));

        assertThat(metrics.fieldNames()).toIterable().contains(churnKeys("").toArray(String[]::new));
        assertThat(metrics.get("churn.customers").intValue()).isEqualTo(20);
        // Customers of even number stop after the hundredth day, 2025-04-10: the ten others go on.
        assertThat(metrics.get("churn.actual_share").doubleValue()).isEqualTo(.5);
        assertThat(metrics.get("churn.baseline_brier").doubleValue()).isEqualTo(.25);
        assertThat(metrics.get("churn.auc_all").doubleValue())
                .isBetween(
                        metrics.get("churn.auc_all.low").doubleValue(),
                        metrics.get("churn.auc_all.high").doubleValue());
        // Two hundred days are too few for the alarm test's own protocol, which is said and no failure.
        assertThat(metrics.has("alarms.precision")).isFalse();
        assertThat(Files.readString(dir.resolve("new/place/report.html")))
                .startsWith("<!DOCTYPE html>")
                .contains("orders.csv: 20 customers", "--cutoff 2025-04-30 --horizon 6w");
    }

    @Test
    void alarmsAreHeldAgainstTheHiatusUnderTheSameModelWhereTheHistoryIsLongEnough() throws IOException {
        JsonNode metrics = backtest(concat(
                history(),
                "--cutoff",
                "2025-04-30",
                "--horizon",
                "6w",
                "--resamples",
                "20",
                "--warm-up",
                "3w",
                "--window",
                "30d",
                "--hiatus",
                "2w"));

        assertThat(metrics.has("alarms.precision")).isTrue();
        assertThat(metrics.has("alarms.median_delay_weeks")).isTrue();
        assertThat(metrics.has("alarms.measured_precision")).isTrue();
    }

    @Test
    void severalCutsHaveTheirOwnKeysAndMeans() throws IOException {
        JsonNode metrics = backtest(concat(
                history(),
                "--cutoff",
                "2025-05-20,2025-04-30",
                "--cutoff",
                "2025-05-20",
                "--horizon",
                "4w",
                "--resamples",
                "20"));

        List<String> keys = churnKeys("2025-04-30.").toList();
        assertThat(metrics.fieldNames()).toIterable().contains(keys.toArray(String[]::new));
        assertThat(metrics.get("churn.brier").doubleValue())
                .isCloseTo(
                        (metrics.get("2025-04-30.churn.brier").doubleValue()
                                        + metrics.get("2025-05-20.churn.brier").doubleValue())
                                / 2,
                        within(1e-6));
        assertThat(metrics.has("churn.customers")).isFalse();
    }

    @Test
    void theModelInAFileIsMeasuredOverItsOwnHorizon() throws IOException {
        Path model = dir.resolve("model.json");
        ModelFile.write(model, ScoringModel.shipped());
        String json = Files.readString(model);
        Files.writeString(model, json.replace("15724800000", "8640000000"));
        Path shipped = dir.resolve("shipped.json");
        ModelFile.write(shipped, ScoringModel.shipped());
        String[] cut = {"--cutoff", "2025-04-01", "--resamples", "5", "--model"};

        JsonNode given = backtest(concat(history(), concat(cut, model.toString())));

        assertThat(Files.readString(dir.resolve("new/place/report.html"))).contains("100 days ahead");
        assertThat(given).isEqualTo(backtest(concat(history(), concat(cut, shipped.toString(), "--horizon", "100d"))));
    }

    @Test
    void withoutAModelOneIsFittedAtTheCutAsFitDoes() throws IOException {
        assertThat(execute("generate", "--output", dir.toString(), "--shop-customers", "200", "--shop-days", "240"))
                .isEqualTo(ExitCode.DONE);
        String shop = dir.resolve("shop.jsonl.gz").toString();
        String fitted = dir.resolve("fitted.json").toString();
        assertThat(execute(
                        "fit",
                        shop,
                        "--format=shop",
                        "--at=2025-06-30",
                        "--horizon=8w",
                        "--value-horizon=8w",
                        "--output=" + fitted))
                .isEqualTo(ExitCode.DONE);
        Path shipped = dir.resolve("shipped.json");
        ModelFile.write(shipped, ScoringModel.shipped());
        String[] cut = {
            "--input", shop, "--format", "shop", "--cutoff", "2025-06-30", "--horizon", "8w", "--resamples", "5"
        };

        JsonNode metrics = backtest(cut);

        assertThat(metrics).isEqualTo(backtest(concat(cut, "--model", fitted)));
        assertThat(metrics).isNotEqualTo(backtest(concat(cut, "--model", shipped.toString())));
    }

    @Test
    void whereThereIsTooLittleToFitTheShippedChancesLookAsFarAhead() throws IOException {
        Path shipped = dir.resolve("shipped.json");
        ModelFile.write(shipped, ScoringModel.shipped());
        String[] cut = {"--cutoff", "2025-04-01", "--horizon", "100d", "--resamples", "5"};

        // Twenty customers: cut points and matrices are theirs, and neither a chance nor a forecast depends on them.
        assertThat(backtest(concat(history(), cut)))
                .isEqualTo(backtest(concat(history(), concat(cut, "--model", shipped.toString()))));
    }

    @Test
    void cutsOutsideTheHistorySayWhatIsPossible() throws IOException {
        assertThat(refused("--cutoff", "2024-12-31"))
                .contains("--cutoff 2024-12-31 lies outside the history, which goes from 2025-01-01 to 2025-07-18");
        assertThat(refused("--cutoff", "2025-07-18")).contains("lies outside the history");
        assertThat(refused("--cutoff", "2025-06-30", "--horizon", "4w"))
                .contains("--cutoff 2025-06-30 leaves 18 days")
                .contains("choose --horizon 18d or shorter, or --cutoff 2025-06-20 or earlier");
        assertThat(refused("--cutoff", "2025-06-30", "--horizon", "26w", "--truth", "truth.csv"))
                .contains("--truth says when rhythms broke, --cutoff asks what followed a day");
        assertThat(refused("--model", "model.json")).contains("--model", "model.json");
        assertThat(refused("--cutoff", "2025-04-30", "--resamples", "0")).contains("--resamples is 0");
    }

    private String refused(String... args) throws IOException {
        StringWriter err = new StringWriter();
        String[] all = concat(new String[] {"backtest"}, concat(history(), args));
        assertThat(Main.commandLine().setErr(new PrintWriter(err)).execute(all)).isEqualTo(ExitCode.USAGE);
        return err.toString();
    }

    private String[] history() throws IOException {
        Path orders = dir.resolve("orders.csv");
        Files.writeString(orders, "customer,day,paid\n" + String.join("\n", orders()));
        return new String[] {
            "--input",
            orders.toString(),
            "--format",
            "csv",
            "--csv",
            "customer=customer",
            "--csv",
            "time=day",
            "--csv",
            "amount=paid",
            "--csv",
            "currency=EUR"
        };
    }

    private static Stream<String> churnKeys(String prefix) {
        return Stream.of(
                        "auc_all",
                        "auc_repeat",
                        "brier",
                        "logloss",
                        "baseline_brier",
                        "baseline_recency_auc",
                        "baseline_recency_auc_repeat",
                        "baseline_frequency_auc",
                        "baseline_frequency_auc_repeat",
                        "predicted_share",
                        "actual_share")
                .flatMap(key -> Stream.of(key, key + ".low", key + ".high"))
                .map(key -> prefix + "churn." + key);
    }

    /** Customer n orders every n + 2 days, the even ones for the first hundred days only. */
    private static List<String> orders() {
        LocalDate start = LocalDate.parse("2025-01-01");
        return Stream.iterate(1, n -> n <= 20, n -> n + 1)
                .flatMap(n -> Stream.iterate(0, day -> day < (n % 2 == 0 ? 100 : 200), day -> day + n + 2)
                        .map(day -> "c" + n + "," + start.plusDays(day) + ",9.50"))
                .toList();
    }

    @Test
    void aShopReadFromItsFilesIsTheShopItself() throws IOException {
        JsonNode simulated = backtest(SHOP);
        assertThat(execute(concat(new String[] {"generate", "--output", dir.toString()}, SHOP)))
                .isEqualTo(ExitCode.DONE);

        JsonNode read = backtest(
                "--input",
                dir.resolve("shop.jsonl.gz").toString(),
                "--format",
                "shop",
                "--truth",
                dir.resolve("truth.csv").toString());

        assertThat(read).isEqualTo(simulated);
        List<String> figures = List.of("breaks", "count", "early", "median_delay_weeks", "precision", "recall");
        List<String> below =
                List.of("below_0.2_", "below_0.3_", "below_0.4_", "below_0.5_", "below_0.6_", "no_touchpoints_", "");
        List<String> segments = List.of("bargain_", "frequent_", "occasional_", "regular_", "seasonal_");
        List<String> causes = List.of("frequency_fall_", "lesser_signs_", "low_repurchase_");
        assertThat(read.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Stream.of(
                                keys(
                                        List.of("signals."),
                                        Stream.concat(below.stream(), segments.stream())
                                                .flatMap(name -> Stream.of(name, name + "hiatus_"))
                                                .toList(),
                                        figures),
                                keys(List.of("signals."), causes, figures),
                                keys(
                                        List.of("signals."),
                                        List.of("once_"),
                                        List.of("count", "median_delay_weeks", "precision", "recall")),
                                keys(
                                        List.of("signals."),
                                        List.of("returned_"),
                                        List.of("count", "declined", "wake_ups", "win_backs")))
                        .flatMap(all -> all)
                        .sorted()
                        .toList());
    }

    private static Stream<String> keys(List<String> prefixes, List<String> names, List<String> figures) {
        return prefixes.stream()
                .flatMap(prefix ->
                        names.stream().flatMap(name -> figures.stream().map(figure -> prefix + name + figure)));
    }

    private JsonNode backtest(String... args) throws IOException {
        Path output = dir.resolve("new/place");
        int code = execute(concat(new String[] {"backtest", "--output", output.toString()}, args));

        assertThat(code).isEqualTo(ExitCode.DONE);
        return new ObjectMapper().readTree(output.resolve("metrics.json").toFile());
    }

    private static String[] concat(String[] first, String... then) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(then)).toArray(String[]::new);
    }

    private static int execute(String... args) {
        StringWriter err = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(err)).execute(args);
        assertThat(err.toString()).isEmpty();
        return code;
    }
}
