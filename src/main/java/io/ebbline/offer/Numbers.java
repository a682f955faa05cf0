package io.ebbline.offer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers names from 0 on, in the order in which they come. Open addressing in one array of numbers: a name that is the very object
 * that was numbered is found by two reads. Mutable, for one thread.
 */
final class Numbers {

    private static final int LEAST = 64;
    private static final int FREE = -1;

    private final List<String> names = new ArrayList<>();
    private int[] places = free(LEAST);

    /** How many are numbered. */
    int size() {
        return names.size();
    }

    /** The name of a number. */
    String name(int number) {
        return names.get(number);
    }

    /** The number of a name; -1 when it has none. */
    int of(String name) {
        return places[place(name)];
    }

    /** The number of a name, {@link #size} as it was before when it had none. */
    int give(String name) {
        int at = place(name);
        if (places[at] != FREE) {
            return places[at];
        }
        int number = names.size();
        names.add(name);
        places[at] = number;
        if (2 * names.size() > places.length) {
            grow();
        }
        return number;
    }

    /** Forgets all. */
    void clear() {
        names.clear();
        Arrays.fill(places, FREE);
    }

    private void grow() {
        places = free(2 * places.length);
        for (int number = 0; number < names.size(); number++) {
            places[place(names.get(number))] = number;
        }
    }

    private int place(String name) {
        int mask = places.length - 1;
        int at = (name.hashCode() * 0x9e3779b9) >>> 7 & mask;
        while (places[at] != FREE && !names.get(places[at]).equals(name)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static int[] free(int size) {
        int[] places = new int[size];
        Arrays.fill(places, FREE);
        return places;
    }
}
