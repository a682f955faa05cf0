package io.ebbline.cli;

import io.ebbline.config.ConfigException;
import io.ebbline.connector.TopicException;
import io.ebbline.connector.archive.ArchiveException;
import io.ebbline.connector.feed.FeedException;
import io.ebbline.platform.PlatformException;
import io.ebbline.wire.RegistryException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code ebbline}, and the job jar's main class. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        name = "ebbline",
        description = "Streaming customer scoring on Apache Flink.",
        subcommands = {
            DemoCommand.class,
            GenerateCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            ArchiveCommand.class,
            SetupCommand.class,
            FitCommand.class,
            PublishCommand.class,
            BacktestCommand.class,
            VerifyReplayCommand.class,
            ExplainCommand.class,
            BenchCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 the answer is no, 2 usage. `ebbline COMMAND --help` says more."})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        int code = commandLine().execute(args);
        // Under `flink run` the process is not ours to end, and a failure has to reach Flink.
        if (code != ExitCode.DONE || !FlinkClient.isCaller()) {
            System.exit(code);
        }
    }

    /** The command line, ready to be executed. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(Main::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a command: demo, generate, run, replay, archive, setup, fit, publish, backtest, verify-replay, explain or bench.");
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean told = failure instanceof ConfigException
                || failure instanceof CommandException
                || failure instanceof PlatformException
                || failure instanceof FeedException
                || failure instanceof ArchiveException
                || failure instanceof TopicException
                || failure instanceof RegistryException;
        err.println("ebbline: " + (told ? failure.getMessage() : "unexpected failure: " + failure));
        if (!(failure instanceof ConfigException)) {
            LoggerFactory.getLogger(Main.class).error("The command failed", failure);
            err.println("The log has the details: " + LogFile.name());
        }
        err.flush();
        return failure instanceof ConfigException ? ExitCode.USAGE : ExitCode.NO;
    }
}
