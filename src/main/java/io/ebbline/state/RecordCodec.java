package io.ebbline.state;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of records that arrive as data and are read rarely: the components in their order, each list with its length in
 * front, each component that may be null with a byte that says whether it is there. A changed record is another format.
 */
final class RecordCodec {

    private RecordCodec() {}

    static void write(Record owner, PackedWriter out) {
        List<Records.Field> fields = Records.fields(owner.getClass());
        @Nullable Object[] values = Records.values(owner);
        out.writeUnsigned(values.length);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (fields.get(i).nullable()) {
                out.writeByte(value == null ? 0 : 1);
            }
            if (value instanceof List<?> list) {
                out.writeUnsigned(list.size());
                list.forEach(item -> writeOne(item, out));
            } else if (value != null) {
                writeOne(value, out);
            }
        }
    }

    static void writeNullable(@Nullable Record owner, PackedWriter out) {
        out.writeByte(owner == null ? 0 : 1);
        if (owner != null) {
            write(owner, out);
        }
    }

    static <R extends Record> @Nullable R readNullable(Class<R> type, PackedReader in) {
        return in.readByte() == 0 ? null : read(type, in);
    }

    private static void writeOne(Object value, PackedWriter out) {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeSigned(((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 1 : 0);
        } else if (value instanceof BigDecimal number) {
            out.writeString(number.toString());
        } else if (value instanceof Enum<?> constant) {
            out.writeByte(constant.ordinal());
        } else if (value instanceof Record part) {
            write(part, out);
        } else {
            throw new IllegalStateException("No format for a " + value.getClass());
        }
    }

    /**
     * The record of those bytes.
     *
     * @throws IllegalArgumentException when the bytes hold another number of components, or the record refuses one
     */
    static <R extends Record> R read(Class<R> type, PackedReader in) {
        List<Records.Field> fields = Records.fields(type);
        if (in.readUnsigned() != fields.size()) {
            throw new IllegalArgumentException("its " + type.getSimpleName() + " has another number of fields.");
        }
        List<@Nullable Object> values = new ArrayList<>(fields.size());
        for (Records.Field field : fields) {
            values.add(field.nullable() && in.readByte() == 0 ? null : read(field, in));
        }
        return Records.make(type, values.toArray());
    }

    private static Object read(Records.Field field, PackedReader in) {
        if (field.type() != List.class) {
            return readOne(field.type(), in);
        }
        int count = in.readCount(1);
        List<Object> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(readOne(field.item(), in));
        }
        return items;
    }

    private static Object readOne(Class<?> type, PackedReader in) {
        if (type == String.class) {
            return in.readString();
        }
        if (type == long.class || type == Long.class) {
            return in.readSigned();
        }
        if (type == int.class) {
            long number = in.readSigned();
            if (number != (int) number) {
                throw new IllegalArgumentException("its number " + number + " is too big.");
            }
            return (int) number;
        }
        if (type == double.class || type == Double.class) {
            return in.readDouble();
        }
        if (type == boolean.class) {
            return in.readByte() != 0;
        }
        if (type == BigDecimal.class) {
            return new BigDecimal(in.readString());
        }
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            int ordinal = in.readByte();
            if (ordinal >= constants.length) {
                throw new IllegalArgumentException("its " + type.getSimpleName() + " is of number " + ordinal + ".");
            }
            return constants[ordinal];
        }
        return read(type.asSubclass(Record.class), in);
    }
}
