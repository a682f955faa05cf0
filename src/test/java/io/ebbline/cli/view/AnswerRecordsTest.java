package io.ebbline.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.churn.SignalKind;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect.Withdrawn;
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
    void anOfferIsTheBestOfItsList() throws IOException {
        Schema schema = schema("NextBestOffer");
        Schema item = schema.getField("offers").schema().getElementType();
        GenericRecord reason =
                new GenericData.Record(item.getField("reasons").schema().getElementType());
        reason.put("code", "FOLLOWS");
        reason.put("value", 6.1);
        reason.put("label", "22384");
        GenericRecord best = new GenericData.Record(item);
        best.put("offerId", "sku:20725");
        best.put("kind", symbol(item, "kind", "EXPLORE"));
        best.put("sku", "20725");
        best.put("propensity", 0.043);
        best.put("valueMinor", 49.6);
        best.put("reasons", List.of(reason));
        GenericRecord offer = new GenericData.Record(schema);
        offer.put("customerId", "c");
        offer.put("time", 5L);
        offer.put("offers", List.of(best, new GenericData.Record(item)));

        assertThat(AnswerRecords.offer(offer))
                .isEqualTo(new MadeOffer(
                        5,
                        "c",
                        "sku:20725",
                        Kind.EXPLORE,
                        "20725",
                        null,
                        1,
                        0.043,
                        49.6,
                        List.of(new Reason(ReasonCode.FOLLOWS, 6.1, Double.NaN, "22384"))));
    }

    @Test
    void aWithdrawalComesOnTheSameTopic() throws IOException {
        Schema schema = schema("OfferWithdrawal");
        GenericRecord withdrawal = new GenericData.Record(schema);
        withdrawal.put("customerId", "c");
        withdrawal.put("time", 5L);
        withdrawal.put("offerId", "spring");
        withdrawal.put("why", symbol(schema, "why", "BOUGHT"));

        assertThat(AnswerRecords.offer(withdrawal))
                .isEqualTo(new WithdrawnOffer(5, "c", "spring", Withdrawn.Why.BOUGHT));
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
