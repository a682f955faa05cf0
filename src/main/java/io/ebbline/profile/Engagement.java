package io.ebbline.profile;

import io.ebbline.event.Touchpoint;
import io.ebbline.event.TouchpointType;
import org.jspecify.annotations.Nullable;

/**
 * A customer's contacts, each counting half as much with every half-life that passes: by type, and for responses
 * ({@link TouchpointType#isResponse}) by channel and by hour of the day. Mutable, for one thread.
 *
 * <p>Forward decay (Cormode, Shkapenyuk, Srivastava, Xu: Forward Decay, ICDE 2009, exponential decay): a contact at t is
 * added with the weight 2^((t - L) / half-life) for a landmark L, and a level as of an instant is its sum times
 * 2^((L - asOf) / half-life). So nothing needs touching as time passes, and a late contact counts with its own age. The
 * same contacts in the same order give the same bits; in another order they differ by rounding alone.
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

    private static final double LN_2 = 0.6931471805599453;

    /** The landmark moves before a weight exceeds e to this; a sum overflows beyond e^709. */
    private static final double GREATEST_EXPONENT = 500;

    private final SparseSums types = new SparseSums();
    private final SparseSums hours = new SparseSums();
    private final ChannelSums channels = new ChannelSums();

    /** 0 before the first contact. */
    private long halfLifeMillis;

    private long landmark;

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
        if (halfLifeMillis != this.halfLifeMillis) {
            changeHalfLife(halfLifeMillis, asOf);
        } else if (exponent(touchpoint.time()) > GREATEST_EXPONENT) {
            moveLandmark(asOf);
        }
        double weight = StrictMath.exp(exponent(touchpoint.time()));
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
        return decayed(types.get(type.ordinal()), asOf);
    }

    /** Decayed responses of all types as of an instant. */
    public double total(long asOf) {
        return decayed(types.total(RESPONSES), asOf);
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

    /** The half-life that the sums go by; 0 when there was no contact. */
    public long halfLifeMillis() {
        return halfLifeMillis;
    }

    /** L. */
    public long landmark() {
        return landmark;
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
    public ChannelSums channels() {
        return channels;
    }

    /** Takes over what the stored sums go by. */
    public void restore(long halfLifeMillis, long landmark) {
        this.halfLifeMillis = halfLifeMillis;
        this.landmark = landmark;
    }

    // ---- decay

    private double exponent(long instant) {
        return LN_2 * (instant - landmark) / halfLifeMillis;
    }

    private double decayed(double sum, long asOf) {
        return sum == 0 ? 0 : sum * StrictMath.exp(-exponent(asOf));
    }

    private void changeHalfLife(long millis, long asOf) {
        if (millis <= 0) {
            throw new IllegalArgumentException("A half-life must be positive, not " + millis + " ms.");
        }
        if (halfLifeMillis == 0) {
            landmark = asOf;
        } else {
            moveLandmark(asOf);
        }
        halfLifeMillis = millis;
    }

    private void moveLandmark(long to) {
        double factor = StrictMath.exp(-exponent(to));
        types.scale(factor);
        hours.scale(factor);
        channels.scale(factor);
        landmark = to;
    }

    private static long responses() {
        long bits = 0;
        for (TouchpointType type : TouchpointType.values()) {
            bits |= type.isResponse() ? 1L << type.ordinal() : 0;
        }
        return bits;
    }
}
