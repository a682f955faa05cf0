package io.ebbline.wire;

import io.ebbline.model.ExpectedPurchases;
import io.ebbline.model.GammaGamma;
import io.ebbline.model.ParetoNbd;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatExpectation;
import io.ebbline.model.SpendLayer;
import io.ebbline.model.ValueModel;
import io.ebbline.wire.AvroModels.InvalidModelException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The value model of a {@link AvroModels model} on the control topic. */
final class AvroValues {

    private AvroValues() {}

    static GenericRecord write(Schema schema, ValueModel model) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("horizonMillis", model.horizonMillis());
        record.put("yearlyRate", model.yearlyRate());
        String family;
        if (model.purchases() instanceof ParetoNbd pareto) {
            family = "PARETO";
            put(record, pareto.r(), pareto.alphaDays(), pareto.s(), pareto.betaDays());
        } else {
            RepeatBuying repeat = ((RepeatExpectation) model.purchases()).model();
            family = repeat.family().name();
            put(record, repeat.r(), repeat.alphaDays(), repeat.a(), repeat.b());
        }
        record.put(
                "family", new GenericData.EnumSymbol(schema.getField("family").schema(), family));
        record.put("spendP", model.spend().p());
        record.put("spendQ", model.spend().q());
        record.put("spendVMinor", model.spend().v());
        record.put("layer", AvroRecords.writeNullable(schema.getField("layer").schema(), model.layer()));
        return record;
    }

    static ValueModel read(GenericRecord record) throws InvalidModelException {
        return new ValueModel(
                purchases(record),
                new GammaGamma(number(record, "spendP"), number(record, "spendQ"), number(record, "spendVMinor")),
                (Long) record.get("horizonMillis"),
                number(record, "yearlyRate"),
                AvroRecords.readNullable(SpendLayer.class, (GenericRecord) record.get("layer")));
    }

    private static ExpectedPurchases purchases(GenericRecord record) throws InvalidModelException {
        double r = number(record, "r");
        double alpha = number(record, "alphaDays");
        double a = number(record, "leaveA");
        double b = number(record, "leaveB");
        String family = record.get("family").toString();
        return switch (family) {
            case "PARETO" -> new ParetoNbd(r, alpha, a, b);
            case "BG", "MBG" ->
                new RepeatExpectation(new RepeatBuying(RepeatBuying.Family.valueOf(family), 1, r, alpha, a, b));
            default -> throw new InvalidModelException("value.family is not known: it is one of PARETO, BG and MBG.");
        };
    }

    private static void put(GenericRecord record, double r, double alphaDays, double a, double b) {
        record.put("r", r);
        record.put("alphaDays", alphaDays);
        record.put("leaveA", a);
        record.put("leaveB", b);
    }

    private static double number(GenericRecord record, String field) {
        return (Double) record.get(field);
    }
}
