package io.ebbline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentGridTest {

    /** The table of the shipped grid as it stands in the formulas' paper: R, then FM 5 to 1. */
    private static final String TABLE = """
            | 5 | Champions | Champions | Potential Loyalist | Potential Loyalist | New |
            | 4 | Loyal | Loyal | Potential Loyalist | Potential Loyalist | Promising |
            | 3 | Loyal | Loyal | Need Attention | About To Sleep | About To Sleep |
            | 2 | Can't Lose | At Risk | At Risk | Hibernating | Hibernating |
            | 1 | Can't Lose | At Risk | At Risk | Lost | Lost |
            """;

    @Test
    void eachOfThe125CellsHasTheSegmentOfTheTable() {
        SegmentGrid grid = SegmentGrid.shipped();
        int cells = 0;
        for (String row : TABLE.split("\n")) {
            String[] columns = row.split(" ?\\| ?");
            int recency = Integer.parseInt(columns[1]);
            for (int frequency = 1; frequency <= 5; frequency++) {
                for (int monetary = 1; monetary <= 5; monetary++) {
                    int better = (frequency + monetary + 1) / 2;
                    assertThat(grid.segment(recency, frequency, monetary))
                            .as("R %d F %d M %d", recency, frequency, monetary)
                            .isEqualTo(columns[2 + 5 - better]);
                    cells++;
                }
            }
        }
        assertThat(cells).isEqualTo(125);
    }

    @Test
    void theMeanOfFrequencyAndMonetaryIsRoundedUp() {
        SegmentGrid grid = SegmentGrid.shipped();
        assertThat(grid.segment(5, 1, 1)).isEqualTo("New");
        assertThat(grid.segment(5, 1, 2)).isEqualTo("Potential Loyalist");
        assertThat(grid.segment(5, 4, 3)).isEqualTo("Champions");
        assertThat(grid.segment(2, 5, 4)).isEqualTo("Can't Lose");
    }

    @Test
    void aGridThatIsNotTotalIsRefused() {
        List<String> names = new ArrayList<>(Collections.nCopies(24, "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SegmentGrid(names))
                .withMessage("A segment grid has 25 names (rows R = 5 .. 1, columns FM = 5 .. 1), none of them blank;"
                        + " this one has 24.");
        names.add(" ");
        assertThatIllegalArgumentException().isThrownBy(() -> new SegmentGrid(names));
    }
}
