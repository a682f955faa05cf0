package io.ebbline.connector.feed;

import static io.ebbline.connector.feed.Plan.DAY;
import static io.ebbline.connector.feed.Plan.HOUR;
import static io.ebbline.connector.feed.Plan.NEVER;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Hash64;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the shop's campaign tool shows one simulated customer, and what they answer. It knows who has gone, and else shows
 * whatever there is. Draws numbers of its own, so lives stay as they are; and it reports from the shop's own machines, so that
 * nothing goes wrong on the way.
 */
final class Campaigns {

    private static final long WEEK = 7 * DAY;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final int FIRST_HOUR = 9;
    private static final int HOURS = 9;

    /** Below this interest a customer has gone. */
    private static final double GONE = 0.1;

    private static final double WIN_BACK = 0.7;

    /** Of those who are shown an offer, who does not want to hear of any more by that channel. */
    private static final double WITHDRAWING = 0.004;

    private static final double DAYS_TO_ANSWER = 1;
    private static final double LONGEST_DAYS = 6;
    private static final int TRANSPORT = 500;

    private static final Campaign[] USUAL = {Campaign.STAY, Campaign.COFFEE, Campaign.SHIPPING, Campaign.TEA_TIME};

    private final Plan plan;
    private final SplittableRandom random;
    private final long until;
    private final double share;
    private final Consumer<FeedRecord> out;
    private final List<String> channels = new ArrayList<>(List.of("email", "app"));
    private int ordinal;
    private long next;

    /**
     * Those for one customer.
     *
     * @param until first instant after the shop's last day
     * @param share of the weeks in which an offer is shown, 0 to 1
     */
    Campaigns(long seed, int number, Plan plan, long until, double share, Consumer<FeedRecord> out) {
        this.plan = plan;
        this.random = new SplittableRandom(Hash64.of("campaigns/" + seed, Integer.toString(number)));
        this.until = until;
        this.share = share;
        this.out = out;
        long day = plan.contact() - Math.floorMod(plan.contact(), DAY) + random.nextInt(7) * DAY;
        this.next = after(day - 6 * DAY + FIRST_HOUR * HOUR + random.nextLong(HOURS * HOUR));
    }

    private long after(long time) {
        long slot = time;
        do {
            slot += WEEK;
        } while (slot < until && random.nextDouble() >= share);
        return slot < until ? slot : NEVER;
    }

    /** No event from here on is before it; the shop's end or later when nothing is to come. */
    long next() {
        return next;
    }

    /** Shows an offer. */
    void step() {
        long time = next;
        if (plan.grievance() == Plan.Grievance.UNSUBSCRIBE && time >= plan.grievanceAt()) {
            channels.remove("email");
        }
        if (channels.isEmpty()) {
            next = NEVER;
            return;
        }
        show(time);
        next = after(time);
    }

    private void show(long time) {
        boolean gone = plan.engagement(time) < GONE;
        Campaign campaign =
                gone && random.nextDouble() < WIN_BACK ? Campaign.COME_BACK : USUAL[random.nextInt(USUAL.length)];
        String channel = channels.get(random.nextInt(channels.size()));
        String offerId = campaign.offer().offerId();
        send(time, TouchpointType.OFFER_SHOWN, channel, offerId, null);
        double dice = random.nextDouble();
        double accepted = campaign.accepted(plan.segment(), gone);
        if (dice < accepted) {
            double days = Math.min(LONGEST_DAYS, Plan.exponential(random, DAYS_TO_ANSWER));
            long answer = Math.max(time + MINUTE, plan.moment(time + (long) (days * DAY), random));
            send(answer, TouchpointType.OFFER_ACCEPTED, channel, offerId, null);
        } else if (dice < accepted + campaign.rejected()) {
            send(time + MINUTE + random.nextLong(HOUR), TouchpointType.OFFER_REJECTED, channel, offerId, null);
        }
        if (random.nextDouble() < WITHDRAWING) {
            send(time + MINUTE + random.nextLong(HOUR), TouchpointType.CONSENT, channel, null, 0.0);
            channels.remove(channel);
        }
    }

    private void send(
            long time, TouchpointType type, String channel, @Nullable String offerId, @Nullable Double value) {
        if (time < until) {
            ordinal++;
            Touchpoint report = new Touchpoint(
                    plan.id() + "/campaign/" + ordinal, time, type, channel, null, null, null, offerId, value);
            long arrival = time + random.nextInt(TRANSPORT);
            out.accept(new FeedRecord(Topic.TOUCHPOINTS, plan.id(), arrival, time, report, null));
        }
    }
}
