package io.ebbline.profile;

import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.model.Past;
import io.ebbline.model.ScoringModel;
import io.ebbline.model.ValueModel;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one customer: totals for ever, orders for 400 days, event ids for the dedup horizon, and what was
 * last said. Mutable, for one thread; {@link Data} is its stored form.
 *
 * <p>Amounts are minor units of the shop's currency, instants are milliseconds since the epoch.
 */
public final class Profile {

    /** No such instant has come yet. */
    public static final long NEVER = Long.MIN_VALUE;

    /** No deadline is due, ever. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final double DAY_MILLIS = 86_400_000;

    /** Surveys and reviews count from 1 to 5; from this on they are good. */
    private static final double GOOD_RATING = 4;

    /**
     * The plain numbers of a profile.
     *
     * @param sealedOrders kept orders that fell out of the ledger
     * @param sealedLastOrder time of the latest of them, or {@link #NEVER}
     * @param firstOrder time of the first order ever, or {@link #NEVER}
     * @param orders orders booked ever, returned ones included
     * @param grossMinor sum of all purchases
     * @param returnedMinor sum of all returns, as a positive number
     * @param touchpoints touchpoints applied
     * @param lastVisit time of the latest visit, or {@link #NEVER}
     * @param lastEvent time of the latest event, or {@link #NEVER}
     * @param appliedThrough the latest instant at which anything was applied, or {@link #NEVER}
     * @param deadline the next instant to look at this customer, or {@link #NO_DEADLINE}
     * @param transitionAt instant of the latest transition, or {@link #NEVER}
     * @param transitions how many transitions were told of that instant
     */
    public record Data(
            long sealedOrders,
            long sealedLastOrder,
            long firstOrder,
            long orders,
            long grossMinor,
            long returnedMinor,
            long touchpoints,
            long lastVisit,
            long lastEvent,
            long appliedThrough,
            long deadline,
            long transitionAt,
            int transitions) {

        /** A customer of whom nothing is known. */
        static final Data BLANK = new Data(0, NEVER, NEVER, 0, 0, 0, 0, NEVER, NEVER, NEVER, NO_DEADLINE, NEVER, 0);
    }

    private Orders book = new Orders();
    private SeenEvents seen = new SeenEvents();
    private Rhythm rhythm = new Rhythm();
    private Trend spend = new Trend();
    private Trend contacts = new Trend();
    private Spending spending = new Spending();
    private Grievances grievances = new Grievances();
    private Engagement engagement = new Engagement();
    private Journey journey = new Journey();
    private Dealings dealings = new Dealings();
    private Sentiment sentiment = new Sentiment();
    private Shelf shelf = new Shelf();
    private Exposures exposures = new Exposures();

    private long touchpoints;
    private long lastVisit = NEVER;
    private long lastEvent = NEVER;
    private long appliedThrough = NEVER;
    private long deadline = NO_DEADLINE;
    private long transitionAt = NEVER;
    private int transitions;
    private Standing standing = Standing.NONE;
    private @Nullable Prediction prediction;
    private String category = OrderCategory.UNKNOWN;
    private Membership membership = Membership.NONE;

    /** The value asked for last, and the answer: it is asked for several times of one instant. */
    private ValueModel.@Nullable Outlook outlook;

    private @Nullable ValueModel outlookOf;
    private long outlookAsOf;

    // ---- folds

    /**
     * Books an event's facts. Call it once per event, in event-time order (late ones excepted).
     *
     * @param model the version in force, for decays and thresholds
     */
    public void apply(Event event, ScoringModel model, ShopClock clock) {
        outlook = null;
        lastEvent = Math.max(lastEvent, event.time());
        if (event instanceof Purchase purchase) {
            book(purchase, model, clock);
        } else if (event instanceof Return goods) {
            book.goods(goods);
            grievances.returned(goods.time(), model.churn());
            sentiment.returned(goods.time(), model.decay().tasteHalfLifeMillis(), lastEvent);
        } else if (event instanceof Touchpoint touchpoint) {
            book(touchpoint, model, clock);
        }
    }

    private void book(Purchase purchase, ScoringModel model, ShopClock clock) {
        boolean begins = book.purchase(purchase);
        spend.add((double) purchase.totalMinor(), purchase.time(), model.decay());
        spending.add(purchase.totalMinor(), purchase.time());
        long repeats = rhythm.repeats();
        rhythm.purchase(purchase, begins, clock, model);
        if (prediction != null && rhythm.repeats() > repeats) {
            prediction = prediction.occasion(purchase.time());
        }
        dealings.purchase(purchase, begins, model.matrix(), model.decay().tasteHalfLifeMillis(), lastEvent);
        if (begins) {
            journey.onOrder(purchase.time());
        }
    }

    private void book(Touchpoint touchpoint, ScoringModel model, ShopClock clock) {
        touchpoints++;
        if (touchpoint.type().isVisit()) {
            lastVisit = Math.max(lastVisit, touchpoint.time());
        }
        if (touchpoint.type().isResponse()) {
            contacts.add(1, touchpoint.time(), model.decay());
        }
        engagement.add(touchpoint, clock.hour(touchpoint.time()), model.decay().contactHalfLifeMillis(), lastEvent);
        journey.on(touchpoint, clock, GOOD_RATING);
        grievances.contact(touchpoint, model.churn());
        dealings.contact(touchpoint);
        sentiment.contact(touchpoint, model.decay().tasteHalfLifeMillis(), lastEvent);
    }

    // ---- what scores read

    /**
     * What R, F and M are drawn from as of an instant.
     *
     * @param lookBackMillis the window, at most {@link Ledger#KEPT_MILLIS}; of the latest {@link Ledger#CAPACITY} orders; 0: all
     *     history
     */
    public Rfm rfm(long lookBackMillis, long asOf) {
        return book.rfm(lookBackMillis, asOf);
    }

    /** Orders not wholly returned, ever. */
    public long keptOrders() {
        return book.kept();
    }

    /** Time of the latest order not wholly returned, or {@link #NEVER}. */
    public long lastOrder() {
        return book.lastKept();
    }

    /** Time of the first order ever, returned or not, or {@link #NEVER}. */
    public long firstOrder() {
        return book.first();
    }

    /** Orders booked ever, returned ones included. */
    public long orders() {
        return book.count();
    }

    /** Line totals less returns, ever. */
    public long monetaryMinor() {
        return book.grossMinor() - book.returnedMinor();
    }

    /** Sum of all purchases. */
    public long grossMinor() {
        return book.grossMinor();
    }

    /** Sum of all returns, as a positive number. */
    public long returnedMinor() {
        return book.returnedMinor();
    }

    /** Touchpoints applied. */
    public long touchpoints() {
        return touchpoints;
    }

    /** Time of the latest visit, or {@link #NEVER}. */
    public long lastVisit() {
        return lastVisit;
    }

    /** Time of the latest event of any kind, or {@link #NEVER}. */
    public long lastEvent() {
        return lastEvent;
    }

    /** When the customer orders. */
    public Rhythm rhythm() {
        return rhythm;
    }

    /** Recent spend against the usual. */
    public Trend spend() {
        return spend;
    }

    /** Recent contacts of the customer's own accord against the usual. */
    public Trend contacts() {
        return contacts;
    }

    /** What was bought of late. */
    public Spending spending() {
        return spending;
    }

    /** What the customer will bring under a value model, as of an instant; meaningless without an order. */
    public ValueModel.Outlook outlook(ValueModel value, long asOf) {
        ValueModel.Outlook known = outlook;
        if (known == null || !value.equals(outlookOf) || outlookAsOf != asOf) {
            known = value.value(past(asOf));
            outlook = known;
            outlookOf = value;
            outlookAsOf = asOf;
        }
        return known;
    }

    /** What the customer's value is worked out from, as of an instant; meaningless without an order. */
    public Past past(long asOf) {
        return new Past(
                rhythm.repeats(),
                rhythm.span() / DAY_MILLIS,
                rhythm.silence(asOf) / DAY_MILLIS,
                monetaryMinor(),
                spending.recent(asOf));
    }

    /** Decayed contacts by type, channel and hour. */
    public Engagement engagement() {
        return engagement;
    }

    /** The furthest steps reached. */
    public Journey journey() {
        return journey;
    }

    /** What the customer buys, where, and at what price. */
    public Dealings dealings() {
        return dealings;
    }

    /** What the customer has bought; empty when no offers are made. */
    public Shelf shelf() {
        return shelf;
    }

    /** How the customer orders at an instant, milliseconds since the epoch. */
    public Pace pace(long at) {
        return Pace.of(book.ledger(), rhythm.last(), at);
    }

    /** The offers that the customer was shown; empty when no offers are made. */
    public Exposures exposures() {
        return exposures;
    }

    /** What the customer says and shows of being content. */
    public Sentiment sentiment() {
        return sentiment;
    }

    /** What speaks against the shop. */
    public Grievances grievances() {
        return grievances;
    }

    /** What the funnel and the population count of the customer: by the window under which they were last told of. */
    public Figures figures() {
        if (standing.stage() == Stage.UNKNOWN || isRetired()) {
            return Figures.NONE;
        }
        Rfm rfm = rfm(standing.lookBackMillis(), standing.asOf());
        return new Figures(standing.stage(), standing.stageSince(), rfm.orders(), rfm.monetaryMinor(), rfm.lastOrder());
    }

    /** That much later than an instant; {@link #NO_DEADLINE} when that is beyond the end of time. */
    public static long later(long instant, long millis) {
        long sum = instant + millis;
        return sum < instant ? NO_DEADLINE : sum;
    }

    // ---- what the engine keeps here

    /** Ids of recent events. */
    public SeenEvents seen() {
        return seen;
    }

    /** Recent orders. */
    public Ledger ledger() {
        return book.ledger();
    }

    /** Recent returns that belong to none of them. */
    public LooseReturns looseReturns() {
        return book.looseReturns();
    }

    /** The latest instant at which anything was applied, or {@link #NEVER}. */
    public long appliedThrough() {
        return appliedThrough;
    }

    /** Moves {@link #appliedThrough} forward; never back. */
    public void appliedAt(long instant) {
        appliedThrough = Math.max(appliedThrough, instant);
    }

    /** The next instant to look at this customer, or {@link #NO_DEADLINE}. */
    public long deadline() {
        return deadline;
    }

    /** Sets the next instant to look at this customer. */
    public void deadline(long instant) {
        deadline = instant;
    }

    /** What was last said. */
    public Standing standing() {
        return standing;
    }

    /** Sets what was last said. */
    public void standing(Standing said) {
        standing = said;
    }

    /** What was said of the next order and is not checked yet; null: nothing. */
    public @Nullable Prediction prediction() {
        return prediction;
    }

    /** Sets what was said of the next order; null: nothing. */
    public void prediction(@Nullable Prediction said) {
        prediction = said;
    }

    /** Category of the latest order that names one; {@link OrderCategory#UNKNOWN}: none does. */
    public String category() {
        return category;
    }

    /** Sets the category of the latest order that names one. */
    public void category(String latest) {
        category = latest;
    }

    /** Whose histories count as this customer's, and whether this one's counts as another's. */
    public Membership membership() {
        return membership;
    }

    /** Sets whose histories count as this customer's. */
    public void membership(Membership now) {
        membership = now;
    }

    /** Whether the customer's id has been merged into another: then nothing is said of it. */
    public boolean isRetired() {
        return membership.retired() != null;
    }

    /** Whether anything ever happened. */
    public boolean isKnown() {
        return lastEvent != NEVER;
    }

    /** How many transitions were told of that instant before; counts this one. */
    public int nextTransition(long instant) {
        if (transitionAt != instant) {
            transitionAt = instant;
            transitions = 0;
        }
        return transitions++;
    }

    /** Forgets everything: the customer is as if never seen. */
    public void forget() {
        book = new Orders();
        seen = new SeenEvents();
        rhythm = new Rhythm();
        spend = new Trend();
        contacts = new Trend();
        spending = new Spending();
        grievances = new Grievances();
        engagement = new Engagement();
        journey = new Journey();
        dealings = new Dealings();
        sentiment = new Sentiment();
        shelf = new Shelf();
        exposures = new Exposures();
        prediction = null;
        category = OrderCategory.UNKNOWN;
        membership = Membership.NONE;
        restore(Data.BLANK, Standing.NONE);
    }

    /** Forgets which events came. */
    public void forgetIds() {
        seen = new SeenEvents();
    }

    /**
     * Takes what happened to another for what happened to this customer. What was told, what is open of it, and which events came
     * stay; what was last said is taken from the other.
     *
     * @param other of no use afterwards
     */
    public void takeOver(Profile other) {
        outlook = null;
        book = other.book;
        rhythm = other.rhythm;
        spend = other.spend;
        contacts = other.contacts;
        spending = other.spending;
        grievances = other.grievances;
        engagement = other.engagement;
        journey = other.journey;
        dealings = other.dealings;
        sentiment = other.sentiment;
        shelf = other.shelf;
        touchpoints = other.touchpoints;
        lastVisit = other.lastVisit;
        lastEvent = other.lastEvent;
        appliedThrough = Math.max(appliedThrough, other.appliedThrough);
        deadline = other.deadline;
        standing = other.standing;
    }

    /**
     * The customer that two turn out to be; see {@link Union}. What was last said and what is predicted is the first one's, and so
     * is the number of what was told; the deadline is the earlier one.
     *
     * @param asOf the instant, milliseconds since the epoch; not before anything was applied to either
     */
    public static Profile union(Profile one, Profile other, long asOf, ScoringModel model, ShopClock clock) {
        Profile both = new Profile();
        new Union(one, other, asOf, model, clock).into(both);
        return both;
    }

    // ---- stored form

    /** The plain numbers; the ledger, the ids seen and the standing are stored beside them. */
    public Data data() {
        return new Data(
                book.sealed(),
                book.lastSealed(),
                book.first(),
                book.count(),
                book.grossMinor(),
                book.returnedMinor(),
                touchpoints,
                lastVisit,
                lastEvent,
                appliedThrough,
                deadline,
                transitionAt,
                transitions);
    }

    /** Takes over stored numbers. Call it after the ledger has been filled. */
    public void restore(Data data, Standing said) {
        outlook = null;
        book.restore(data);
        touchpoints = data.touchpoints;
        lastVisit = data.lastVisit;
        lastEvent = data.lastEvent;
        appliedThrough = data.appliedThrough;
        deadline = data.deadline;
        transitionAt = data.transitionAt;
        transitions = data.transitions;
        standing = said;
    }
}
