package io.ebbline.cli.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts changes of stage in the newest days of event time: the day (UTC) of the newest change and those before it. Partitions
 * are read side by side, so changes come in any order. For one thread.
 */
final class StageFlows {
    private static final long DAY = 86_400_000;

    private record Step(@Nullable String previous, @Nullable String current) {}

    private final int days;
    private final NavigableMap<Long, Map<Step, Long>> byDay = new TreeMap<>();

    /** @param days that count, 1 or more */
    StageFlows(int days) {
        this.days = days;
    }

    /** A change at an instant, milliseconds since the epoch. */
    void add(long time, @Nullable String previous, @Nullable String current) {
        byDay.computeIfAbsent(Math.floorDiv(time, DAY), day -> new HashMap<>())
                .merge(new Step(previous, current), 1L, Long::sum);
        byDay.headMap(byDay.lastKey() - days, true).clear();
    }

    /** The flows, the largest first. */
    List<Flow> flows() {
        Map<Step, Long> sums = new HashMap<>();
        byDay.values().forEach(day -> day.forEach((step, count) -> sums.merge(step, count, Long::sum)));
        List<Flow> flows = new ArrayList<>();
        sums.forEach((step, count) -> flows.add(new Flow(step.previous(), step.current(), count)));
        flows.sort(Comparator.comparingLong(Flow::customers)
                .reversed()
                .thenComparing(flow -> flow.previous() + ">" + flow.current()));
        return flows;
    }
}
