package io.ebbline.offer;

import static io.ebbline.offer.DeskScene.DAY;
import static io.ebbline.offer.DeskScene.HOUR;
import static io.ebbline.offer.DeskScene.START;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferPolicy.Cap;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Stage;
import io.ebbline.testing.Outlooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A customer's facts made up from a seed, with policy and offers, full of the cases that hurt: facts at one instant and at
 * deadlines, late ones, shows of what was never offered, consent that comes and goes.
 */
record RandomFacts(OfferPolicy policy, List<Offer> offers, List<Fact> facts) {

    private static final String[] SKUS = {"tea.a", "tea.b", "tea.c", "cup.d", "cup.e", "pot"};
    /** Those of them that are bought again. */
    static final List<String> REPLENISHABLE = List.of("tea.a", "pot");

    private static final String[] CHANNELS = {"email", "app", "sms", null};
    private static final String[] OFFERS = {"half", "teas", "any"};

    static RandomFacts of(long seed, int size, double holdout) {
        Random random = new Random(seed);
        OfferPolicy policy = policy(random, holdout);
        List<Offer> offers = offers(random);
        List<Fact> facts = new ArrayList<>();
        long asOf = START;
        for (int i = 0; i < size; i++) {
            boolean late = random.nextInt(10) == 0;
            asOf += late ? 0 : gap(random, policy);
            long time = late ? asOf - random.nextInt(10 * 24) * HOUR : asOf;
            Event event = random.nextInt(5) == 0 ? null : event(random, "e" + i, time);
            Fact.Cause cause = random.nextInt(3) == 0
                    ? Fact.Cause.NOTE
                    : event instanceof Purchase
                            ? Fact.Cause.ORDER
                            : random.nextBoolean() ? Fact.Cause.STAGE : Fact.Cause.DECLINE;
            facts.add(new Fact(asOf, event, cause, context(random)));
        }
        return new RandomFacts(policy, offers, facts);
    }

    private static long gap(Random random, OfferPolicy policy) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> 0;
            case 2 -> policy.lifeMillis() + random.nextInt(3) - 1;
            case 3 -> policy.caps().isEmpty() ? 1 : policy.caps().get(0).periodMillis() + random.nextInt(3) - 1;
            case 4 -> policy.offerCoolDownMillis() + random.nextInt(3);
            default -> random.nextInt(60) * HOUR;
        };
    }

    private static OfferPolicy policy(Random random, double holdout) {
        List<Cap> caps = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            caps.add(new Cap(CHANNELS[random.nextInt(4)], 1 + random.nextInt(3), HOUR * (1 + random.nextInt(200))));
        }
        int quiet = random.nextInt(24);
        return new PolicyBuilder()
                .list(1 + random.nextInt(4))
                .life(HOUR * (12 + random.nextInt(400)))
                .caps(caps.toArray(new Cap[0]))
                .coolDowns(HOUR * random.nextInt(200), random.nextBoolean() ? 0 : HOUR * random.nextInt(200))
                .rejection(HOUR * random.nextInt(400))
                .returned(HOUR * random.nextInt(400))
                .quiet(quiet, (quiet + random.nextInt(12)) % 24)
                .consentRequired(random.nextInt(3) == 0)
                .thompson(random.nextBoolean())
                .holdout(holdout)
                .build();
    }

    private static List<Offer> offers(Random random) {
        List<Offer> offers = new ArrayList<>();
        for (String id : OFFERS) {
            if (random.nextBoolean()) {
                List<String> channels = random.nextInt(3) == 0 ? List.of("app", "email") : List.of();
                long from = random.nextBoolean() ? 0 : START + random.nextInt(20) * DAY;
                offers.add(new Offer(
                        id,
                        id.equals("half") ? SKUS[random.nextInt(6)] : null,
                        id.equals("teas") ? "tea" : null,
                        random.nextInt(300),
                        channels,
                        from,
                        from + START + random.nextInt(20) * DAY,
                        HOUR * (1 + random.nextInt(400)),
                        null,
                        Offer.Eligibility.EVERYBODY,
                        random.nextInt(4)));
            }
        }
        return offers;
    }

    private static Context context(Random random) {
        Stage stage = Stage.values()[1 + random.nextInt(Stage.values().length - 1)];
        String channel = CHANNELS[random.nextInt(4)];
        double pBuy = random.nextInt(4) == 0 ? Double.NaN : random.nextDouble();
        return new Context(
                stage,
                random.nextBoolean() ? null : "segment",
                pBuy,
                Outlooks.steady(pBuy),
                Double.NaN,
                channel,
                random.nextInt(25) - 1,
                "model/1",
                Pace.ONCE);
    }

    private static Event event(Random random, String id, long time) {
        String channel = CHANNELS[random.nextInt(4)];
        String sku = SKUS[random.nextInt(6)];
        String offer =
                random.nextInt(6) == 0 ? "unknown" : random.nextBoolean() ? "sku:" + sku : OFFERS[random.nextInt(3)];
        Double value = random.nextBoolean() ? null : Double.valueOf(random.nextInt(2));
        return switch (random.nextInt(9)) {
            case 0, 1 -> {
                List<Line> lines = List.of(line(sku), line(SKUS[random.nextInt(6)]));
                yield new Purchase(id, time, id, "GBP", null, null, lines, Line.sumMinor(lines, 2));
            }
            case 2 -> new Return(id, time, null, false, "GBP", List.of(line(sku)), 1_000);
            case 3, 4 -> touch(id, time, TouchpointType.OFFER_SHOWN, channel, offer, null);
            case 5 -> touch(id, time, TouchpointType.OFFER_ACCEPTED, channel, offer, null);
            case 6 -> touch(id, time, TouchpointType.OFFER_REJECTED, channel, offer, null);
            case 7 -> touch(id, time, TouchpointType.CONSENT, channel, null, value);
            default ->
                random.nextBoolean()
                        ? touch(id, time, TouchpointType.UNSUBSCRIBE, channel, null, null)
                        : touch(id, time, TouchpointType.CONSENT, null, null, null);
        };
    }

    private static Line line(String sku) {
        return new Line(sku, DeskScene.category(sku), 10_000, 100_000, null);
    }

    private static Touchpoint touch(
            String id, long time, TouchpointType type, String channel, String offer, Double value) {
        return new Touchpoint(id, time, type, channel, null, null, null, offer, value);
    }

    /** The scene in which they happen. */
    DeskScene scene() {
        DeskScene scene = new DeskScene(policy)
                .products(SKUS)
                .products("a", "b", "c", "d", "e", "f.a", "f.b", "f.c", "f.d", "f.e")
                .offers(offers.toArray(new Offer[0]));
        scene.replenishable.addAll(REPLENISHABLE);
        scene.needs = (shelf, market, asOf) ->
                shelf.items().isEmpty() ? Profile.NO_DEADLINE : (Math.floorDiv(asOf, 9 * DAY) + 1) * 9 * DAY;
        scene.until = START + 300 * DAY;
        return scene;
    }
}
