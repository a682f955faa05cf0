package io.ebbline.connector.feed;

import static io.ebbline.connector.feed.Plan.DAY;
import static io.ebbline.connector.feed.Plan.HOUR;
import static io.ebbline.connector.feed.Plan.NEVER;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Hash64;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * When one simulated customer does what, step by step: orders in their own rhythm, visits in between, a mail every fortnight,
 * a grievance, an offer. The same for one seed and number whoever else shops.
 */
final class Life {

    private static final long FORTNIGHT = 14 * DAY;
    /** Who has shown no sign for so long gets no more mails. */
    private static final long GIVEN_UP = 180 * DAY;

    private final Plan plan;
    private final SplittableRandom random;
    private final Shopper shopper;
    private final Campaigns campaigns;
    private final long until;
    private long order;
    private long browse;
    private long mail;
    private long grievance;
    /** Where the rhythm stands, as against the moment of the day that suits them. */
    private long beat;

    private long lastSign;
    private boolean subscribed = true;

    Life(
            long seed,
            int number,
            long start,
            long until,
            Affinities affinities,
            ShopRates rates,
            Consumer<FeedRecord> out) {
        this.plan = Plan.draw(seed, number, start, until);
        this.random = new SplittableRandom(Hash64.of("shopper/" + seed, Integer.toString(number)));
        this.shopper = new Shopper(plan, affinities, random, until, rates, new Mishaps(seed, number, rates, out)::pass);
        this.campaigns = new Campaigns(seed, number, plan, until, rates.campaigns(), out);
        this.until = until;
        this.order = plan.firstOrder();
        this.beat = order;
        this.browse = plan.contact();
        this.mail = posting(plan.contact());
        this.grievance = plan.grievanceAt();
        this.lastSign = browse;
    }

    /** No event from here on is before it; the shop's end or later when nothing is to come. */
    long next() {
        long early = order == NEVER ? NEVER : order - Shopper.LEAD;
        return Math.min(Math.min(Math.min(early, browse), Math.min(mail, grievance)), campaigns.next());
    }

    /** Does what is next. */
    void step() {
        long now = next();
        if (now == browse) {
            shopper.browse(browse);
            lastSign = browse;
            browse = nextVisit(browse);
        } else if (now == mail) {
            if (shopper.mail(mail)) {
                lastSign = mail;
            }
            mail = mail - lastSign < GIVEN_UP ? mail + FORTNIGHT : NEVER;
        } else if (now == grievance) {
            shopper.grieve(grievance);
            if (plan.grievance() == Plan.Grievance.UNSUBSCRIBE) {
                subscribed = false;
                mail = NEVER;
            }
            grievance = NEVER;
        } else if (now == campaigns.next()) {
            campaigns.step();
        } else {
            shopper.buy(order);
            lastSign = order;
            if (mail == NEVER && subscribed) {
                mail = posting(order);
            }
            order = nextOrder(order);
        }
    }

    private long nextOrder(long last) {
        if (!plan.segment().hasRhythm()) {
            return NEVER;
        }
        long before = beat;
        beat = plan.after(before, plan.segment().drawGap(random), until);
        if (before < plan.returned() && beat >= plan.returned()) {
            return back();
        }
        if (beat == NEVER) {
            return NEVER;
        }
        long time = plan.shoppingMoment(beat, random);
        while (time < last + 2 * HOUR) {
            time += DAY;
        }
        boolean tooLate = plan.slowness() == 0 && beat < plan.broke() && time >= plan.broke();
        return tooLate || (beat < plan.returned() && time >= plan.returned()) ? back() : time;
    }

    /** The order with which the old rhythm is there again; never, for those who do not come back. */
    private long back() {
        beat = plan.returned();
        return beat;
    }

    private long nextVisit(long last) {
        double mean = plan.segment().hasRhythm() ? Math.min(25.0 * DAY, Math.max(4.0 * DAY, plan.gap())) : 15.0 * DAY;
        long time = last;
        while (time < until) {
            time += 1 + (long) Plan.exponential(random, mean);
            if (random.nextDouble() < plan.engagement(time)) {
                // Not back before the visit that was last, though it may suit better.
                return Math.max(last + HOUR, plan.moment(time, random));
            }
        }
        return NEVER;
    }

    /** Mails are sent at six in the morning, to each customer on a weekday of their own. */
    private static long posting(long time) {
        return time - Math.floorMod(time, DAY) + 7 * DAY + 6 * HOUR;
    }
}
