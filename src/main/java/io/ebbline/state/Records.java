package io.ebbline.state;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as lists of values: so that the formats of what arrives as data need not list every field once more. */
public final class Records {

    /**
     * A component of a record.
     *
     * @param type of its values; of a list {@code List}
     * @param item of a list the type of its items; else the same as {@code type}
     * @param nullable whether it may be null
     */
    public record Field(String name, Class<?> type, Class<?> item, boolean nullable) {}

    private Records() {}

    /** The components of a record, in their order. */
    public static List<Field> fields(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(Records::field).toList();
    }

    private static Field field(RecordComponent component) {
        Class<?> item = component.getType();
        if (component.getAnnotatedType() instanceof AnnotatedParameterizedType
                && component.getGenericType() instanceof ParameterizedType list) {
            item = (Class<?>) list.getActualTypeArguments()[0];
        }
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new Field(component.getName(), component.getType(), item, nullable);
    }

    /** The values of a record, in the order of its components. */
    public static @Nullable Object[] values(Record owner) {
        RecordComponent[] components = owner.getClass().getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getAccessor().invoke(owner);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(owner.getClass() + " can't be read", e);
        }
        return values;
    }

    /**
     * The record of those values.
     *
     * @throws IllegalArgumentException when there are more or fewer of them than components, or the record refuses one
     */
    public static <R extends Record> R make(Class<R> type, @Nullable Object... values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(type + " can't be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be made", e);
        }
    }
}
