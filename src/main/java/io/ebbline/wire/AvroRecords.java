package io.ebbline.wire;

import io.ebbline.state.Records;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Records whose schema has a field of the same name for every component. Decimals travel as text: exact, whatever their scale. */
final class AvroRecords {

    private AvroRecords() {}

    static GenericRecord write(Schema schema, Record owner) {
        GenericRecord record = new GenericData.Record(schema);
        List<Records.Field> fields = Records.fields(owner.getClass());
        @Nullable Object[] values = Records.values(owner);
        for (int i = 0; i < values.length; i++) {
            String name = fields.get(i).name();
            Object value = values[i];
            record.put(
                    name,
                    value == null ? null : write(present(schema.getField(name).schema()), value));
        }
        return record;
    }

    /** Null for null; the schema is of one that may be. */
    static @Nullable GenericRecord writeNullable(Schema schema, @Nullable Record owner) {
        return owner == null ? null : write(present(schema), owner);
    }

    /** The schema of what is there, of one that may be null. */
    private static Schema present(Schema schema) {
        return schema.isUnion() ? schema.getTypes().get(1) : schema;
    }

    private static Object write(Schema schema, Object value) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> write(schema.getElementType(), item))
                    .toList();
        }
        if (value instanceof Record part) {
            return write(schema, part);
        }
        if (value instanceof Enum<?> constant) {
            return new GenericData.EnumSymbol(schema, constant.name());
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value;
    }

    /**
     * The record.
     *
     * @throws IllegalArgumentException when it refuses a value
     */
    static <R extends Record> R read(Class<R> type, GenericRecord record) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Records.Field field : Records.fields(type)) {
            Object value = record.get(field.name());
            values.add(value == null ? null : read(field, value));
        }
        return Records.make(type, values.toArray());
    }

    /** Null for null. */
    static <R extends Record> @Nullable R readNullable(Class<R> type, @Nullable GenericRecord record) {
        return record == null ? null : read(type, record);
    }

    private static Object read(Records.Field field, Object value) {
        return value instanceof List<?> list
                ? list.stream().map(item -> readOne(field.item(), item)).toList()
                : readOne(field.type(), value);
    }

    private static Object readOne(Class<?> type, Object value) {
        if (type.isRecord()) {
            return read(type.asSubclass(Record.class), (GenericRecord) value);
        }
        if (type.isEnum()) {
            String name = value.toString();
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
        if (type == BigDecimal.class) {
            return decimal(value.toString());
        }
        return value instanceof CharSequence ? value.toString() : value;
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no decimal number: write one as in 1.0825.", e);
        }
    }
}
