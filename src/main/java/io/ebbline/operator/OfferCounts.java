package io.ebbline.operator;

import io.ebbline.offer.OfferEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.java.tuple.Tuple2;

/** How often what was decided of offers: checkpointed with the customers. */
final class OfferCounts {

    private final Map<String, Long> counts = new TreeMap<>();

    /** Counts an effect. */
    void add(OfferEffect effect) {
        if (effect instanceof OfferEffect.Decision) {
            add(MetricNames.OFFERS, 1);
        } else if (effect instanceof OfferEffect.Withdrawn) {
            add(MetricNames.OFFERS_WITHDRAWN, 1);
        } else if (effect instanceof OfferEffect.Passed passed) {
            add(
                    switch (passed.ground()) {
                        case CAPPED -> MetricNames.OFFERS_CAPPED;
                        case NO_CONSENT -> MetricNames.OFFERS_NO_CONSENT;
                        case NOTHING -> MetricNames.OFFERS_NOTHING;
                        case HELD_OUT -> MetricNames.OFFERS_HELD_OUT;
                    },
                    1);
        }
    }

    /** Adds to a counter. */
    void add(String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    /** A counter's value. */
    long get(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** As they are stored. */
    List<Tuple2<String, Long>> stored() {
        List<Tuple2<String, Long>> all = new ArrayList<>();
        counts.forEach((name, count) -> all.add(Tuple2.of(name, count)));
        return all;
    }
}
