package io.ebbline.profile;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which day and hour it is in the shop's time zone. Allocates nothing for instants from 1970 to 2099; for any thread. */
public final class ShopClock {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    /** 2100-01-01T00:00Z. Up to here the zone's transitions are laid out; before 1970 and from here its rules are asked. */
    private static final Instant TABLE_END = Instant.ofEpochSecond(4_102_444_800L);

    private final ZoneRules rules;
    private final boolean fixed;
    /** Since when each offset holds, milliseconds since the epoch, ascending; the first is 0. */
    private final long[] since;

    private final int[] offsetMillis;

    /** A clock on the shop's wall. */
    public ShopClock(ZoneId zone) {
        rules = zone.getRules();
        fixed = rules.isFixedOffset();
        List<ZoneOffsetTransition> transitions = transitions(rules);
        since = new long[1 + transitions.size()];
        offsetMillis = new int[since.length];
        offsetMillis[0] = 1_000 * rules.getOffset(Instant.EPOCH).getTotalSeconds();
        for (int i = 1; i < since.length; i++) {
            ZoneOffsetTransition transition = transitions.get(i - 1);
            since[i] = transition.toEpochSecond() * 1_000;
            offsetMillis[i] = 1_000 * transition.getOffsetAfter().getTotalSeconds();
        }
    }

    /** The local day of an instant (milliseconds since the epoch), counted from 1970-01-01. */
    public long day(long millis) {
        return Math.floorDiv(millis + offset(millis), DAY_MILLIS);
    }

    /** The local hour of an instant (milliseconds since the epoch), 0 to 23. */
    public int hour(long millis) {
        return (int) (Math.floorMod(millis + offset(millis), DAY_MILLIS) / HOUR_MILLIS);
    }

    /** The first instant of the local hour after that of an instant (milliseconds since the epoch). */
    public long nextHour(long millis) {
        long start = millis - Math.floorMod(millis + offset(millis), HOUR_MILLIS);
        return start + HOUR_MILLIS;
    }

    private long offset(long millis) {
        if (fixed) {
            return offsetMillis[0];
        }
        if (millis < 0 || millis >= TABLE_END.toEpochMilli()) {
            return 1_000L * rules.getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds();
        }
        int at = Arrays.binarySearch(since, millis);
        return offsetMillis[at >= 0 ? at : -at - 2];
    }

    private static List<ZoneOffsetTransition> transitions(ZoneRules rules) {
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(Instant.EPOCH);
        while (next != null && next.getInstant().isBefore(TABLE_END)) {
            transitions.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return transitions;
    }
}
