package io.ebbline.operator;

import static io.ebbline.operator.Records.DAY;
import static io.ebbline.operator.Records.START;

import io.ebbline.engine.Effect;
import io.ebbline.engine.Engine;
import io.ebbline.engine.EngineRules;
import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.Catalogue;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ModelVersion;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.profile.Profile;
import io.ebbline.testing.ListInbox;
import io.ebbline.wire.Topic;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a small shop that makes offers, made up from a seed: customers who buy what follows what they have, answer
 * offers, come and go; versions of everything that come into force in between; instants at the ends of ticks.
 *
 * @param events of each customer
 * @param versions the scoring model first
 * @param end of the run, not before the newest event
 */
record OfferHistory(Map<String, List<Event>> events, List<Version> versions, long end) {

    /** A version and when it takes effect. */
    record Version(ModelVersion version, long effectiveAt) {}

    /** What customer scoring tells of a customer. */
    record Told(String customer, Effect effect) {}

    static final int DAYS = 24;
    private static final int SKUS = 14;
    private static final int CUSTOMERS = 10;
    private static final String[] CHANNELS = {"email", "app", null};

    static OfferHistory of(long seed) {
        Random random = new Random(seed);
        Map<String, List<Event>> events = new TreeMap<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            events.put("customer-" + i, events(random));
        }
        long end = START + (DAYS + random.nextInt(10)) * DAY + random.nextInt(2) * random.nextInt((int) DAY);
        return new OfferHistory(events, versions(random), end);
    }

    /** The same up to an instant, and something else after it: another history's future, versions too. */
    OfferHistory withOtherFuture(long instant, long seed) {
        OfferHistory other = of(seed);
        Map<String, List<Event>> mixed = new TreeMap<>();
        events.forEach((customer, own) -> {
            List<Event> all = new ArrayList<>(
                    own.stream().filter(event -> event.time() <= instant).toList());
            other.events.get(customer).stream()
                    .filter(event -> event.time() > instant)
                    .map(event -> renamed(event, "other-"))
                    .forEach(all::add);
            mixed.put(customer, all);
        });
        List<Version> mixedVersions = new ArrayList<>(versions.stream()
                .filter(version -> version.effectiveAt <= instant)
                .toList());
        Set<String> refs = mixedVersions.stream().map(one -> one.version.ref()).collect(Collectors.toSet());
        other.versions.stream()
                .filter(one -> one.effectiveAt > instant && !refs.contains(one.version.ref()))
                .forEach(mixedVersions::add);
        return new OfferHistory(mixed, mixedVersions, Math.max(end, other.end));
    }

    private static Event renamed(Event event, String prefix) {
        if (event instanceof Purchase p) {
            return new Purchase(
                    prefix + p.id(),
                    p.time(),
                    prefix + p.orderId(),
                    p.currency(),
                    p.channel(),
                    p.discount(),
                    p.lines(),
                    p.totalMinor());
        }
        if (event instanceof Return r) {
            return new Return(
                    prefix + r.id(), r.time(), r.orderId(), r.whole(), r.currency(), r.lines(), r.totalMinor());
        }
        Touchpoint t = (Touchpoint) event;
        return new Touchpoint(
                prefix + t.id(),
                t.time(),
                t.type(),
                t.channel(),
                t.sku(),
                t.category(),
                t.campaign(),
                t.offerId(),
                t.value());
    }

    // ---- events

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        List<String> owned = new ArrayList<>();
        long time = START;
        for (int i = 0; ; i++) {
            time += random.nextInt(12) == 0 ? 0 : (long) (-Math.log(1 - random.nextDouble()) * DAY * 2.2);
            if (random.nextInt(4) == 0) {
                time = Math.floorDiv(time, DAY) * DAY + DAY - random.nextInt(2);
            }
            if (time >= START + DAYS * DAY) {
                return events;
            }
            String id = "e" + i;
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> events.add(purchase(random, id, time, owned));
                case 4 -> {
                    if (owned.isEmpty()) {
                        events.add(touch(random, id, time, TouchpointType.VISIT, null));
                    } else {
                        List<Line> back = List.of(line(owned.get(random.nextInt(owned.size())), 1));
                        events.add(new Return(id, time, null, false, "GBP", back, Line.sumMinor(back, 2)));
                    }
                }
                case 5, 6 -> events.add(touch(random, id, time, TouchpointType.OFFER_SHOWN, offer(random)));
                case 7 -> events.add(touch(random, id, time, TouchpointType.OFFER_ACCEPTED, offer(random)));
                case 8 -> events.add(touch(random, id, time, TouchpointType.OFFER_REJECTED, offer(random)));
                default -> {
                    TouchpointType type = random.nextInt(3) == 0 ? TouchpointType.UNSUBSCRIBE : TouchpointType.CONSENT;
                    events.add(touch(random, id, time, type, null));
                }
            }
        }
    }

    private static Purchase purchase(Random random, String id, long time, List<String> owned) {
        List<Line> lines = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int next = owned.isEmpty() || random.nextBoolean()
                    ? random.nextInt(SKUS)
                    : random.nextInt(3) == 0
                            ? number(owned.get(0)) // Again.
                            : (number(owned.get(0)) + 1) % SKUS;
            owned.add(0, "s" + next);
            lines.add(line("s" + next, 1 + random.nextInt(2)));
        }
        return new Purchase(id, time, id, "GBP", CHANNELS[random.nextInt(3)], null, lines, Line.sumMinor(lines, 2));
    }

    private static int number(String sku) {
        return Integer.parseInt(sku.substring(1));
    }

    private static Line line(String sku, int pieces) {
        int number = number(sku);
        return new Line(sku, number % 5 == 0 ? null : "c" + number % 4, pieces * 10_000L, 10_000L * (1 + number), null);
    }

    private static String offer(Random random) {
        return random.nextInt(3) == 0 ? "o" + random.nextInt(3) : "sku:s" + random.nextInt(SKUS);
    }

    private static Touchpoint touch(
            Random random, String id, long time, TouchpointType type, @Nullable String offerId) {
        return new Touchpoint(id, time, type, CHANNELS[random.nextInt(3)], null, null, null, offerId, null);
    }

    // ---- versions

    private static List<Version> versions(Random random) {
        List<Version> all = new ArrayList<>();
        all.add(new Version(Records.model(1, 2, 5, 9, 15), 0));
        for (int version = 1; version <= 3; version++) {
            long at = version == 1 && random.nextBoolean() ? 0 : START + random.nextInt(DAYS * 24) * (DAY / 24);
            all.add(new Version(policy(random, version, at), at));
            long from = START + random.nextInt(DAYS) * DAY;
            all.add(new Version(catalogue(random, version, from), from));
            long offered = START + random.nextInt(DAYS * 24) * (DAY / 24);
            all.add(new Version(offers(random, version, offered), offered));
        }
        return all;
    }

    private static OfferPolicy policy(Random random, int version, long from) {
        List<OfferPolicy.Cap> caps = new ArrayList<>();
        if (random.nextBoolean()) {
            caps.add(new OfferPolicy.Cap(null, 1 + random.nextInt(3), DAY * (1 + random.nextInt(3))));
            caps.add(new OfferPolicy.Cap("app", 1, DAY));
        }
        int quiet = random.nextInt(24);
        return new OfferPolicy(
                "policy",
                version,
                from,
                true,
                1 + random.nextInt(5),
                DAY / 2 * (1 + random.nextInt(10)),
                caps,
                DAY * random.nextInt(6),
                DAY * random.nextInt(2),
                DAY * random.nextInt(20),
                DAY * random.nextInt(20),
                quiet,
                (quiet + random.nextInt(10)) % 24,
                random.nextInt(4) == 0,
                random.nextDouble() / 4,
                "salt",
                random.nextBoolean(),
                1,
                9,
                .3,
                List.of(new OfferPolicy.Weight("GROWTH", "EXPLORE", 1.5)),
                List.of(new OfferPolicy.Weight("c1", null, 2)),
                "");
    }

    private static Catalogue catalogue(Random random, int version, long from) {
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < SKUS; i++) {
            if (random.nextBoolean()) {
                products.add(new Product(
                        "s" + i,
                        "c" + i % 4,
                        null,
                        random.nextBoolean() ? null : 100L * (1 + i),
                        random.nextBoolean() ? null : 40L * (1 + i),
                        random.nextInt(6) > 0,
                        0,
                        Long.MAX_VALUE,
                        Product.Use.values()[random.nextInt(3)],
                        i == 7 ? List.of("s1", "s2") : List.of()));
            }
        }
        return new Catalogue("catalogue", version, from, true, products, "");
    }

    private static OfferSet offers(Random random, int version, long from) {
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            offers.add(new Offer(
                    "o" + i,
                    i == 0 ? "s" + random.nextInt(SKUS) : null,
                    i == 1 ? "c1" : null,
                    random.nextInt(50),
                    random.nextInt(3) == 0 ? List.of("app") : List.of(),
                    from,
                    from + DAY * (3 + random.nextInt(20)),
                    DAY / 2 * (1 + random.nextInt(8)),
                    random.nextBoolean() ? null : 100L,
                    Offer.Eligibility.EVERYBODY,
                    1 + random.nextInt(3)));
        }
        return new OfferSet("offers", version, from, true, offers, "");
    }

    // ---- what customer scoring tells

    /** All of them as a timeline. */
    ModelTimeline timeline() {
        ModelTimeline timeline = new ModelTimeline();
        versions.forEach(one -> timeline.add(one.version, one.effectiveAt));
        return timeline;
    }

    /** What the engine tells of offers and for them, customer by customer, in order for each. */
    List<Told> told() {
        return effects().stream()
                .filter(one -> one.effect instanceof Effect.Noted
                        || one.effect instanceof Effect.Bought
                        || one.effect instanceof Effect.Responded)
                .toList();
    }

    /** All that the engine tells; of each customer the last answer alone. */
    List<Told> effects() {
        ModelTimeline timeline = timeline();
        EngineRules rules = new EngineRules(end, 30 * DAY, 30 * DAY, ZoneOffset.UTC).withOffers();
        Engine engine = new Engine(
                rules,
                timeline,
                Topic.LIFECYCLE_TRANSITIONS.topicName(),
                Topic.CHURN_SIGNALS.topicName(),
                Topic.SCORE_CHANGES.topicName(),
                timeline.offers()::lifeMillis);
        List<Told> all = new ArrayList<>();
        events.forEach((customer, own) -> engine.advance(
                customer, new Profile(), ListInbox.of(own), end, end, effect -> all.add(new Told(customer, effect))));
        return all;
    }
}
