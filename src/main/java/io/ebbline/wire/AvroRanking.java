package io.ebbline.wire;

import io.ebbline.model.RankingModel;
import io.ebbline.state.Doubles;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The weights of ranking of a {@link AvroModels model} on the control topic. */
final class AvroRanking {

    private AvroRanking() {}

    static GenericRecord write(Schema schema, RankingModel model) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("explore", weights(schema.getField("explore").schema(), model.explore()));
        record.put("own", weights(schema.getField("own").schema(), model.own()));
        return record;
    }

    static RankingModel read(GenericRecord record) {
        return new RankingModel(
                weights((GenericRecord) record.get("explore"), RankingModel.Explore.class),
                weights((GenericRecord) record.get("own"), RankingModel.Own.class));
    }

    private static GenericRecord weights(Schema schema, Record weights) {
        GenericRecord record = new GenericData.Record(schema);
        List<String> names = Doubles.names(weights.getClass());
        double[] numbers = Doubles.of(weights);
        for (int i = 0; i < numbers.length; i++) {
            record.put(names.get(i), numbers[i]);
        }
        return record;
    }

    private static <R extends Record> R weights(GenericRecord record, Class<R> type) {
        return Doubles.record(
                type,
                Doubles.names(type).stream()
                        .mapToDouble(name -> (Double) record.get(name))
                        .toArray());
    }
}
