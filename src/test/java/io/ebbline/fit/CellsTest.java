package io.ebbline.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ebbline.fit.Cells.Cell;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CellsTest {

    @Property(tries = 200)
    void aSumIsThatOverAllCustomers(@ForAll @Size(max = 60) List<@IntRange(max = 124) Integer> numbers) {
        List<Cell> single =
                numbers.stream().map(n -> new Cell(n % 5, n / 5 % 5, n / 25, 1)).toList();
        Cells cells = Cells.of(single);
        assertThat(cells.size()).isEqualTo((int) numbers.stream().distinct().count());
        assertThat(cells.weight()).isEqualTo(numbers.size());
        assertThat(cells.sum(count -> Math.sqrt(count), cell -> cell.first() * cell.second()))
                .isCloseTo(
                        single.stream()
                                .mapToDouble(cell -> Math.sqrt(cell.count()) + cell.first() * cell.second())
                                .sum(),
                        within(1e-9));
    }

    @Property(tries = 20)
    void fewerStandForAll(@ForAll @IntRange(min = 1, max = 1_000) int seed) {
        Simulated simulated = new Simulated(seed);
        List<Cell> single = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            single.add(new Cell(i % 3, simulated.exponential(50), simulated.exponential(20), 1));
        }
        Cells all = Cells.of(single);
        Cells fewer = all.atMost(1_000);
        assertThat(fewer.size()).isBetween(100, 1_000);
        assertThat(fewer.weight()).isEqualTo(5_000);
        for (int count = 0; count < 3; count++) {
            int of = count;
            assertThat(fewer.sum(cell -> cell.count() == of ? 1 : 0))
                    .isEqualTo(all.sum(cell -> cell.count() == of ? 1 : 0));
        }
        double mean = all.sum(cell -> Math.log(30 + cell.first() + cell.second())) / 5_000;
        assertThat(fewer.sum(cell -> Math.log(30 + cell.first() + cell.second())) / 5_000)
                .isCloseTo(mean, within(.005));
        assertThat(all.atMost(5_000).size()).isEqualTo(all.size());
    }
}
