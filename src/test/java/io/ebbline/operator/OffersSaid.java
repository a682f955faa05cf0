package io.ebbline.operator;

import io.ebbline.engine.Effect;
import io.ebbline.event.Tick;
import io.ebbline.model.ModelTimeline;
import io.ebbline.offer.Affinities;
import io.ebbline.offer.Assortment;
import io.ebbline.offer.Desk;
import io.ebbline.offer.Fact;
import io.ebbline.offer.OfferBook;
import io.ebbline.offer.OfferEffect;
import io.ebbline.offer.OfferStats;
import io.ebbline.offer.OfferTally;
import io.ebbline.offer.Ranker;
import io.ebbline.profile.ShopClock;
import io.ebbline.wire.OfferEncoder;
import io.ebbline.wire.OfferStatsEncoder;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What was said of offers for good, byte for byte.
 *
 * @param offers offers and withdrawals of every customer, in order
 * @param stats what became of them, in order
 */
record OffersSaid(Map<String, List<OffersSaid.Sent>> offers, List<OffersSaid.Sent> stats) {

    /** A record: its time and its bytes. */
    record Sent(long time, ByteBuffer value) {

        private static Sent of(Outgoing record) {
            return new Sent(record.time(), ByteBuffer.wrap(record.value()));
        }
    }

    static OffersSaid of(List<Outgoing> offers, List<Outgoing> stats) {
        Map<String, List<Sent>> byCustomer = new TreeMap<>();
        for (Outgoing record : offers) {
            byCustomer
                    .computeIfAbsent(Records.key(record), key -> new ArrayList<>())
                    .add(Sent.of(record));
        }
        return new OffersSaid(byCustomer, stats.stream().map(Sent::of).toList());
    }

    /** What of it was said up to an instant. */
    OffersSaid upTo(long instant) {
        Map<String, List<Sent>> some = new TreeMap<>();
        offers.forEach((customer, all) -> {
            List<Sent> early = upTo(all, instant);
            if (!early.isEmpty()) {
                some.put(customer, early);
            }
        });
        return new OffersSaid(some, upTo(stats, instant));
    }

    private static List<Sent> upTo(List<Sent> all, long instant) {
        return all.stream().filter(sent -> sent.time <= instant).toList();
    }

    /** How many offers and withdrawals there are. */
    int size() {
        return offers.values().stream().mapToInt(List::size).sum();
    }

    /** The desk as the job makes it. */
    static Desk desk(ModelTimeline models, long until) {
        Assortment assortment = new Assortment(models, new Ranker());
        return new Desk(
                new ShopClock(ZoneOffset.UTC),
                until,
                models,
                assortment,
                assortment,
                assortment,
                Topic.NEXT_BEST_OFFERS.topicName());
    }

    static OfferEncoder encoder() {
        return new OfferEncoder(Registries.SHARED, true, "GBP", "harness", false);
    }

    static OfferStatsEncoder statsEncoder() {
        return new OfferStatsEncoder(Registries.SHARED, true, "harness", false);
    }

    /** What has to be said: tick by tick in memory, without any operator. */
    static OffersSaid expected(OfferHistory history) {
        List<Outgoing> offers = new ArrayList<>();
        OfferEncoder encoder = encoder();
        TreeMap<Integer, OfferTally> tallies = new TreeMap<>();
        inMemory(history, (customer, effect) -> {
            if (!(effect instanceof OfferEffect.Passed)) {
                tallies.computeIfAbsent(Tick.of(effect.asOf()), tick -> new OfferTally())
                        .add(effect);
            }
            if (effect instanceof OfferEffect.Decision || effect instanceof OfferEffect.Withdrawn) {
                offers.add(encoder.encode(customer, effect));
            }
        });
        List<Outgoing> stats = new ArrayList<>();
        OfferStats all = new OfferStats();
        OfferStatsEncoder statsEncoder = statsEncoder();
        tallies.forEach((tick, tally) -> {
            if (Tick.end(tick) <= history.end()) {
                all.fold(tick, tally).forEach(row -> stats.add(statsEncoder.encode(tick, row)));
            }
        });
        return of(offers, stats);
    }

    /** Hears what is said of a customer. */
    interface Listener {
        void hear(String customer, OfferEffect effect);
    }

    private static void inMemory(OfferHistory history, Listener listener) {
        List<OfferHistory.Told> told = history.told();
        Map<String, List<Fact>> facts = new TreeMap<>();
        TreeMap<Integer, List<Effect>> counted = new TreeMap<>();
        for (OfferHistory.Told one : told) {
            if (one.effect() instanceof Effect.Noted noted) {
                facts.computeIfAbsent(one.customer(), c -> new ArrayList<>()).add(noted.fact());
            } else {
                counted.computeIfAbsent(Tick.of(one.effect().asOf()), t -> new ArrayList<>())
                        .add(one.effect());
            }
        }
        Desk desk = desk(history.timeline(), history.end());
        Affinities affinities = new Affinities(2);
        Map<String, OfferBook> books = new HashMap<>();
        for (int tick : new TreeSet<>(counted.keySet())) {
            if (Tick.end(tick) <= history.end()) {
                takeOn(facts, books, desk, affinities, Tick.end(tick) - 1, listener);
                boolean bought = false;
                for (Effect effect : counted.get(tick)) {
                    if (effect instanceof Effect.Bought one) {
                        affinities.add(one.basket());
                        bought = true;
                    } else if (effect instanceof Effect.Responded responded) {
                        affinities.open().responses().add(responded.step(), responded.exposure());
                    }
                }
                if (bought || !affinities.open().isEmpty()) { // Not of every answer anything is counted.
                    affinities.endTick(tick);
                }
            }
        }
        takeOn(facts, books, desk, affinities, history.end(), listener);
    }

    private static void takeOn(
            Map<String, List<Fact>> facts,
            Map<String, OfferBook> books,
            Desk desk,
            Affinities affinities,
            long to,
            Listener listener) {
        facts.forEach((customer, own) -> {
            OfferBook book = books.computeIfAbsent(customer, c -> new OfferBook());
            Consumer<OfferEffect> out = effect -> listener.hear(customer, effect);
            while (!own.isEmpty() && own.get(0).asOf() <= to) {
                desk.fact(customer, book, own.remove(0), affinities.market(), out);
            }
            desk.deadline(customer, book, to, affinities.market(), out);
        });
    }
}
