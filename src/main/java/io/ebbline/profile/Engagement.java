package io.ebbline.profile;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import org.jspecify.annotations.Nullable;

/**
 * A customer's contacts, each counting half as much with every half-life that passes: by type, and for responses
 * ({@link TouchpointType#isResponse}) by channel and by hour of the day. Mutable, for one thread.
 * The decay is {@link ForwardDecay}.
 *
 * <p>Half-life and instants are milliseconds (since the epoch). An {@code asOf} must not be before the latest one that a
 * contact was added as of, nor a contact's time after its {@code asOf}.
 */
public final class Engagement {

    /**
     * The channel on which a customer responds.
     *
     * @param share of the decayed responses whose channel is known and held, above 0 to 1
     */
    public record Channel(String name, double share) {}

    /**
     * The local hour in which a customer responds.
     *
     * @param hour 0 to 23
     * @param share of the decayed responses, above 0 to 1
     */
    public record Hour(int hour, double share) {}

    /** The types that are responses, as bits by ordinal. */
    public static final long RESPONSES = responses();

    private static final int CHANNELS = 8;

    private final ForwardDecay decay = new ForwardDecay();
    private final SparseSums types = new SparseSums();
    private final SparseSums hours = new SparseSums();
    private final NamedSums channels = new NamedSums(CHANNELS, false);

    /**
     * Counts a contact.
     *
     * @param localHour hour of the day of the contact in the shop's time zone, 0 to 23
     * @param halfLifeMillis when it is another one than before, what was counted has decayed by the old one up to
     *     {@code asOf} and goes on by this one
     * @param asOf when it is counted: for a late contact the latest instant of the customer, else its own time
     * @throws IllegalArgumentException when the half-life is not positive
     */
    public void add(Touchpoint touchpoint, int localHour, long halfLifeMillis, long asOf) {
        double factor = decay.prepare(touchpoint.time(), halfLifeMillis, asOf);
        if (factor != 1) {
            types.scale(factor);
            hours.scale(factor);
            channels.scale(factor);
        }
        double weight = decay.weight(touchpoint.time());
        if (weight < Double.MIN_NORMAL) {
            return; // a thousand half-lives late
        }
        types.add(touchpoint.type().ordinal(), weight);
        if (touchpoint.type().isResponse()) {
            hours.add(localHour, weight);
            if (touchpoint.channel() != null) {
                channels.add(touchpoint.channel(), weight);
            }
        }
    }

    // ---- what scores read

    /** Decayed contacts of a type as of an instant. */
    public double level(TouchpointType type, long asOf) {
        return decay.level(types.get(type.ordinal()), asOf);
    }

    /** Decayed responses of all types as of an instant. */
    public double total(long asOf) {
        return decay.level(types.total(RESPONSES), asOf);
    }

    /** The channel with the most decayed responses, of equals the first by name; null when none is known. */
    public @Nullable Channel bestChannel() {
        int best = channels.strongest();
        return best < 0 ? null : new Channel(channels.name(best), channels.sum(best) / channels.total());
    }

    /** The local hour with the most decayed responses, the earliest of equals; null without a response. */
    public @Nullable Hour bestHour() {
        int best = hours.greatest(-1);
        return best < 0 ? null : new Hour(best, hours.get(best) / hours.total(-1));
    }

    // ---- stored form: these numbers as they are; sums are added back one by one

    /** What the sums go by. */
    public ForwardDecay decay() {
        return decay;
    }

    /** Undecayed sums by ordinal of the type. */
    public SparseSums types() {
        return types;
    }

    /** Undecayed sums of responses by local hour. */
    public SparseSums hours() {
        return hours;
    }

    /** Undecayed sums of responses by channel. */
    public NamedSums channels() {
        return channels;
    }

    private static long responses() {
        long bits = 0;
        for (TouchpointType type : TouchpointType.values()) {
            bits |= type.isResponse() ? 1L << type.ordinal() : 0;
        }
        return bits;
    }
}
