package io.ebbline.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvReaderTest {

    @Property
    void whatIsQuotedComesBack(@ForAll("rows") List<List<String>> rows, @ForAll("lineEnds") String lineEnd) {
        String text = rows.stream()
                .map(row -> row.stream()
                        .map(v -> '"' + v.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(";")))
                .collect(Collectors.joining(lineEnd));

        assertThat(read(text, ';')).isEqualTo(rows);
    }

    @Property
    void whatNeedsNoQuotesIsSplitAtDelimiters(@ForAll("plainRows") List<List<String>> rows) {
        String text = rows.stream().map(row -> String.join(",", row) + "\n").collect(Collectors.joining());

        assertThat(read(text, ',')).isEqualTo(rows);
    }

    @Example
    void linesAreCountedFromOneAndRowsByTheirFirstLine() {
        String text = "a,b\r\n\r\n\"x\ny\r\nz\",1\nlast,2";
        CsvReader reader = new CsvReader(Path.of("f"), new StringReader(text), ',');
        List<Long> lines = new ArrayList<>();
        while (reader.next() != null) {
            lines.add(reader.line());
        }

        assertThat(lines).containsExactly(1L, 3L, 6L);
    }

    @Example
    void textsLongerThanTheBufferAreRead() {
        String longValue = "v".repeat(200_000);

        assertThat(read(longValue + ",\"" + longValue + "\"\r\nx,y", ','))
                .containsExactly(List.of(longValue, longValue), List.of("x", "y"));
    }

    @Example
    void aQuoteInsideAValueIsPlain() {
        assertThat(read("5\" pipe,x", ',')).containsExactly(List.of("5\" pipe", "x"));
    }

    @Example
    void quotesThatDoNotEndAreNamedWithTheLineOfTheirBeginning() {
        assertThatThrownBy(() -> read("a\nb,\"c\n\n", ','))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("f, line 2", "never closed");
    }

    private static List<List<String>> read(String text, char delimiter) {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader reader = new CsvReader(Path.of("f"), new StringReader(text), delimiter)) {
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        Arbitrary<String> value =
                Arbitraries.strings().withChars("ab\";,\r\n \u00e9").ofMaxLength(6);
        return value.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<List<String>>> plainRows() {
        Arbitrary<String> value = Arbitraries.strings().withChars("ab ;\u00e9").ofMaxLength(6);
        return value.list().ofMinSize(2).ofMaxSize(4).list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }
}
