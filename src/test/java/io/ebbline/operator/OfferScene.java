package io.ebbline.operator;

import static io.ebbline.operator.Records.DAY;
import static io.ebbline.operator.Records.START;

import io.ebbline.event.Purchase;
import io.ebbline.event.Tick;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.OfferPolicy;
import io.ebbline.offer.Candidate;
import io.ebbline.offer.Context;
import io.ebbline.offer.Desk;
import io.ebbline.offer.Fact;
import io.ebbline.offer.Kind;
import io.ebbline.offer.Leads;
import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.MarketUpdate;
import io.ebbline.offer.Needs;
import io.ebbline.profile.Pace;
import io.ebbline.profile.Profile;
import io.ebbline.profile.ShopClock;
import io.ebbline.profile.Stage;
import io.ebbline.testing.Outlooks;
import io.ebbline.wire.Outgoing;
import io.ebbline.wire.Topic;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What those who make offers hear and say, in few words. Everybody is offered tea, by a desk that names the market's tick. */
final class OfferScene {

    static final int TICK = Tick.of(START);
    static final Needs NONE = (shelf, market, asOf) -> Profile.NO_DEADLINE;

    /** Every third day at one o'clock. */
    static final Needs EVERY_THIRD_DAY = (shelf, market, asOf) -> {
        long period = 3 * DAY;
        long from = START + DAY / 24;
        return from + (Math.floorDiv(asOf - from, period) + 1) * period;
    };

    private OfferScene() {}

    // ---- in

    static Desk desk(ModelTimeline models, long until, Needs needs) {
        return new Desk(
                new ShopClock(ZoneOffset.UTC),
                until,
                models,
                (shelf, market, model, asOf, refused, limit) ->
                        List.of(new Candidate("tea", null, Kind.EXPLORE, .5, 1_000, List.of())),
                needs,
                (offer, market) -> false,
                Topic.NEXT_BEST_OFFERS.topicName());
    }

    static OfferPolicy policy(int version, long life, OfferPolicy.Cap... caps) {
        return new OfferPolicy(
                "policy",
                version,
                0,
                true,
                3,
                life,
                List.of(caps),
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                0,
                "salt",
                false,
                1,
                9,
                .5,
                List.of(),
                List.of(),
                "");
    }

    static Fact order(long time) {
        Purchase purchase = Records.purchase("o" + time, time, "10.00");
        return new Fact(time, purchase, Fact.Cause.ORDER, context());
    }

    static Fact asks(long time, Fact.Cause cause) {
        return new Fact(time, null, cause, context());
    }

    private static Context context() {
        return new Context(Stage.GROWTH, "segment", .9, Outlooks.steady(.5), 5_000, null, -1, "default/1", Pace.ONCE);
    }

    /** News of the market, of that day after the first. */
    static OfferNews market(int day) {
        return OfferNews.of(new MarketUpdate(TICK + day, null, List.of(), List.of(), List.of()));
    }

    /** News of what follows tea. */
    static OfferNews list(int day) {
        return OfferNews.of(new ListUpdate(
                "tea",
                TICK + day,
                9,
                1,
                9,
                new String[] {"cup"},
                new double[] {5},
                new String[0],
                new double[0],
                Leads.NONE));
    }

    // ---- out

    /** A record by Avro's own generic reader. */
    static GenericRecord decode(Outgoing record) {
        byte[] value = record.value();
        String schema =
                Registries.SHARED.schema(ByteBuffer.wrap(value).getInt(1)).orElseThrow();
        return Records.decode(value, 5, schema.contains("\"OfferWithdrawal\"") ? "OfferWithdrawal" : "NextBestOffer");
    }

    /** Who is told what at which day after the first, and as of the end of which day the market is known. */
    static List<String> said(List<Outgoing> records) {
        List<String> lines = new ArrayList<>();
        for (Outgoing one : records) {
            GenericRecord record = decode(one);
            String when = String.format(Locale.ROOT, "%s day %.3f ", record.get("customerId"), days(record));
            lines.add(when
                    + (record.getSchema().getField("why") == null
                            ? record.get("cause") + tick((Integer) record.get("affinityTick"))
                            : "withdrawn " + record.get("why")));
        }
        return lines;
    }

    /** The offers of them alone. */
    static List<String> offered(List<Outgoing> records) {
        return said(records).stream()
                .filter(line -> !line.contains("withdrawn"))
                .toList();
    }

    private static double days(GenericRecord record) {
        return ((Long) record.get("time") - START) / (double) DAY;
    }

    private static String tick(@Nullable Integer tick) {
        return tick == null || tick == Integer.MIN_VALUE ? "" : " by " + (tick - TICK);
    }
}
