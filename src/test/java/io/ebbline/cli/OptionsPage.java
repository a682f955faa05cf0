package io.ebbline.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page of options, made from the commands themselves. */
final class OptionsPage {
    private OptionsPage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # Options

                Made from the code: `./mvnw test -Dtest=OptionsPageTest -Debbline.write=true` writes it anew.

                Durations are numbers with units (`ms`, `s`, `min`, `h`, `d`, `w`), as in `10s`, `1h30min` or `30d`, or ISO
                8601. Exit codes: 0 done, 1 the answer is no, 2 usage.
                """);
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            section(page, command.getCommandSpec());
        }
        return page.toString();
    }

    private static void section(StringBuilder page, CommandSpec spec) {
        page.append("\n## `ebbline ")
                .append(spec.name())
                .append("`\n\n")
                .append(String.join(" ", spec.usageMessage().description()))
                .append("\n\n| option | default | meaning |\n|---|---|---|\n");
        for (OptionSpec option : spec.options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                row(page, option);
            }
        }
    }

    private static void row(StringBuilder page, OptionSpec option) {
        String label = option.paramLabel();
        String value = option.arity().max() == 0 || label.isEmpty() ? "" : " " + label;
        // A command may have defaults of its own.
        String text = option.defaultValue() == null ? null : option.defaultValueString();
        boolean flag = option.arity().max() == 0;
        page.append(String.format(
                Locale.ROOT,
                "| `%s%s` | %s | %s |%n",
                option.longestName(),
                value.replace("|", "\\|"),
                text == null || flag ? "" : "`" + text + "`",
                String.join(" ", option.description()).replace("|", "\\|")));
    }
}
