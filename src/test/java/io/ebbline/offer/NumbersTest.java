package io.ebbline.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class NumbersTest {

    /** As a map does that gives a new name the next number. */
    @Property(tries = 300)
    void namesHaveNumbersInTheOrderInWhichTheyCame(
            @ForAll @Size(max = 300) List<@StringLength(max = 2) String> names, @ForAll List<String> others) {
        Numbers numbers = new Numbers();
        for (int time = 0; time < 2; time++) {
            Map<String, Integer> naive = new HashMap<>();
            for (String name : names) {
                int expected = naive.getOrDefault(name, naive.size());
                naive.put(name, expected);
                assertThat(numbers.give(new StringBuilder(name).toString())).isEqualTo(expected);
                assertThat(numbers.size()).isEqualTo(naive.size());
            }
            naive.forEach((name, number) -> {
                assertThat(numbers.of(name)).isEqualTo(number);
                assertThat(numbers.name(number)).isEqualTo(name);
            });
            others.forEach(name -> assertThat(numbers.of(name)).isEqualTo(naive.getOrDefault(name, -1)));
            numbers.clear();
        }
    }
}
