package io.ebbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private static final List<String> COUNTERS = List.of(
            "N,events.read,6",
            "N,events.applied,4",
            "N,events.rejected,1",
            "N,rejected.no-customer,1",
            "N,transitions,9");

    @TempDir
    private Path dir;

    @Test
    void countersOfSubtasksAreSummedAndCustomersSorted() throws IOException {
        report("part-0", "C,b,1.000000,2,300,5,2,1,Loyal,GROWTH,,,", "C,\"a,\"\"1\"\"\",,0,0,,,,,PROSPECT,,,");
        write("part-1", List.of("N,events.read,1", "N,events.late,2", "C,a\u00e4,3.5,1,7,5,1,1,New,GROWTH,,,"));

        Report report = Report.read(dir);

        assertThat(report.customers()).extracting(Report.Customer::id).containsExactly("a,\"1\"", "aä", "b");
        assertThat(report.counters()).containsEntry("events.read", 7L).containsEntry("events.late", 2L);
        Path csv = dir.resolve("customers.csv");
        report.writeCustomers(csv);
        assertThat(Files.readAllLines(csv))
                .containsExactly(
                        "customer_id,recency_days,frequency,monetary_minor,r,f,m,segment,stage,p_alive,p_buy,clv_minor",
                        "\"a,\"\"1\"\"\",,0,0,,,,,PROSPECT,,,",
                        "aä,3.5,1,7,5,1,1,New,GROWTH,,,",
                        "b,1.000000,2,300,5,2,1,Loyal,GROWTH,,,");
    }

    @Test
    void theSummaryHasTheKeysThatScriptsKnow() throws IOException {
        report(
                "part-0",
                "C,b,1.000000,2,300,5,2,1,Loyal,GROWTH,,,",
                "C,a,,0,0,,,,,PROSPECT,,,",
                "N,events.duplicate,1");
        Path file = dir.resolve("s.json");

        Summary.of(Report.read(dir), 1.23456).write(file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "events.read",
                        "events.applied",
                        "events.duplicate",
                        "events.late",
                        "events.rejected",
                        "rejected.no-customer",
                        "customers",
                        "stages.DECLINE",
                        "stages.DEPARTED",
                        "stages.GROWTH",
                        "stages.MATURE",
                        "stages.PROSPECT",
                        "segments.Loyal",
                        "orders",
                        "grossMinor",
                        "returnsMinor",
                        "signals",
                        "transitions",
                        "offers",
                        "seconds");
        assertThat(json.get("customers").asLong()).isEqualTo(2);
        assertThat(json.get("orders").asLong()).isEqualTo(2);
        assertThat(json.get("stages.PROSPECT").asLong()).isEqualTo(1);
        assertThat(json.get("grossMinor").asLong()).isZero();
        assertThat(json.get("seconds").asDouble()).isEqualTo(1.235);
    }

    @Test
    void anEventThatIsNotAccountedForIsAnError() throws IOException {
        report("part-0");

        assertThatThrownBy(() -> Summary.of(Report.read(dir), 1))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("6 events were read but 5 are accounted for");
    }

    @Test
    void aRowMayHoldALineBreakInQuotes() throws IOException {
        report("part-0", "C,\"a\nb\",1.000000,2,300,5,2,1,Loyal,GROWTH,,,", "N,events.duplicate,1");

        assertThat(Report.read(dir).customers()).extracting(Report.Customer::id).containsExactly("a\nb");
    }

    @Test
    void aMissingOrBrokenReportIsNamed() throws IOException {
        assertThatThrownBy(() -> Report.read(dir)).hasMessageContaining("left no report");
        write(".part-0.inprogress", List.of("C,x"));
        assertThatThrownBy(() -> Report.read(dir)).hasMessageContaining("left no report");
        write("part-0", List.of("C,x"));
        assertThatThrownBy(() -> Report.read(dir))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("part-0")
                .hasMessageContaining("a row of 1 columns");
    }

    private void report(String name, String... lines) throws IOException {
        write(name, Stream.concat(COUNTERS.stream(), Arrays.stream(lines)).toList());
    }

    private void write(String name, List<String> lines) throws IOException {
        Files.write(dir.resolve(name), lines);
    }
}
