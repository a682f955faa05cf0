package io.ebbline.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;

/** Other versions of a record's schema, as another release's producers might have registered them. */
final class SchemaVersions {

    private SchemaVersions() {}

    /** With its fields in reverse. */
    static Schema reversed(Schema schema) {
        return with(schema, fields -> {
            Collections.reverse(fields);
            return fields;
        });
    }

    /** With another field in front, which has a default. */
    static Schema extended(Schema schema) {
        return with(schema, fields -> {
            fields.add(0, new Schema.Field("gift", Schema.create(Schema.Type.STRING), "", "no"));
            return fields;
        });
    }

    /** Without some fields. */
    static Schema without(Schema schema, String... names) {
        return with(schema, fields -> {
            fields.removeIf(field -> List.of(names).contains(field.name()));
            return fields;
        });
    }

    /** With one field of another type and no default. */
    static Schema retyped(Schema schema, String name, Schema type) {
        return with(schema, fields -> {
            fields.replaceAll(field -> field.name().equals(name) ? new Schema.Field(name, type) : field);
            return fields;
        });
    }

    private static Schema with(Schema schema, UnaryOperator<List<Schema.Field>> change) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new Schema.Field(field, field.schema()));
        }
        List<Schema.Field> changed = change.apply(fields);
        return Schema.createRecord(
                schema.getName(),
                schema.getDoc(),
                schema.getNamespace(),
                false,
                changed.stream().map(f -> new Schema.Field(f, f.schema())).toList());
    }
}
