package io.ebbline.testing;

import io.ebbline.event.Event;
import io.ebbline.event.Line;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.model.BuyingModel;
import io.ebbline.model.ChurnRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import java.time.ZoneOffset;
import java.util.List;

/** Events in few words: amounts in minor units, instants as days since 2020. */
public final class Shop {

    /** A day in milliseconds. */
    public static final long DAY = 86_400_000;

    private static final long START = 1_577_836_800_000L;

    /** Rules under which nobody declines, and whoever is silent for the hiatus has departed. */
    public static final ChurnRules CALM =
            new ChurnRules(1e-9, 0.5, 0.5, 0.5, Math.nextDown(1.0), 0, 0, 0.5, 1e9, 1e-9, 1_000_000, 0, 0, -1e9);

    private static final ShopClock CLOCK = new ShopClock(ZoneOffset.UTC);

    private Shop() {}

    /** The shipped model, but nobody declines. */
    public static ScoringModel calm() {
        return under(CALM);
    }

    /** The shipped model with other rules of decline. */
    public static ScoringModel under(ChurnRules churn) {
        return with(ScoringModel.shipped().buying(), churn);
    }

    /** The shipped model with other chances of an order. */
    public static ScoringModel buyingBy(BuyingModel buying) {
        return with(buying, ScoringModel.shipped().churn());
    }

    private static ScoringModel with(BuyingModel buying, ChurnRules churn) {
        ScoringModel shipped = ScoringModel.shipped();
        return new ScoringModel(
                shipped.modelId(),
                shipped.version(),
                shipped.effectiveFrom(),
                shipped.backdated(),
                shipped.recency(),
                shipped.frequency(),
                shipped.monetary(),
                shipped.segments(),
                shipped.stages(),
                buying,
                churn,
                shipped.decay(),
                shipped.value(),
                shipped.matrix(),
                shipped.ranking(),
                shipped.lookBackMillis(),
                shipped.note());
    }

    /** Books an event under the shipped model. */
    public static void apply(Profile profile, Event event) {
        apply(profile, event, ScoringModel.shipped());
    }

    /** Books an event under a model. */
    public static void apply(Profile profile, Event event, ScoringModel model) {
        profile.apply(event, model, CLOCK);
    }

    /** An instant: that many days after the beginning of 2020. */
    public static long day(double days) {
        return START + (long) (days * DAY);
    }

    /** An order of one line. Its event id is the order's id with the instant. */
    public static Purchase order(String order, long time, long minor) {
        Line line = new Line("sku", null, 10_000, minor * 100, null);
        return new Purchase(order + "@" + time, time, order, "GBP", null, null, List.of(line), minor);
    }

    /** A return of a part of an order. */
    public static Return partBack(String order, long time, long minor) {
        return new Return("part of " + order + "@" + time, time, order, false, "GBP", lines(minor), minor);
    }

    /** A return of a whole order that does not say what it came to. */
    public static Return wholeBack(String order, long time) {
        return new Return("all of " + order + "@" + time, time, order, true, "GBP", List.of(), 0);
    }

    /** A return of a whole order that says what is refunded. */
    public static Return wholeBack(String order, long time, long minor) {
        return new Return("all of " + order + "@" + time, time, order, true, "GBP", lines(minor), minor);
    }

    /** A return that names no order. */
    public static Return back(long time, long minor) {
        return new Return("back@" + time, time, null, false, "GBP", lines(minor), minor);
    }

    /** A visit. */
    public static Touchpoint visit(long time) {
        return touch(TouchpointType.VISIT, time);
    }

    /** A touchpoint of any type. */
    public static Touchpoint touch(TouchpointType type, long time) {
        return new Touchpoint(type + "@" + time, time, type, null, null, null, null, null, null);
    }

    /** The profile of events in the order given. */
    public static Profile profile(Event... events) {
        Profile profile = new Profile();
        for (Event event : events) {
            apply(profile, event);
        }
        return profile;
    }

    private static List<Line> lines(long minor) {
        return List.of(new Line("sku", null, 10_000, minor * 100, null));
    }
}
