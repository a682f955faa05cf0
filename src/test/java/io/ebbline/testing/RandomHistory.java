package io.ebbline.testing;

import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.BuyingLayer;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.Cuts;
import io.ebbline.model.DecayRules;
import io.ebbline.model.DecayedBuying;
import io.ebbline.model.ExpectedPurchases;
import io.ebbline.model.GammaGamma;
import io.ebbline.model.MatrixRules;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ParetoNbd;
import io.ebbline.model.Provenance;
import io.ebbline.model.RankingModel;
import io.ebbline.model.RepeatBuying;
import io.ebbline.model.RepeatExpectation;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.SegmentGrid;
import io.ebbline.model.SpendLayer;
import io.ebbline.model.StageRules;
import io.ebbline.model.ValueModel;
import io.ebbline.state.Records;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * A customer's history made up from a seed, with models and rules, full of the cases that hurt: events at one instant and
 * exactly at deadlines and checks, repeated ids and orders, returns of every kind, models that change in between, expiry of ids and
 * of the ledger.
 *
 * @param events in order of time, duplicates included
 */
public record RandomHistory(
        long seed, String customer, List<Event> events, List<ModelTimeline.Entry> models, EngineRules rules) {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long START = 1_577_836_800_000L; // 2020-01-01

    /** A history of that many events. */
    public static RandomHistory of(long seed, int size) {
        Random random = new Random(seed);
        String customer = "c" + random.nextInt(1_000);
        List<ModelTimeline.Entry> models = models(random, START);
        long review = DAY * (5 + random.nextInt(60));
        EngineRules endless =
                new EngineRules(EngineRules.ENDLESS, DAY * (1 + random.nextInt(40)), review, ZoneOffset.UTC);
        List<Event> events = events(random, size, customer, models, review);
        long newest = events.get(events.size() - 1).time();
        long until = switch (random.nextInt(4)) {
            case 0 -> newest;
            case 1 -> START + (long) ((newest - START) * random.nextDouble());
            default -> newest + random.nextInt(500) * DAY;
        };
        return new RandomHistory(seed, customer, events, models, endless.until(until));
    }

    /** The models as the engine knows them. */
    public ModelTimeline timeline() {
        ModelTimeline timeline = new ModelTimeline();
        models.forEach(entry -> timeline.add(entry.model(), entry.effectiveAt()));
        return timeline;
    }

    /** What has to be said. */
    public NaiveEngine.Result expected() {
        return NaiveEngine.run(customer, events, models, rules);
    }

    private static List<Event> events(
            Random random, int size, String customer, List<ModelTimeline.Entry> models, long review) {
        List<Event> events = new ArrayList<>();
        long time = START;
        for (int i = 0; i < size; i++) {
            time += gap(random, models, review);
            if (i % 7 == 6) {
                time = nextCheck(customer, models.get(0).model(), time);
            }
            String id = "e" + (random.nextInt(5) == 0 ? random.nextInt(i + 1) : i);
            String order = "o" + (random.nextInt(4) == 0 ? random.nextInt(i + 1) : i);
            int kind = random.nextInt(10);
            events.add(
                    kind < 5
                            ? purchase(random, id, time, order)
                            : kind < 7 ? goods(random, id, time, i) : visit(random, id, time));
            if (random.nextInt(8) == 0) {
                events.add(
                        events.get(random.nextInt(events.size())).time() == time
                                ? purchase(random, id, time, order)
                                : events.get(events.size() - 1));
            }
        }
        return List.copyOf(events);
    }

    private static long gap(Random random, List<ModelTimeline.Entry> models, long review) {
        ScoringModel model = models.get(random.nextInt(models.size())).model();
        return switch (random.nextInt(10)) {
            case 0, 1 -> 0;
            case 2 -> 1;
            case 3 -> model.recency().toList().get(random.nextInt(4)) + random.nextInt(3);
            case 4 -> model.stages().hiatusMillis() + random.nextInt(3) - 1;
            case 5 ->
                random.nextBoolean() ? review + random.nextInt(3) - 1 : model.lookBackMillis() + random.nextInt(3) - 1;
            case 6 -> random.nextInt(12) == 0 ? 400 * DAY + random.nextInt(3) - 1 : HOUR;
            default -> random.nextInt(20 * 24) * HOUR;
        };
    }

    /** Where the grid has it on which predictions are made and checked. */
    private static long nextCheck(String customer, ScoringModel model, long time) {
        long horizon = model.buying().horizonMillis();
        return time + Math.floorMod(Math.floorMod(NaiveEngine.hash(customer), horizon) - time, horizon);
    }

    private static Purchase purchase(Random random, String id, long time, String order) {
        List<Line> lines = lines(random, -2);
        String channel = random.nextInt(3) == 0 ? null : "channel" + random.nextInt(10);
        Long discount = random.nextBoolean() ? null : Long.valueOf(5_000L * random.nextInt(4));
        return new Purchase(id, time, order, "GBP", channel, discount, lines, Line.sumMinor(lines, 2));
    }

    private static Return goods(Random random, String id, long time, int ordersSoFar) {
        String order = random.nextInt(4) == 0 ? null : "o" + random.nextInt(ordersSoFar + 1);
        boolean whole = random.nextBoolean();
        List<Line> lines = whole && random.nextBoolean() ? List.of() : lines(random, 0);
        return new Return(id, time, order, whole, "GBP", lines, Line.sumMinor(lines, 2));
    }

    private static Touchpoint visit(Random random, String id, long time) {
        TouchpointType[] types = TouchpointType.values();
        String channel = random.nextInt(3) == 0 ? null : "channel" + random.nextInt(10);
        Double value = random.nextBoolean() ? null : Double.valueOf(1 + random.nextInt(5));
        String campaign = random.nextInt(4) == 0 ? "campaign" : null;
        TouchpointType type = types[random.nextInt(types.length)];
        return new Touchpoint(id, time, type, channel, null, null, campaign, null, value);
    }

    private static List<Line> lines(Random random, int leastQuantity) {
        List<Line> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            long quantity = 10_000L * (leastQuantity + random.nextInt(5));
            String category = random.nextInt(4) == 0 ? null : "category" + random.nextInt(30);
            lines.add(new Line("sku" + random.nextInt(3), category, quantity, random.nextInt(200) * 2_550L, null));
        }
        return lines;
    }

    private static List<ModelTimeline.Entry> models(Random random, long start) {
        List<ModelTimeline.Entry> models = new ArrayList<>();
        for (int version = 1 + random.nextInt(4); version > 0; version--) {
            ScoringModel model = new ScoringModel(
                    random.nextInt(4) == 0 ? "other" : "default",
                    version,
                    0,
                    false,
                    cuts(random, 60, DAY),
                    cuts(random, 8, 1),
                    cuts(random, 100, 100),
                    grid(random),
                    new StageRules(3 + random.nextInt(2), DAY * (5 + random.nextInt(60))),
                    buying(random),
                    churn(random),
                    decay(random),
                    value(random),
                    matrix(random),
                    ranking(new Random(version)),
                    lookBack(random),
                    "made up",
                    random.nextBoolean() ? null : provenance(random));
            long effective = start + (random.nextInt(300) - 30) * 12 * HOUR;
            models.add(new ModelTimeline.Entry(model, model.ref(), effective));
        }
        return models;
    }

    /** Short enough for orders to leave it, or none. */
    private static long lookBack(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> DAY * 400;
            default -> DAY + random.nextInt(60) * 12 * HOUR;
        };
    }

    private static Provenance provenance(Random random) {
        List<Provenance.Part> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Double logLikelihood = random.nextBoolean() ? null : -1e5 * random.nextDouble();
            parts.add(new Provenance.Part("part " + i, random.nextBoolean(), logLikelihood, random.nextInt(9), "n"));
        }
        return new Provenance(
                -random.nextInt(9), random.nextLong(), random.nextInt(9), 4, 5, parts, random.nextLong(), "a tool");
    }

    private static Cuts cuts(Random random, int bound, long unit) {
        return Cuts.of(LongStream.generate(() -> random.nextInt(bound) * unit)
                .limit(4)
                .sorted()
                .boxed()
                .toList());
    }

    private static SegmentGrid grid(Random random) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            names.add("segment " + random.nextInt(12));
        }
        return random.nextBoolean() ? SegmentGrid.shipped() : new SegmentGrid(names);
    }

    /** Customers of these histories order every few days: so do those of the models. */
    private static BuyingModel buying(Random random) {
        RepeatBuying.Family family = random.nextBoolean() ? RepeatBuying.Family.MBG : RepeatBuying.Family.BG;
        return new BuyingModel(
                new RepeatBuying(
                        family,
                        1 + random.nextInt(4),
                        0.3 + 2 * random.nextDouble(),
                        2 + 30 * random.nextDouble(),
                        0.2 + random.nextDouble(),
                        0.5 + 3 * random.nextDouble()),
                new DecayedBuying(
                        0.3 + random.nextDouble(), 2 + 30 * random.nextDouble(), 0.001 + 0.05 * random.nextDouble()),
                DAY * (5 + random.nextInt(60)),
                random.nextBoolean() ? null : layer(random));
    }

    private static BuyingLayer layer(Random random) {
        return new BuyingLayer(
                random.nextDouble() - 0.5,
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble() - 0.5,
                random.nextInt(2) * random.nextDouble(),
                random.nextInt(2) * random.nextDouble(),
                random.nextDouble() - 0.5,
                DAY * (1 + random.nextInt(100)),
                DAY * (1 + random.nextInt(40)),
                1 + 10_000 * random.nextDouble());
    }

    private static ValueModel value(Random random) {
        double r = 0.3 + 2 * random.nextDouble();
        double alpha = 2 + 30 * random.nextDouble();
        double a = 0.2 + random.nextDouble();
        double b = 0.5 + 3 * random.nextDouble();
        ExpectedPurchases purchases = random.nextBoolean()
                ? new ParetoNbd(r, alpha, a, 10 * b)
                : new RepeatExpectation(new RepeatBuying(
                        random.nextBoolean() ? RepeatBuying.Family.MBG : RepeatBuying.Family.BG, 1, r, alpha, a, b));
        SpendLayer layer = new SpendLayer(
                1 + 1000 * random.nextDouble(),
                random.nextGaussian() / 5,
                random.nextDouble(),
                random.nextDouble(),
                random.nextGaussian() / 5,
                random.nextGaussian() / 5);
        return new ValueModel(
                purchases,
                new GammaGamma(1 + 5 * random.nextDouble(), 1.5 + 3 * random.nextDouble(), 3_000 * random.nextDouble()),
                DAY * (5 + random.nextInt(400)),
                random.nextDouble() / 5,
                random.nextBoolean() ? layer : null);
    }

    private static ChurnRules churn(Random random) {
        if (random.nextInt(5) == 0) {
            return Shop.CALM;
        }
        double decline = 0.1 + 0.85 * random.nextDouble();
        double share = 0.3 + 0.6 * random.nextDouble();
        return new ChurnRules(
                decline,
                share,
                share * (0.3 + 0.7 * random.nextDouble()),
                0.2 + 0.7 * random.nextDouble(),
                0.05 + 0.9 * random.nextDouble(),
                (1 / share - 1) * random.nextDouble() * 0.99,
                DAY * random.nextInt(20),
                0.3 + 0.5 * random.nextDouble(),
                random.nextInt(3) == 0 ? 1e6 : 0.2 + 3 * random.nextDouble(),
                0.2 + 0.6 * random.nextDouble(),
                1 + random.nextInt(4),
                DAY * random.nextInt(40),
                DAY * random.nextInt(60),
                3);
    }

    private static DecayRules decay(Random random) {
        long fast = DAY * (1 + random.nextInt(20));
        return new DecayRules(
                fast,
                fast + DAY * (1 + random.nextInt(100)),
                DAY * (1 + random.nextInt(90)),
                DAY * (1 + random.nextInt(400)));
    }

    private static RankingModel ranking(Random random) {
        return new RankingModel(weights(RankingModel.Explore.class, random), weights(RankingModel.Own.class, random));
    }

    private static <R extends Record> R weights(Class<R> type, Random random) {
        int count = Records.fields(type).size();
        return Records.make(type, random.doubles(count).boxed().toArray());
    }

    private static MatrixRules matrix(Random random) {
        long classB = random.nextInt(5_000);
        return new MatrixRules(
                1 + random.nextInt(5),
                random.nextInt(10_000),
                random.nextInt(20_000),
                random.nextInt(5_000),
                classB + random.nextInt(20_000),
                classB,
                0.5 + 10 * random.nextDouble(),
                0.1 + 0.8 * random.nextDouble(),
                0.1 + 0.8 * random.nextDouble(),
                DAY * random.nextInt(10));
    }
}
