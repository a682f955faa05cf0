package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.SegmentGrid;
import io.ebbline.score.ReasonCode;
import io.ebbline.score.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresPageTest {

    @Test
    void everyScoreReasonAndSegmentHasItsRow() throws IOException {
        String page = Files.readString(Path.of("docs", "scores.md"));

        assertThat(Scores.ALL).allSatisfy(score -> assertThat(page).contains("| `" + score.name() + "` |"));
        assertThat(ReasonCode.values()).allSatisfy(code -> assertThat(page).contains("`" + code.name() + "`"));
        List<String> names = SegmentGrid.shipped().names();
        for (int r = 5; r >= 1; r--) {
            List<String> row = names.subList(5 * (5 - r), 5 * (6 - r));
            assertThat(page).contains("| R " + r + " | " + String.join(" | ", row) + " |");
        }
    }
}
