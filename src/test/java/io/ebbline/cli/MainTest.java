package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    private record Answer(int code, String out, String err) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "generate",
                "run",
                "archive",
                "setup",
                "fit",
                "publish",
                "backtest",
                "verify-replay",
                "explain",
                "bench"
            })
    void everyCommandHasHelp(String command) {
        Answer answer = execute(command, "--help");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("Usage: ebbline " + command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; Name a command",
                "dmo; Unmatched argument",
                "demo --lateness 3; is no duration",
                "demo --input x; --input needs --format",
                "demo --format cdnow; name its file with --input",
                "demo --summary x; add --once",
                "demo --input nowhere.csv --format cdnow; nowhere.csv can't be read",
                "demo --once --summary /no/such/dir/s.json; --summary: /no/such/dir/s.json can't be written",
                "demo --publish nowhere.json; --publish: nowhere.json can't be read",
                "demo --offers maybe; is neither on nor off",
                "verify-replay --input nowhere.csv --format cdnow; nowhere.csv can't be read",
                "archive --dir x --format cdnow; name its file with --input",
                "archive --dir x --input nowhere.csv --format cdnow; nowhere.csv can't be read",
                "archive; Missing required option: '--dir=DIR'",
                "verify-replay --runs 0; --runs is 0",
                "verify-replay --only 0; run 0 is what it is held against",
                "verify-replay --lateness 0s; choose 1ms or more",
                "demo --rate 5 --speed max; choose one of the two",
                "demo --shuffle 1 --lateness 0s; choose a longer --lateness",
                "demo --shop-days 0; --shop-days is 0",
                "demo --shop-late 101%; is no share: write 0.5% or 0.005",
                "demo --parallelism 0; --parallelism is 0",
                "generate; Missing required option",
                "generate --output x --shop-customers 0; --shop-customers is 0",
                "generate --output x --shop-campaigns 2; is no share: write 0.5% or 0.005",
                "generate --output pom.xml; choose another",
                "run --bootstrap-servers nowhere; write host:port",
                "run --checkpoint-interval 14min; choose more than 17min",
                "run --kafka-properties nowhere.properties; nowhere.properties can't be read",
                "run; --dir is missing",
                "run --publish-cuts --until 2024-01-01T00:00:00Z; leave out --until",
                "run --cuts-dead-band -1; choose 0 to 1000 percent",
                "setup --model nowhere.json; nowhere.json can't be read",
                "fit nowhere.csv --cuts-only --format cdnow; nowhere.csv can't be read",
                "fit pom.xml --cuts-only --format tsv; There is no history format",
                "fit pom.xml --cuts-only --format cdnow --csv customer=A; knows its columns",
                "demo --input pom.xml --format cdnow --csv customer=A; knows its columns",
                "backtest --input pom.xml --format cdnow --csv customer=A; knows its columns",
                "backtest --input x; --input needs --format",
                "backtest --truth x; name its file with --input",
                "backtest --input x --format shop; name both, or neither",
                "backtest --input x --format cdnow --truth x; name both, or neither",
                "backtest --input x --format cdnow --hiatus 21w; must lie between a day and --window",
                "backtest --input x --format cdnow --horizon 5h; choose 1d or longer",
                "backtest --shop-days 0; --shop-days is 0",
                "explain; Missing required parameter",
                "explain vera --at yesterday; Invalid value for option",
                "setup --registry here; no address of a schema registry"
            })
    void whatMakesNoSenseIsToldWithoutAStackTrace(String line, String message) {
        Answer answer = line == null ? execute() : execute(line.split(" "));

        assertThat(answer.err()).contains(message.strip()).doesNotContain("\tat ");
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "demo --input pom.xml --format tsv; There is no history format",
                "demo --speed fast; Write max, or event time per second",
                "demo --input pom.xml --format csv; Say which currency"
            })
    void whatTheFeedRefusesIsToldBeforeAnythingStarts(String line, String message) {
        Answer answer = execute(line.split(" "));

        assertThat(answer.err()).contains(message.strip()).doesNotContain("\tat ");
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aBrokerThatIsNotThereIsToldWithTheRemedy() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Answer answer = execute("setup", "--bootstrap-servers", "127.0.0.1:" + port);

        assertThat(answer.code()).isEqualTo(ExitCode.NO);
        assertThat(answer.err())
                .contains("Kafka at 127.0.0.1:" + port)
                .contains("check --bootstrap-servers")
                .contains("The log has the details")
                .doesNotContain("\tat ");
    }

    private static Answer execute(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(args);
        return new Answer(code, out.toString(), err.toString());
    }
}
