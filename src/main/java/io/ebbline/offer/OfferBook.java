package io.ebbline.offer;

import static io.ebbline.profile.Profile.NEVER;
import static io.ebbline.profile.Profile.NO_DEADLINE;

import io.ebbline.profile.Shelf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of one customer for offers. Bounded in every part; mutable, for one thread. */
public final class OfferBook {

    /** Decisions whose outcome is not known yet, at most: with so many, no offer is made. */
    public static final int OPEN = 32;

    /**
     * Numbers that are kept.
     *
     * @param latest the latest instant of the customer, milliseconds since the epoch
     * @param need when something owned is used up; {@link io.ebbline.profile.Profile#NO_DEADLINE}: not known
     * @param decisions how many were made
     * @param said events told at the latest instant
     */
    public record Data(long latest, long need, long decisions, int said) {}

    private Shelf shelf = new Shelf();
    private final ContactLedger contacts = new ContactLedger();
    private final Consents consents = new Consents();
    private final List<OpenDecision> open = new ArrayList<>();
    private @Nullable Context context;
    private long latest = NEVER;
    private long need = NO_DEADLINE;
    private long decisions;
    private int said;

    /** When the first of the open decisions expires: asked for at every fact. */
    private long firstExpires = NO_DEADLINE;

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return context == null;
    }

    /** When something has to be done next though nothing happens; {@link io.ebbline.profile.Profile#NO_DEADLINE}. */
    public long deadline() {
        return Math.min(need, firstExpires);
    }

    /** The latest instant of the customer, milliseconds since the epoch; {@link io.ebbline.profile.Profile#NEVER}. */
    public long latest() {
        return latest;
    }

    /** What is owned. */
    public Shelf shelf() {
        return shelf;
    }

    /** When the customer was contacted, and with what. */
    public ContactLedger contacts() {
        return contacts;
    }

    /** By which channels the customer wants to hear of the shop. */
    public Consents consents() {
        return consents;
    }

    /** What scoring knew last; null: nothing. */
    public @Nullable Context context() {
        return context;
    }

    /** The decisions whose outcome is not known yet, in the order in which they were made. Not to be kept while the book changes. */
    public List<OpenDecision> open() {
        return Collections.unmodifiableList(open);
    }

    // ---- folds

    void at(long asOf) {
        if (asOf != latest) {
            latest = asOf;
            said = 0;
        }
    }

    void shelf(Shelf now) {
        shelf = now;
    }

    void context(Context now) {
        context = now;
    }

    long need() {
        return need;
    }

    void need(long instant) {
        need = instant;
    }

    boolean hasRoom() {
        return open.size() < OPEN;
    }

    long nextSerial() {
        return ++decisions;
    }

    /** Number of the next event at the latest instant. */
    int nextOrdinal() {
        return said++;
    }

    /** The decision told last, when some of its offers still stand at the latest instant; null: there is none. */
    @Nullable
    OpenDecision standing() {
        for (OpenDecision decision : open) {
            if (!decision.heldOut() && decision.expires() > latest && decision.stands()) {
                return decision;
            }
        }
        return null;
    }

    void open(OpenDecision decision) {
        open.add(decision);
        firstExpires = Math.min(firstExpires, decision.expires());
    }

    void close(OpenDecision decision) {
        open.remove(decision);
        firstExpires = firstExpires();
    }

    private long firstExpires() {
        long first = NO_DEADLINE;
        for (OpenDecision decision : open) {
            first = Math.min(first, decision.expires());
        }
        return first;
    }

    /** Forgets all: the customer is as if never seen. Whether this object or a new one goes on must make no difference. */
    void clear() {
        shelf = new Shelf();
        contacts.clear();
        consents.clear();
        open.clear();
        firstExpires = NO_DEADLINE;
        context = null;
        latest = NEVER;
        need = NO_DEADLINE;
        decisions = 0;
        said = 0;
    }

    // ---- stored form

    /** The numbers as they are. */
    public Data data() {
        return new Data(latest, need, decisions, said);
    }

    /** Reads back into a book that is empty but for shelf, contacts and consents. */
    public void restore(Data data, @Nullable Context stored, List<OpenDecision> decisionsOpen) {
        latest = data.latest;
        need = data.need;
        decisions = data.decisions;
        said = data.said;
        context = stored;
        open.addAll(decisionsOpen);
        firstExpires = firstExpires();
    }
}
