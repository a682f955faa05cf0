package io.ebbline.wire;

import io.ebbline.model.Provenance;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Where a model comes from, as a field of its record. */
final class AvroProvenance {

    private AvroProvenance() {}

    static @Nullable GenericRecord write(Schema union, @Nullable Provenance provenance) {
        if (provenance == null) {
            return null;
        }
        Schema schema = union.getTypes().get(1);
        Schema part = schema.getField("parts").schema().getElementType();
        GenericRecord record = new GenericData.Record(schema);
        record.put("dataFrom", provenance.dataFrom());
        record.put("dataTo", provenance.dataTo());
        record.put("events", provenance.events());
        record.put("customers", provenance.customers());
        record.put("orders", provenance.orders());
        record.put(
                "parts",
                provenance.parts().stream().map(one -> write(part, one)).toList());
        record.put("fittedAt", provenance.fittedAt());
        record.put("tool", provenance.tool());
        return record;
    }

    private static GenericRecord write(Schema schema, Provenance.Part part) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("name", part.name());
        record.put("fitted", part.fitted());
        record.put("logLikelihood", part.logLikelihood());
        record.put("customers", part.customers());
        record.put("note", part.note());
        return record;
    }

    static @Nullable Provenance read(@Nullable GenericRecord record) {
        if (record == null) {
            return null;
        }
        List<Provenance.Part> parts = new ArrayList<>();
        for (Object one : (List<?>) record.get("parts")) {
            parts.add(readPart((GenericRecord) one));
        }
        return new Provenance(
                (Long) record.get("dataFrom"),
                (Long) record.get("dataTo"),
                (Long) record.get("events"),
                (Long) record.get("customers"),
                (Long) record.get("orders"),
                parts,
                (Long) record.get("fittedAt"),
                record.get("tool").toString());
    }

    private static Provenance.Part readPart(GenericRecord record) {
        return new Provenance.Part(
                record.get("name").toString(),
                (Boolean) record.get("fitted"),
                (Double) record.get("logLikelihood"),
                (Long) record.get("customers"),
                record.get("note").toString());
    }
}
