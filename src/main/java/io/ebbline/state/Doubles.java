package io.ebbline.state;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Records of which every component is a double, as the numbers they hold: so that their formats need not list them again. */
public final class Doubles {

    private Doubles() {}

    /** The names of the components, in their order. */
    public static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** The numbers of a record, in the order of its components. */
    public static double[] of(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        double[] numbers = new double[components.length];
        try {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (Double) components[i].getAccessor().invoke(record);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(record.getClass() + " can't be read", e);
        }
        return numbers;
    }

    /**
     * The record of those numbers.
     *
     * @throws IllegalArgumentException when there are more or fewer of them than components, or the record refuses one
     */
    public static <R extends Record> R record(Class<R> type, double[] numbers) {
        Class<?>[] types = new Class<?>[type.getRecordComponents().length];
        Arrays.fill(types, double.class);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(Arrays.stream(numbers).boxed().toArray());
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
