package io.ebbline.testing;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Touchpoints made up from a seed, with channels and values, some at one instant. */
public final class Contacts {

    private static final TouchpointType[] TYPES = TouchpointType.values();

    private Contacts() {}

    /** A touchpoint on a channel. */
    public static Touchpoint on(@Nullable String channel, TouchpointType type, long time) {
        return new Touchpoint(type + "@" + time, time, type, channel, null, null, null, null, null);
    }

    /** A touchpoint that carries a value, such as a survey's. */
    public static Touchpoint valued(TouchpointType type, long time, double value) {
        return new Touchpoint(type + "@" + time, time, type, null, null, null, null, null, value);
    }

    /** That many touchpoints in order of time, up to {@code step} apart, on up to {@code channels} channels or none. */
    public static List<Touchpoint> of(Random random, long start, int count, long step, int channels) {
        List<Touchpoint> contacts = new ArrayList<>();
        long time = start;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(6) == 0 ? 0 : (long) (random.nextDouble() * step);
            String channel = random.nextInt(5) == 0 ? null : "channel " + random.nextInt(channels);
            Double value = random.nextInt(3) == 0 ? null : (double) random.nextInt(6);
            TouchpointType type = TYPES[random.nextInt(TYPES.length)];
            contacts.add(new Touchpoint("t" + i, time, type, channel, null, null, null, null, value));
        }
        return contacts;
    }
}
