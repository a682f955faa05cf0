package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {
    private static final Path PAGE = Path.of("docs", "options.md");

    @Test
    void thePageSaysWhatTheCodeDoes() throws IOException {
        if (Boolean.getBoolean("ebbline.write")) {
            Files.writeString(PAGE, OptionsPage.render());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/options.md is out of date: run ./mvnw test -Dtest=OptionsPageTest -Debbline.write=true")
                .isEqualTo(OptionsPage.render());
    }
}
