package io.ebbline.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.churn.SignalKind;
import io.ebbline.profile.Risk;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** The fields by the names that the schemas give them. */
class AnswerRecordsTest {

    private static Schema schema(String name) throws IOException {
        return new Schema.Parser().parse(Files.readString(Path.of("schemas", name + ".avsc")));
    }

    private static Object symbol(Schema record, String field, String symbol) {
        return new GenericData.EnumSymbol(record.getField(field).schema(), symbol);
    }

    @Test
    void aSignalComesWithItsReasons() throws IOException {
        Schema schema = schema("ChurnSignal");
        Schema reasonSchema = schema.getField("reasons").schema().getElementType();
        GenericRecord overdue = new GenericData.Record(reasonSchema);
        overdue.put("code", "OVERDUE");
        overdue.put("value", 48.0);
        overdue.put("reference", 14.0);
        GenericRecord negative = new GenericData.Record(reasonSchema);
        negative.put("code", "NEGATIVE");
        negative.put("value", 2.0);
        negative.put("label", "COMPLAINT");
        GenericRecord signal = new GenericData.Record(schema);
        signal.put("customerId", "c");
        signal.put("time", 5L);
        signal.put("kind", symbol(schema, "kind", "DECLINE"));
        signal.put("risk", symbol(schema, "risk", "ELEVATED"));
        signal.put("reasons", List.of(overdue, negative));

        assertThat(AnswerRecords.signal(signal))
                .isEqualTo(new Signal(
                        5,
                        "c",
                        SignalKind.DECLINE,
                        Risk.ELEVATED,
                        List.of(
                                new Reason(ReasonCode.OVERDUE, 48, 14),
                                new Reason(ReasonCode.NEGATIVE, 2, Double.NaN, "COMPLAINT"))));
    }

    @Test
    void everyKindAndRiskOfTheCoreIsOneOfTheSchemas() throws IOException {
        Schema schema = schema("ChurnSignal");

        assertThat(schema.getField("kind").schema().getEnumSymbols())
                .containsAll(Arrays.stream(SignalKind.values()).map(Enum::name).toList());
        assertThat(schema.getField("risk").schema().getEnumSymbols())
                .containsAll(Arrays.stream(Risk.values()).map(Enum::name).toList());
    }

    @Test
    void aTransitionIsOfAStageOrOfASegment() throws IOException {
        Schema schema = schema("LifecycleTransition");
        GenericRecord change = new GenericData.Record(schema);
        change.put("time", 7L);
        change.put("kind", symbol(schema, "kind", "STAGE"));
        change.put("previous", "PROSPECT");

        assertThat(AnswerRecords.transition(change)).isEqualTo(new Transition(7, true, "PROSPECT", null));
        change.put("kind", symbol(schema, "kind", "SEGMENT"));
        change.put("current", "Loyal");
        assertThat(AnswerRecords.transition(change)).isEqualTo(new Transition(7, false, "PROSPECT", "Loyal"));
    }

    @Test
    void aScoreSaysWhereACustomerStands() throws IOException {
        Schema schema = schema("CustomerScore");
        GenericRecord score = new GenericData.Record(schema);
        score.put("stage", symbol(schema, "stage", "PROSPECT"));
        score.put("orders", 0L);

        assertThat(AnswerRecords.standing(score)).isEqualTo(new Standing("PROSPECT", null, 0, 0, 0));
        score.put("segment", "Loyal");
        score.put("recency", 4);
        score.put("frequency", 5);
        score.put("orders", 12L);
        assertThat(AnswerRecords.standing(score)).isEqualTo(new Standing("PROSPECT", "Loyal", 4, 5, 12));
    }
}
