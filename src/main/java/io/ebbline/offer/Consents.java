package io.ebbline.offer;

import io.ebbline.profile.NamedSums;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By which channels a customer wants to hear of the shop. Of what was said of a channel and of all channels together the latest
 * holds; of two things said at one instant, no. Mutable, for one thread.
 *
 * <p>Bounded: of {@value #CAPACITY} channels it is known what was said. Beyond that a yes is forgotten first; where each one is a
 * no, it is taken for a no to all.
 */
public final class Consents {

    /** Channels of which it is known at most what was said. */
    public static final int CAPACITY = 16;

    /**
     * What was said.
     *
     * @param channel null: of all channels
     * @param at milliseconds since the epoch
     * @param given whether it was yes
     */
    public record Word(@Nullable String channel, long at, boolean given) {

        private boolean isStrongerThan(Word other) {
            return at != other.at ? at > other.at : !given && other.given;
        }
    }

    private static final Comparator<Word> LATEST_FIRST = Comparator.comparingLong(Word::at)
            .reversed()
            .thenComparing(word -> word.channel() == null ? "" : word.channel());

    private @Nullable Word general;
    private final List<Word> channels = new ArrayList<>();

    // ---- folds

    /** Hears what was said; also how stored words are read back. */
    public void add(Word word) {
        String channel = word.channel();
        if (channel == null) {
            if (general == null || word.isStrongerThan(general)) {
                general = word;
            }
            return;
        }
        if (channel.length() > NamedSums.LONGEST_NAME) {
            return;
        }
        Word before = of(channel);
        if (before == null) {
            channels.add(word);
        } else if (word.isStrongerThan(before)) {
            channels.set(channels.indexOf(before), word);
        }
        channels.sort(LATEST_FIRST);
        if (channels.size() > CAPACITY) {
            makeRoom();
        }
    }

    private void makeRoom() {
        for (int i = channels.size() - 1; i >= 0; i--) {
            if (channels.get(i).given()) {
                channels.remove(i);
                return;
            }
        }
        add(new Word(null, channels.get(0).at(), false));
        channels.clear();
    }

    void clear() {
        general = null;
        channels.clear();
    }

    // ---- what is asked

    /** Whether the customer may be contacted by a channel. */
    boolean allows(@Nullable String channel, boolean required) {
        Word word = latest(channel);
        if (word != null) {
            return word.given();
        }
        return !required;
    }

    /** Whether the customer has said yes to a channel. */
    boolean isGiven(@Nullable String channel) {
        Word word = latest(channel);
        return word != null && word.given();
    }

    /** The channels that the customer has said yes to by name, the latest first. */
    List<String> named() {
        List<String> named = new ArrayList<>();
        for (Word word : channels) {
            if (word.given() && word.channel() != null && isGiven(word.channel())) {
                named.add(word.channel());
            }
        }
        return named;
    }

    /** What is said of no channel by name: yes, if to none of them the customer has said no. */
    private @Nullable Word latest(@Nullable String channel) {
        Word word = channel == null ? latestNo() : of(channel);
        return word == null || (general != null && general.isStrongerThan(word)) ? general : word;
    }

    private @Nullable Word latestNo() {
        for (Word word : channels) {
            if (!word.given()) {
                return word;
            }
        }
        return null;
    }

    private @Nullable Word of(String channel) {
        for (Word word : channels) {
            if (channel.equals(word.channel())) {
                return word;
            }
        }
        return null;
    }

    // ---- stored form

    /** What was said of all channels together; null: nothing. */
    public @Nullable Word general() {
        return general;
    }

    /** What was said of channels by name, the latest first. */
    public List<Word> channels() {
        return Collections.unmodifiableList(channels);
    }
}
