package io.ebbline.testing;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.profile.Profile;
import java.util.List;

/** Events in few words: amounts in minor units, instants as days since 2020. */
public final class Shop {

    /** A day in milliseconds. */
    public static final long DAY = 86_400_000;

    private static final long START = 1_577_836_800_000L;

    private Shop() {}

    /** An instant: that many days after the beginning of 2020. */
    public static long day(double days) {
        return START + (long) (days * DAY);
    }

    /** An order of one line. Its event id is the order's id with the instant. */
    public static Purchase order(String order, long time, long minor) {
        Line line = new Line("sku", null, 10_000, minor * 100, null);
        return new Purchase(order + "@" + time, time, order, "GBP", null, null, List.of(line), minor);
    }

    /** A return of a part of an order. */
    public static Return partBack(String order, long time, long minor) {
        return new Return("part of " + order + "@" + time, time, order, false, "GBP", lines(minor), minor);
    }

    /** A return of a whole order that does not say what it came to. */
    public static Return wholeBack(String order, long time) {
        return new Return("all of " + order + "@" + time, time, order, true, "GBP", List.of(), 0);
    }

    /** A return of a whole order that says what is refunded. */
    public static Return wholeBack(String order, long time, long minor) {
        return new Return("all of " + order + "@" + time, time, order, true, "GBP", lines(minor), minor);
    }

    /** A return that names no order. */
    public static Return back(long time, long minor) {
        return new Return("back@" + time, time, null, false, "GBP", lines(minor), minor);
    }

    /** A visit. */
    public static Touchpoint visit(long time) {
        return touch(TouchpointType.VISIT, time);
    }

    /** A touchpoint of any type. */
    public static Touchpoint touch(TouchpointType type, long time) {
        return new Touchpoint(type + "@" + time, time, type, null, null, null, null, null, null);
    }

    /** The profile of events in the order given. */
    public static Profile profile(Event... events) {
        Profile profile = new Profile();
        for (Event event : events) {
            profile.apply(event);
        }
        return profile;
    }

    private static List<Line> lines(long minor) {
        return List.of(new Line("sku", null, 10_000, minor * 100, null));
    }
}
