package io.ebbline.connector.feed;

import io.ebbline.connector.FeedRecord;
import io.ebbline.event.Event;
import io.ebbline.event.Hash64;
import io.ebbline.event.Purchase;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import io.ebbline.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What goes wrong on the way from one simulated customer to Kafka. Draws numbers of its own, so lives stay as they are. */
final class Mishaps {

    /** Longest delay of a record that is not delayed, milliseconds. */
    private static final int TRANSPORT = 500;

    /** Longest delay of one that is; its repetition still arrives before the lateness bound. */
    private static final int DELAYED = 8_000;

    private static final int REPEATED_WITHIN = 1_500;
    private static final String FOREIGN = "SEK";
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final double LATEST_MINUTES = Duration.ofDays(3).toMinutes();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final SplittableRandom random;
    private final int number;
    private final ShopRates rates;
    private final Consumer<FeedRecord> out;
    private int ordinal;

    Mishaps(long seed, int number, ShopRates rates, Consumer<FeedRecord> out) {
        this.random = new SplittableRandom(Hash64.of("mishaps/" + seed, Integer.toString(number)));
        this.number = number;
        this.rates = rates;
        this.out = out;
    }

    /** Sends one record on, and whatever goes wrong with it. */
    void pass(FeedRecord record) {
        Event event = Objects.requireNonNull(record.event());
        long time = event.time();
        long arrival = time + random.nextInt(happens(rates.delayed()) ? DELAYED : TRANSPORT);
        if (happens(rates.late())) {
            arrival = time + SimulatedShop.LATENESS + offline();
        }
        FeedRecord sent = at(record, arrival);
        out.accept(sent);
        if (happens(rates.duplicates())) {
            out.accept(at(record, arrival + 1 + random.nextInt(REPEATED_WITHIN)));
        }
        if (happens(rates.future())) {
            Touchpoint ahead = visit(time + (2 + random.nextInt(30)) * DAY);
            out.accept(new FeedRecord(Topic.TOUCHPOINTS, record.customer(), arrival, time, ahead, null));
        }
        if (happens(rates.anonymous())) {
            out.accept(new FeedRecord(Topic.TOUCHPOINTS, null, arrival, time, visit(time), null));
        }
        if (event instanceof Purchase order && happens(rates.foreign())) {
            out.accept(new FeedRecord(record.topic(), record.customer(), arrival, time, foreign(order), null));
        }
        if (happens(rates.broken())) {
            out.accept(new FeedRecord(record.topic(), record.customer(), arrival, time, null, bytes()));
        }
    }

    private boolean happens(double rate) {
        return random.nextDouble() < rate;
    }

    /** From a minute to three days: ten times as long is as likely as ten times as short. */
    private long offline() {
        return (long) (MINUTE * StrictMath.pow(LATEST_MINUTES, random.nextDouble()));
    }

    private static FeedRecord at(FeedRecord r, long arrival) {
        return new FeedRecord(r.topic(), r.customer(), arrival, r.recordTime(), r.event(), null);
    }

    private Touchpoint visit(long time) {
        return new Touchpoint(id(), time, TouchpointType.VISIT, "web", null, null, null, null, null);
    }

    private Purchase foreign(Purchase order) {
        String id = id();
        return new Purchase(id, order.time(), id, FOREIGN, order.channel(), null, order.lines(), order.totalMinor());
    }

    private String id() {
        ordinal++;
        return "x" + number + "/" + ordinal;
    }

    /** Three ways to be no event: another format, a schema that does not exist, and a value cut short. */
    private byte[] bytes() {
        return switch (random.nextInt(3)) {
            case 0 -> ("{\"visit\": " + random.nextInt(1_000_000) + "}").getBytes(StandardCharsets.UTF_8);
            case 1 -> new byte[] {0, 0x7f, -1, -1, -1, (byte) random.nextInt(), (byte) random.nextInt()};
            default -> new byte[] {0, 0, (byte) random.nextInt()};
        };
    }
}
