package io.ebbline.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What settings must fulfil, looked at together so that one run shows every problem. */
final class SettingsCheck {
    // Kafka allows these in transactional ids and group ids without any quoting in its tools.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern ADDRESS = Pattern.compile("\\s*(\\[[0-9A-Fa-f:]+]|[^\\s:,\\[\\]]+):\\d{1,5}\\s*");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Duration SHORTEST_CHECKPOINT = Duration.ofMillis(100);

    private final List<String> problems = new ArrayList<>();

    private SettingsCheck() {}

    static void check(Settings settings) {
        SettingsCheck check = new SettingsCheck();
        check.addresses(settings);
        check.names(settings);
        check.counts(settings);
        check.times(settings);
        check.delivery(settings);
        check.replay(settings);
        if (!check.problems.isEmpty()) {
            throw new ConfigException(check.problems);
        }
    }

    private void addresses(Settings s) {
        for (String address : s.bootstrapServers().split(",", -1)) {
            require(
                    ADDRESS.matcher(address).matches(),
                    "--bootstrap-servers: \"" + address + "\" is no address: write host:port, several separated by"
                            + " commas.");
        }
        require(
                isHttp(s.registryUrl()),
                "--registry: \"" + s.registryUrl() + "\" is no address of a schema registry: write one that begins with"
                        + " http:// or https://.");
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void names(Settings s) {
        require(
                NAME.matcher(s.jobName()).matches(),
                "--job-name: \"" + s.jobName() + "\" can't prefix a transactional id: use up to 100 letters, digits,"
                        + " dots, dashes and underscores.");
        require(
                NAME.matcher(s.runId()).matches(),
                "--run-id: \"" + s.runId() + "\" is no run id: use up to 100 letters, digits, dots, dashes and"
                        + " underscores.");
        require(
                s.currency().getDefaultFractionDigits() >= 0,
                "--currency: " + s.currency()
                        + " has no minor unit to count money in: name a currency that shops use.");
    }

    private void counts(Settings s) {
        require(
                s.parallelism() >= 1 && s.parallelism() <= Settings.MAX_PARALLELISM,
                "--parallelism is " + s.parallelism() + ": choose 1 to " + Settings.MAX_PARALLELISM + ".");
        require(
                s.partitions() >= 1 && s.partitions() <= 10_000,
                "--partitions is " + s.partitions() + ": choose 1 to 10000.");
        require(
                s.cutsDeadBandPercent() >= 0 && s.cutsDeadBandPercent() <= 1_000,
                "--cuts-dead-band is " + s.cutsDeadBandPercent() + ": choose 0 to 1000 percent.");
        require(
                !s.publishCuts() || s.until() == null,
                "--publish-cuts is for a run without an end: a replay finds the cut points of the live run on the"
                        + " control topic. Leave it out, or leave out --until.");
        require(
                s.cacheCustomers() >= 0,
                "--cache-customers is " + s.cacheCustomers() + ": choose a number of customers, or 0 to size the cache"
                        + " by the heap.");
    }

    private void times(Settings s) {
        require(
                s.quietAfter().compareTo(Duration.ZERO) > 0,
                "--quiet-after is 0: choose a time, as in 30s, or the wall clock would speak at once for every"
                        + " partition.");
        require(
                s.dedupHorizon().compareTo(s.lateness()) > 0,
                "--dedup-horizon is " + text(s.dedupHorizon()) + ", no longer than --lateness (" + text(s.lateness())
                        + "): an event could come again after its id was forgotten. Choose a longer horizon.");
        require(
                s.dedupHorizon().compareTo(Duration.ofDays(400)) < 0,
                "--dedup-horizon is " + text(s.dedupHorizon())
                        + ": choose less than 400d. A prospect and their event ids are forgotten after that.");
        require(
                s.correctionHorizon().compareTo(s.dedupHorizon()) <= 0,
                "--correction-horizon is " + text(s.correctionHorizon()) + ", longer than --dedup-horizon ("
                        + text(s.dedupHorizon())
                        + "): a late event could not be told from one that comes again. Choose a shorter one.");
        require(
                s.maxReview().compareTo(Duration.ofDays(1)) >= 0,
                "--max-review is " + text(s.maxReview()) + ": choose 1d or longer, or every customer would cost a"
                        + " timer many times a day.");
    }

    private void delivery(Settings s) {
        require(
                s.checkpointInterval().compareTo(SHORTEST_CHECKPOINT) >= 0,
                "--checkpoint-interval is " + text(s.checkpointInterval()) + ": choose 100ms or longer; 10s is a good"
                        + " start.");
        if (s.delivery() != Delivery.EXACTLY_ONCE) {
            return;
        }
        Duration least = s.checkpointInterval().plus(Settings.RESTART_ALLOWANCE);
        require(
                s.transactionTimeout().compareTo(least) > 0,
                "--transaction-timeout is " + text(s.transactionTimeout()) + ", but a transaction stays open over a"
                        + " checkpoint interval (" + text(s.checkpointInterval()) + ") and a restart ("
                        + text(Settings.RESTART_ALLOWANCE) + "), and what the broker aborts is lost: choose more than "
                        + text(least) + ".");
        require(
                s.transactionTimeout().toMillis() <= Integer.MAX_VALUE,
                "--transaction-timeout is " + text(s.transactionTimeout()) + ": Kafka takes 24d at most.");
    }

    private void replay(Settings s) {
        require(
                s.outputPrefix().isEmpty() || PREFIX.matcher(s.outputPrefix()).matches(),
                "--shadow, --output-prefix: \"" + s.outputPrefix() + "\" can't begin a topic's name: use up to 200"
                        + " letters, digits, dots, dashes and underscores.");
        Replay replay = s.replay();
        if (replay != null) {
            require(
                    replay.maxDrift().compareTo(s.lateness()) > 0,
                    "--max-drift is " + text(replay.maxDrift()) + ", no longer than --lateness (" + text(s.lateness())
                            + "): partitions would wait for each other at every step. Choose 1d or longer.");
            require(
                    !s.previews(),
                    "--previews on is for live events: in a replay answers are not waited for. Leave it out.");
        }
    }

    private static String text(Duration duration) {
        return Durations.format(duration);
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
