package io.ebbline.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OfferOptionsTest {

    private static OfferOptions of(String... args) {
        OfferOptions options = new OfferOptions();
        CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("offers", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .setTrimQuotes(true);
        line.parseArgs(args);
        return options;
    }

    @Test
    void byDefaultThreeMonthsInTicksOfAWeek() {
        OfferOptions options = of("--offers");
        assertThat(options.problems()).isEmpty();
        assertThat(options.wanted()).isTrue();
        assertThat(options.months()).isEqualTo(3);
        assertThat(options.tickDays()).isEqualTo(7);
        assertThat(of().wanted()).isFalse();
    }

    @Test
    void endsOfTheRanges() {
        assertThat(of("--offer-months=1", "--offer-tick=1d").problems()).isEmpty();
        assertThat(of("--offer-months=1200", "--offer-tick=366d").problems()).isEmpty();
        assertThat(of("--offer-months=0").problems()).containsExactly("--offer-months is 0: choose 1 to 1200.");
        assertThat(of("--offer-months=1201").problems()).hasSize(1);
        assertThat(of("--offer-tick=367d").problems())
                .containsExactly("--offer-tick is 367d: choose whole days, 1d to 366d.");
    }

    @Test
    void aTickIsOfWholeDays() {
        assertThat(of("--offer-tick=12h").problems()).singleElement().asString().contains("--offer-tick is 12h");
        assertThat(of("--offer-tick=36h").problems()).hasSize(1);
        assertThat(of("--offer-months=0", "--offer-tick=36h").problems()).hasSize(2);
    }
}
