package io.ebbline.cli;

import io.ebbline.connector.FeedRecord;
import io.ebbline.engine.Effect;
import io.ebbline.engine.Engine;
import io.ebbline.engine.EngineRules;
import io.ebbline.engine.Inbox;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Tick;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.offer.Assortment;
import io.ebbline.offer.BasketCounts;
import io.ebbline.offer.Desk;
import io.ebbline.offer.Fact;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.Market;
import io.ebbline.offer.MarketCounts;
import io.ebbline.offer.MarketDelta;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.offer.OfferBook;
import io.ebbline.offer.OfferEffect;
import io.ebbline.offer.Ranker;
import io.ebbline.offer.RowDelta;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import io.ebbline.state.AffinityCodec;
import io.ebbline.state.EventCodec;
import io.ebbline.state.FactCodec;
import io.ebbline.state.OfferBookCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import io.ebbline.state.ProductRow;
import io.ebbline.wire.OfferEncoder;
import io.ebbline.wire.SchemaRegistry;
import io.ebbline.wire.Topic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What offers cost, part by part, in microseconds of one processor's time for each purchase: {@link BenchLoad} day by day, as two
 * subtasks would share it. Run its main method with customers, purchases, days.
 */
final class OfferBench {

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final int SUBTASKS = 2;

    /** Records that go one way together: in the job each goes its way at once, what is told of it still in the cache. */
    private static final int CHUNK = 64;

    private record Said(String customer, Fact fact) {}

    /** One event at a time. */
    private static final class One implements Inbox {
        private Event event;
        private boolean there;

        One(Event event) {
            this.event = event;
        }

        void put(Event next) {
            event = next;
            there = true;
        }

        @Override
        public boolean isEmpty() {
            return !there;
        }

        @Override
        public long nextTime() {
            return event.time();
        }

        @Override
        public Event poll() {
            there = false;
            return event;
        }
    }

    private final BenchLoad load;
    private final ModelTimeline models = new ModelTimeline();
    private final Map<String, Long> spent = new LinkedHashMap<>();
    private final Map<String, Profile> plain = new HashMap<>();
    private final Map<String, Profile> profiles = new HashMap<>();
    private final Map<String, OfferBook> books = new HashMap<>();
    private final List<BasketCounts> combiners = new ArrayList<>();
    private final List<Market> markets = new ArrayList<>();
    private final List<Desk> desks = new ArrayList<>();
    private final Map<String, ProductRow> rows = new HashMap<>();
    private final Market rowMarket = Market.empty();
    private final MarketCounts marketCounts = new MarketCounts();
    private final PackedWriter out = new PackedWriter();
    private final EventCodec events = new EventCodec();
    private final Engine without;
    private final Engine with;
    private final OfferEncoder encoder;
    private MarketDelta marketDelta = new MarketDelta();
    private long purchases;
    private long facts;
    private long decisions;
    private long withdrawals;
    private long offerBytes;
    private long listBytes;
    private long rowBytes;
    private long factBytes;
    private long bookBytes;

    /** Of all that was told: another sum, another answer. */
    private long sum;

    private OfferBench(BenchLoad load) {
        this.load = load;
        models.add(ScoringModel.shipped(), 0);
        EngineRules rules = EngineRules.defaults().until(load.end());
        without = engine(rules);
        with = engine(rules.withOffers());
        encoder = new OfferEncoder(registry(), true, BenchLoad.CURRENCY, "bench", false);
        for (int i = 0; i < SUBTASKS; i++) {
            combiners.add(new BasketCounts());
            markets.add(Market.empty());
            Assortment assortment = new Assortment(models, new Ranker());
            desks.add(new Desk(
                    new ShopClock(ZoneOffset.UTC),
                    load.end(),
                    models,
                    assortment,
                    assortment,
                    assortment,
                    Topic.NEXT_BEST_OFFERS.topicName()));
        }
    }

    private Engine engine(EngineRules rules) {
        return new Engine(
                rules,
                models,
                Topic.LIFECYCLE_TRANSITIONS.topicName(),
                Topic.CHURN_SIGNALS.topicName(),
                Topic.SCORE_CHANGES.topicName());
    }

    private static SchemaRegistry registry() {
        return new SchemaRegistry() {
            @Override
            public int register(String subject, String schema) {
                return 1;
            }

            @Override
            public int idOf(String subject, String schema) {
                return 1;
            }

            @Override
            public Optional<String> schema(int id) {
                return Optional.empty();
            }
        };
    }

    public static void main(String[] args) {
        BenchLoad load =
                new BenchLoad(Integer.parseInt(args[0]), Integer.parseInt(args[1]), 0, Integer.parseInt(args[2]), 0, 1);
        new OfferBench(load).run();
    }

    private void run() {
        List<FeedRecord> day = new ArrayList<>();
        int tick = Tick.of(load.time(0));
        for (FeedRecord record : load) {
            int of = Tick.of(record.recordTime());
            if (of != tick) {
                day(tick, day);
                day.clear();
                tick = of;
            }
            day.add(read(record));
        }
        day(tick, day);
        timed("state: shelf and book written", this::store);
        print();
    }

    /** Scoring gets events as bytes. */
    private FeedRecord read(FeedRecord record) {
        Event event = EventCodec.decode(record.event().time(), events.encode(record.event()));
        return FeedRecord.of(Topic.PURCHASES, record.customer(), event);
    }

    private void timed(String part, Runnable work) {
        long start = THREAD.getCurrentThreadCpuTime();
        work.run();
        spent.merge(part, THREAD.getCurrentThreadCpuTime() - start, Long::sum);
    }

    private int subtask(String key) {
        return (int) (Hash64.of(key) >>> 63);
    }

    private void day(int tick, List<FeedRecord> records) {
        purchases += records.size();
        List<Said> hopped = new ArrayList<>();
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < records.size(); from += CHUNK) {
            List<FeedRecord> some = records.subList(from, Math.min(records.size(), from + CHUNK));
            timed("(scoring alone)", () -> score(some, without, plain, effect -> {}, new ArrayList<>()));
            List<Basket> baskets = new ArrayList<>();
            List<Said> said = new ArrayList<>();
            timed("(scoring with facts)", () -> score(some, with, profiles, basketsTo(baskets), said));
            facts += said.size();
            timed("facts: encode, decode", () -> hop(said, hopped));
            timed("baskets: count, drain, encode", () -> count(baskets, parts));
        }
        timed("baskets: count, drain, encode", () -> combiners.forEach(counts -> drain(counts, parts)));
        for (int from = 0; from < hopped.size(); from += CHUNK) {
            List<Said> some = hopped.subList(from, Math.min(hopped.size(), from + CHUNK));
            List<OfferEffect> effects = new ArrayList<>();
            List<String> whose = new ArrayList<>();
            timed("desk", () -> {
                for (Said one : some) {
                    int at = subtask(one.customer);
                    OfferBook book = books.computeIfAbsent(one.customer, c -> new OfferBook());
                    desks.get(at).fact(one.customer, book, one.fact, markets.get(at), effect -> {
                        effects.add(effect);
                        whose.add(one.customer);
                    });
                }
            });
            List<byte[]> values = new ArrayList<>();
            timed("offers: encode", () -> {
                for (int i = 0; i < effects.size(); i++) {
                    tell(whose.get(i), effects.get(i), values);
                }
            });
            values.forEach(this::sum);
        }
        timed("rows: decode, add up", () -> {
            for (byte[] part : parts) {
                rowBytes += part.length;
                RowDelta delta = AffinityCodec.readDelta(new PackedReader(part));
                rows.computeIfAbsent(delta.sku(), ProductRow::new).add(tick, delta);
            }
        });
        List<MarketUpdate> updates = new ArrayList<>();
        timed("market: fold", () -> {
            updates.add(marketCounts.fold(tick, marketDelta));
            marketDelta = new MarketDelta();
            updates.forEach(rowMarket::apply);
        });
        List<ListUpdate> lists = new ArrayList<>();
        timed(
                "rows: fold",
                () -> rows.values().forEach(row -> {
                    RowDelta counts = row.take(tick);
                    ListUpdate list = counts == null ? null : row.row().fold(tick, counts, rowMarket);
                    if (list != null) {
                        lists.add(list);
                    }
                }));
        List<byte[]> told = new ArrayList<>();
        timed("lists: encode once", () -> {
            for (ListUpdate list : lists) {
                AffinityCodec.write(list, out.reset());
                told.add(out.toBytes());
            }
        });
        for (byte[] bytes : told) {
            listBytes += bytes.length;
        }
        lists.forEach(this::sum);
        for (Market market : markets) {
            List<ListUpdate> read = new ArrayList<>();
            timed(
                    "lists: decode",
                    () -> told.forEach(bytes -> read.add(AffinityCodec.readList(new PackedReader(bytes)))));
            timed("lists: apply", () -> {
                updates.forEach(market::apply);
                read.forEach(market::apply);
            });
            read.forEach(this::sum);
        }
    }

    private static Consumer<Effect> basketsTo(List<Basket> baskets) {
        return effect -> {
            if (effect instanceof Effect.Bought bought) {
                baskets.add(bought.basket());
            }
        };
    }

    private void count(List<Basket> baskets, List<byte[]> parts) {
        for (int i = 0; i < baskets.size(); i++) {
            BasketCounts counts = combiners.get(i % SUBTASKS);
            counts.add(baskets.get(i));
            if (counts.isFull()) {
                drain(counts, parts);
            }
        }
    }

    private void sum(ListUpdate list) {
        sum = 31 * sum + Hash64.of(list.sku()) + list.tick();
        sum(list.chances(), list.repeats(), list.orders());
        sum(list.later());
        sum(list.laterCounts());
        sum(list.together());
        sum(list.togetherCounts());
        sum(list.leads().chances(), list.leads().squares(), list.leads().first());
        sum(list.leads().to());
        sum(list.leads().after());
        sum(list.leads().before());
    }

    private void sum(double... numbers) {
        for (double number : numbers) {
            sum = 31 * sum + Double.doubleToRawLongBits(number);
        }
    }

    private void sum(String... names) {
        for (String name : names) {
            sum = 31 * sum + Hash64.of(name);
        }
    }

    private void sum(byte[] bytes) {
        for (byte one : bytes) {
            sum = 31 * sum + one;
        }
    }

    private static void score(
            List<FeedRecord> records,
            Engine engine,
            Map<String, Profile> profiles,
            Consumer<Effect> effects,
            List<Said> said) {
        One inbox = new One(records.get(0).event());
        for (FeedRecord record : records) {
            String customer = record.customer();
            inbox.put(record.event());
            long now = record.recordTime();
            Profile profile = profiles.computeIfAbsent(customer, c -> new Profile());
            engine.advance(customer, profile, inbox, now, now, effect -> {
                if (effect instanceof Effect.Noted noted) {
                    said.add(new Said(customer, noted.fact()));
                } else {
                    effects.accept(effect);
                }
            });
        }
    }

    private void hop(List<Said> said, List<Said> hopped) {
        for (Said one : said) {
            FactCodec.write(one.fact, out.reset().writeString(one.customer));
            byte[] bytes = out.toBytes();
            factBytes += bytes.length;
            PackedReader in = new PackedReader(bytes);
            hopped.add(new Said(in.readString(), FactCodec.read(in)));
        }
    }

    private void drain(BasketCounts counts, List<byte[]> parts) {
        counts.drain(
                delta -> {
                    AffinityCodec.write(delta, out.reset());
                    parts.add(out.toBytes());
                },
                marketDelta::merge);
    }

    private void tell(String customer, OfferEffect effect, List<byte[]> values) {
        if (effect instanceof OfferEffect.Decision || effect instanceof OfferEffect.Withdrawn) {
            decisions += effect instanceof OfferEffect.Decision ? 1 : 0;
            withdrawals += effect instanceof OfferEffect.Withdrawn ? 1 : 0;
            byte[] value = encoder.encode(customer, effect).value();
            offerBytes += value.length;
            values.add(value);
        }
    }

    private void store() {
        for (OfferBook book : books.values()) {
            OfferBookCodec.write(book, out.reset());
            bookBytes += out.size();
        }
    }

    private void print() {
        System.out.printf(
                "%,d purchases, %,d facts, %,d decisions, %,d withdrawals; bytes a purchase: facts %d, rows %d, lists %d, offers %d, books %d%n",
                purchases,
                facts,
                decisions,
                withdrawals,
                factBytes / purchases,
                rowBytes / purchases,
                listBytes / purchases,
                offerBytes / purchases,
                bookBytes / purchases);
        double total = 0;
        for (Map.Entry<String, Long> part : spent.entrySet()) {
            double micros = part.getValue() / 1e3 / purchases;
            total += part.getKey().startsWith("(") ? 0 : micros;
            System.out.printf("%-32s %7.2f%n", part.getKey(), micros);
        }
        double engine = (spent.get("(scoring with facts)") - spent.get("(scoring alone)")) / 1e3 / purchases;
        System.out.printf(
                "%-32s %7.2f%n%-32s %7.2f%nsum %x%n", "engine: facts, shelf", engine, "all", total + engine, sum);
    }
}
