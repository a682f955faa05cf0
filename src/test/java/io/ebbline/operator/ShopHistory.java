package io.ebbline.operator;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.ModelTimeline;
import io.ebbline.testing.NaiveEngine;
import io.ebbline.testing.RandomHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What happened to a handful of customers of one shop, made up from a seed: {@link RandomHistory} for each of them, bursts
 * that overflow the head of an inbox, and models that come into force in between.
 *
 * @param rules with the end of the run, not before the newest event
 */
record ShopHistory(long seed, Map<String, List<Event>> events, List<ModelTimeline.Entry> models, EngineRules rules) {

    private static final int MOST_CUSTOMERS = 6;

    static ShopHistory of(long seed) {
        Random random = new Random(seed);
        RandomHistory first = RandomHistory.of(random.nextLong(), 1 + random.nextInt(12));
        Map<String, List<Event>> events = new TreeMap<>();
        int customers = 1 + random.nextInt(MOST_CUSTOMERS);
        for (int i = 0; i < customers; i++) {
            RandomHistory history = i == 0 ? first : RandomHistory.of(random.nextLong(), 1 + random.nextInt(12));
            List<Event> own = new ArrayList<>(history.events());
            burst(random, own);
            events.put("customer-" + i, own);
        }
        long newest = events.values().stream()
                .flatMap(List::stream)
                .mapToLong(Event::time)
                .max()
                .orElseThrow();
        long until = newest + (random.nextInt(3) == 0 ? 0 : random.nextInt(400) * Records.DAY + random.nextInt(3));
        return new ShopHistory(seed, events, first.models(), first.rules().until(until));
    }

    /** Now and then more visits within the hour than the head of an inbox takes, or than a refill does. */
    private static void burst(Random random, List<Event> events) {
        int dice = random.nextInt(60);
        int size = dice == 0 ? 210 + random.nextInt(100) : dice < 4 ? 33 + random.nextInt(60) : 0;
        long start = events.get(random.nextInt(events.size())).time();
        TouchpointType[] types = TouchpointType.values();
        for (int i = 0; i < size; i++) {
            long time = start + random.nextInt(size) * 1_000L;
            TouchpointType type = types[random.nextInt(types.length)];
            events.add(new Touchpoint("b" + random.nextInt(3 * size), time, type, null, null, null, null, null, null));
        }
    }

    /** The end of the run. */
    long end() {
        return rules.until();
    }

    /** The same rules for a run that is stopped at the end rather than told of it. */
    EngineRules endlessRules() {
        return rules.until(EngineRules.ENDLESS);
    }

    int size() {
        return events.values().stream().mapToInt(List::size).sum();
    }

    /** What has to be said of a customer. */
    NaiveEngine.Result expected(String customer) {
        return NaiveEngine.run(customer, events.get(customer), models, rules);
    }
}
