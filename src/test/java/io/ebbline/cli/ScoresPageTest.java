package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.model.SegmentGrid;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect;
import io.ebbline.score.ReasonCode;
import io.ebbline.score.Score;
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

        String table = page.substring(page.indexOf("\n|---|"), page.indexOf("An order is kept"));
        List<String> rows = table.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`", 3)[1])
                .toList();
        // The page is also where the names on the wire are frozen: who renames a score breaks it.
        assertThat(rows).isEqualTo(Scores.ALL.stream().map(Score::name).toList());
        String offers = Files.readString(Path.of("docs", "offers.md"));
        assertThat(ReasonCode.values())
                .allMatch(
                        code -> page.contains("`" + code.name() + "`") || offers.contains("| `" + code.name() + "` |"));
        List<String> names = SegmentGrid.shipped().names();
        for (int r = 5; r >= 1; r--) {
            List<String> row = names.subList(5 * (5 - r), 5 * (6 - r));
            assertThat(page).contains("| R " + r + " | " + String.join(" | ", row) + " |");
        }
    }

    @Test
    void everyKindOfOfferAndEveryWithdrawalHasItsRow() throws IOException {
        String page = Files.readString(Path.of("docs", "offers.md"));

        assertThat(Kind.values()).allSatisfy(kind -> assertThat(page).contains("`" + kind + "`"));
        assertThat(OfferEffect.Withdrawn.Why.values())
                .allSatisfy(why -> assertThat(page).contains("| `" + why + "` |"));
    }
}
