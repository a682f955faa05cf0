package io.ebbline.offer;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.Catalogue;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.Offer;
import io.ebbline.model.OfferPolicy;
import io.ebbline.model.OfferSet;
import io.ebbline.model.Product;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Shelf;
import io.ebbline.profile.ShopClock;
import io.ebbline.profile.Stage;
import io.ebbline.testing.Outlooks;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A desk, a customer, and what is said to them. Of the products there are those with prices of 10.00 and chances .5, .4, .3 ... as
 * listed; what is owned comes as something to replenish when it is among {@link #replenishable}.
 */
final class DeskScene {

    static final String CUSTOMER = "anna";
    static final String TOPIC = "next-best-offers";
    static final long DAY = 86_400_000;
    static final long HOUR = 3_600_000;

    /** Midnight. */
    static final long START = 1_577_836_800_000L;

    OfferBook book = new OfferBook();
    final List<OfferEffect> said = new ArrayList<>();
    final ModelTimeline models = new ModelTimeline();
    final List<Candidate> candidates = new ArrayList<>();
    final Set<String> replenishable = new HashSet<>();
    final Set<String> usedUp = new HashSet<>();
    Context context = context(Stage.GROWTH, null, .5);
    Market market = Market.empty();
    Needs needs = (shelf, any, asOf) -> Profile.NO_DEADLINE;
    long until = Long.MAX_VALUE - 1;
    int rankings;
    private int events;

    DeskScene(OfferPolicy policy) {
        models.add(ScoringModel.shipped(), 0);
        models.add(policy, 0);
    }

    DeskScene(PolicyBuilder policy) {
        this(policy.build());
    }

    // ---- the shop

    DeskScene products(String... skus) {
        double chance = .5;
        for (String sku : skus) {
            candidates.add(candidate(sku, chance));
            chance *= .8;
        }
        return this;
    }

    static Candidate candidate(String sku, double chance) {
        return new Candidate(sku, category(sku), Kind.EXPLORE, chance, 1_000, List.of());
    }

    /** What stands before a dot names the category. */
    static @Nullable String category(String sku) {
        int dot = sku.indexOf('.');
        return dot < 0 ? null : sku.substring(0, dot);
    }

    DeskScene catalogue(Product... products) {
        models.add(new Catalogue("catalogue", 1, 0, true, List.of(products), "test"), 0);
        return this;
    }

    DeskScene offers(Offer... offers) {
        models.add(new OfferSet("offers", 1, 0, true, List.of(offers), "test"), 0);
        return this;
    }

    static Product product(String sku, Product.Use use, String... bundleOf) {
        return new Product(sku, category(sku), null, 1_000L, null, true, 0, Long.MAX_VALUE, use, List.of(bundleOf));
    }

    static Offer offer(String id, String sku, String category) {
        return new Offer(
                id, sku, category, 0, List.of(), 0, Long.MAX_VALUE, 14 * DAY, null, Offer.Eligibility.EVERYBODY, 1);
    }

    static Context context(Stage stage, String channel, double pBuy) {
        return new Context(stage, "segment", .9, Outlooks.steady(pBuy), 5_000, channel, -1, "model/1", Pace.ONCE);
    }

    // ---- the customer

    private List<Candidate> rank(Shelf shelf, Predicate<String> refused, int limit) {
        rankings++;
        List<Candidate> found = new ArrayList<>();
        for (Candidate one : candidates) {
            Shelf.Owned owned = shelf.get(one.sku());
            boolean again = owned != null && owned.kept() > 0;
            if (found.size() < limit && !refused.test(one.sku()) && (!again || replenishable.contains(one.sku()))) {
                Kind kind = again ? Kind.REPLENISH : one.kind();
                found.add(
                        new Candidate(one.sku(), one.category(), kind, one.chance(), one.priceMinor(), one.reasons()));
            }
        }
        return found;
    }

    private Desk desk() {
        return new Desk(
                new ShopClock(ZoneOffset.UTC),
                until,
                models,
                (shelf, any, model, asOf, refused, limit) -> rank(shelf, refused, limit),
                (shelf, any, asOf) -> needs.at(shelf, any, asOf),
                (offer, any) -> usedUp.contains(offer.offerId()),
                TOPIC);
    }

    /** What was said to a fact. */
    List<OfferEffect> fact(Fact fact) {
        return fact(CUSTOMER, fact);
    }

    List<OfferEffect> fact(String customer, Fact fact) {
        List<OfferEffect> now = new ArrayList<>();
        desk().fact(customer, book, fact, market, now::add);
        said.addAll(now);
        return now;
    }

    List<OfferEffect> deadline(long asOf) {
        List<OfferEffect> now = new ArrayList<>();
        desk().deadline(CUSTOMER, book, asOf, market, now::add);
        said.addAll(now);
        return now;
    }

    List<OfferEffect> buys(long time, String... skus) {
        return fact(new Fact(time, purchase(time, skus), Fact.Cause.ORDER, context));
    }

    List<OfferEffect> asks(long time, Fact.Cause cause) {
        return fact(new Fact(time, null, cause, context));
    }

    List<OfferEffect> note(Event event) {
        return fact(new Fact(event.time(), event, Fact.Cause.NOTE, context));
    }

    List<OfferEffect> touches(TouchpointType type, long time, String channel, String offerId, Double value) {
        return note(new Touchpoint("t" + events++, time, type, channel, null, null, null, offerId, value));
    }

    Purchase purchase(long time, String... skus) {
        String id = "p" + events++;
        List<Line> lines = lines(skus);
        return new Purchase(id, time, id, "GBP", null, null, lines, Line.sumMinor(lines, 2));
    }

    Return goods(long time, String... skus) {
        List<Line> lines = lines(skus);
        return new Return("r" + events++, time, null, false, "GBP", lines, Line.sumMinor(lines, 2));
    }

    private static List<Line> lines(String... skus) {
        List<Line> lines = new ArrayList<>();
        for (String sku : skus) {
            lines.add(new Line(sku, category(sku), 10_000, 100_000, null));
        }
        return lines;
    }

    // ---- what is said

    static OfferEffect.Decision decision(List<OfferEffect> said) {
        return (OfferEffect.Decision) said.stream()
                .filter(OfferEffect.Decision.class::isInstance)
                .reduce((first, second) -> {
                    throw new AssertionError("two decisions");
                })
                .orElseThrow(() -> new AssertionError("no decision but " + said));
    }

    static List<String> ids(List<OfferEffect> said) {
        return decision(said).offers().stream()
                .map(OfferEffect.Offered::offerId)
                .toList();
    }

    static <E extends OfferEffect> List<E> only(Class<E> kind, List<OfferEffect> said) {
        return said.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
