package io.ebbline.offer;

import io.ebbline.event.Hash64;
import io.ebbline.model.OfferPolicy;
import io.ebbline.profile.NamedSums;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a customer was contacted, and with what: what caps, cool-downs and rejections are checked against. Mutable, for one
 * thread. Instants are milliseconds since the epoch.
 *
 * <p>A decision is a contact at the instant from which it may be sent. Where the channel reports what was shown, its first show
 * takes the place of that instant, and what was not shown until it expired was no contact. A show that no decision explains is a
 * contact too; what one channel shows at one instant is one contact.
 *
 * <p>Bounded in every part: see {@link #CONTACTS} and {@link #KEYS}.
 */
public final class ContactLedger {

    /** Contacts remembered at most, and so the most that a cap can allow. */
    public static final int CONTACTS = 256;

    /** Offers, categories and rejections remembered at most, of each. */
    public static final int KEYS = 256;

    /** Channels that are known at most to report what was shown. */
    public static final int REPORTERS = 8;

    /**
     * A contact.
     *
     * @param channel null: not known
     * @param at when it was, or is to be
     * @param decision serial number of the decision; 0: none explains it
     * @param until not shown by then, it was none where the channel reports
     * @param shown whether it was reported
     */
    public record Contact(@Nullable String channel, long at, long decision, long until, boolean shown) {}

    private static final Comparator<Contact> ORDER = Comparator.comparingLong(Contact::at)
            .thenComparingLong(Contact::decision)
            .thenComparing(contact -> contact.channel == null ? "" : contact.channel);

    private final List<Contact> contacts = new ArrayList<>();
    private final List<String> reporters = new ArrayList<>();
    private final TimedKeys made = new TimedKeys(KEYS);
    private final TimedKeys led = new TimedKeys(KEYS);
    private final TimedKeys rejected = new TimedKeys(KEYS);

    // ---- folds

    /** A decision has been made; also how stored contacts are read back. */
    public void add(Contact contact) {
        int i = contacts.size();
        while (i > 0 && ORDER.compare(contacts.get(i - 1), contact) > 0) {
            i--;
        }
        contacts.add(i, contact);
        if (contacts.size() > CONTACTS) {
            contacts.remove(0);
        }
    }

    /** A channel reports what was shown; also how stored ones are read back. */
    public void reporter(String channel) {
        if (!reporters.contains(channel)
                && reporters.size() < REPORTERS
                && channel.length() <= NamedSums.LONGEST_NAME) {
            reporters.add(channel);
        }
    }

    /** It is reported that an offer was shown, one of that decision or, with 0, of none. */
    void shown(@Nullable String channel, long at, long decision) {
        if (channel != null) {
            reporter(channel);
        }
        for (int i = 0; decision != 0 && i < contacts.size(); i++) {
            Contact planned = contacts.get(i);
            if (planned.decision == decision && !planned.shown) {
                contacts.remove(i);
                String by = channel == null ? planned.channel : channel;
                forgetTwin(by, at);
                add(new Contact(by, at, decision, planned.until, true));
                return;
            }
        }
        if (contacts.stream().noneMatch(contact -> isShow(contact, channel, at))) {
            add(new Contact(channel, at, 0, at, true));
        }
    }

    /** What was shown at one instant is one contact. */
    private void forgetTwin(@Nullable String channel, long at) {
        contacts.removeIf(contact -> isShow(contact, channel, at));
    }

    private static boolean isShow(Contact contact, @Nullable String channel, long at) {
        return contact.shown && contact.at == at && Objects.equals(contact.channel, channel);
    }

    /** Forgets what no rule of a policy asks for any more. */
    void forget(OfferPolicy policy, long asOf) {
        long longest = 0;
        for (OfferPolicy.Cap cap : policy.caps()) {
            longest = Math.max(longest, cap.periodMillis());
        }
        long since = asOf - longest;
        contacts.removeIf(contact -> contact.at <= since && contact.until <= asOf);
        made.forgetUntil(asOf - policy.offerCoolDownMillis());
        led.forgetUntil(asOf - policy.categoryCoolDownMillis());
        rejected.forgetUntil(asOf - policy.rejectionMillis());
    }

    /** Forgets all. */
    void clear() {
        contacts.clear();
        reporters.clear();
        made.clear();
        led.clear();
        rejected.clear();
    }

    // ---- what is asked

    /** Whether, as known at an instant, a contact by a channel at another, not before it, keeps to the caps. */
    boolean allows(List<OfferPolicy.Cap> caps, @Nullable String channel, long at, long asOf) {
        for (OfferPolicy.Cap cap : caps) {
            if ((cap.channel() == null || cap.channel().equals(channel)) && !fits(cap, at, asOf)) {
                return false;
            }
        }
        return true;
    }

    /** Looks at every period that holds the new contact, for what is planned may lie before and after it. */
    private boolean fits(OfferPolicy.Cap cap, long at, long asOf) {
        List<Long> times = new ArrayList<>();
        for (Contact contact : contacts) {
            boolean counts = contact.shown || contact.until > asOf || !reports(contact.channel);
            boolean near = Math.abs(contact.at - at) < cap.periodMillis();
            if (counts && near && (cap.channel() == null || cap.channel().equals(contact.channel))) {
                times.add(contact.at);
            }
        }
        int most = Math.min(cap.contacts(), CONTACTS);
        if (times.size() < most) {
            return true;
        }
        int own = 0;
        while (own < times.size() && times.get(own) <= at) {
            own++;
        }
        times.add(own, at);
        for (int first = Math.max(0, own - most); first <= own && first + most < times.size(); first++) {
            if (times.get(first + most) - times.get(first) < cap.periodMillis()) {
                return false;
            }
        }
        return true;
    }

    private boolean reports(@Nullable String channel) {
        return channel != null && reporters.contains(channel);
    }

    /** The offers made, by {@link #key}. */
    public TimedKeys made() {
        return made;
    }

    /** The categories of offers that stood first, by {@link #key}. */
    public TimedKeys led() {
        return led;
    }

    /** The offers rejected, by {@link #key}. */
    public TimedKeys rejected() {
        return rejected;
    }

    /** What stands for an offer id or a category. */
    static long key(String name) {
        return Hash64.of(name);
    }

    // ---- stored form

    /** The contacts in the order of time. */
    public List<Contact> contacts() {
        return Collections.unmodifiableList(contacts);
    }

    /** The channels that report what was shown. */
    public List<String> reporters() {
        return Collections.unmodifiableList(reporters);
    }
}
