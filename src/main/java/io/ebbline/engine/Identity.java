package io.ebbline.engine;

import io.ebbline.engine.Effect.Refusal;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.event.Erasure;
import io.ebbline.event.Event;
import io.ebbline.event.Merge;
import io.ebbline.event.Move;
import io.ebbline.event.Move.Hop;
import io.ebbline.event.Move.Kind;
import io.ebbline.event.Request;
import io.ebbline.event.Unmerge;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Membership;
import io.ebbline.profile.Membership.Member;
import io.ebbline.profile.Membership.Retired;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several ids that turn out to be one customer's, and part again.
 *
 * <p>An id that is merged retires: nothing is said of it any more, but it goes on being scored in silence, and what happens to it is
 * handed on to the id that it was merged into. That one's profile is the union of both; beside it each member is kept as if the
 * others had never been, so that the union can be taken apart. Everything that goes from one id to another is a {@link Move}, so
 * whatever comes late, or twice, or in a circle, is put right like any late event, at each id by itself.
 *
 * <p>No state of a customer is here.
 */
final class Identity {

    /** Bytes that go to another key at once, at most; a Kafka record may have a million, as brokers are set up. */
    private static final int ROOM = 512 << 10;

    private static final byte[] EMPTY = {};
    private static final Comparator<Hop> LATEST =
            Comparator.comparingLong(Hop::time).thenComparing(Hop::requestId).thenComparing(Hop::customerId);

    private final Scoring scoring;
    private final Parcels parcels;

    Identity(Scoring scoring, Parcels parcels) {
        this.scoring = scoring;
        this.parcels = parcels;
    }

    /** Whether an event is none of the customer's own, and says something of who the customer is. */
    static boolean concerns(Event event) {
        return event instanceof Request || event instanceof Move;
    }

    /** Whether the customer is to be erased: on request, or because one of those merged with them has been. */
    static boolean erases(Profile profile, Event event) {
        return event instanceof Erasure
                || (event instanceof Move move
                        && move.kind() == Kind.ERASED
                        && profile.membership().neighbours().contains(move.from()));
    }

    /** Serves a request or takes a move, but for an erasure; returns false when the request is refused. */
    boolean serve(String customer, Profile profile, Event event, long asOf, Consumer<Effect> out) {
        if (event instanceof Move move) {
            take(customer, profile, move, asOf, out);
            return true;
        }
        Refusal why = event instanceof Merge merge
                ? refusal(customer, profile, merge)
                : event instanceof Unmerge unmerge && !isInto(profile, unmerge.into()) ? Refusal.NOT_MERGED : null;
        if (why != null) {
            out.accept(new Effect.Refused(asOf, (Request) event, why, false));
            return false;
        }
        if (event instanceof Merge merge) {
            retire(customer, profile, merge, asOf, out);
        } else {
            bringBack(customer, profile, asOf, out);
        }
        return true;
    }

    private @Nullable Refusal refusal(String customer, Profile profile, Merge merge) {
        if (merge.into().equals(customer)) {
            return Refusal.INTO_ITSELF;
        }
        if (profile.isRetired()) {
            return Refusal.ALREADY_MERGED;
        }
        if (profile.membership().has(merge.into())) {
            return Refusal.MERGE_CYCLE;
        }
        return packed(profile).length > ROOM ? Refusal.TOO_MANY_MEMBERS : null;
    }

    private static boolean isInto(Profile profile, String id) {
        Retired retired = profile.membership().retired();
        return retired != null && retired.into().equals(id);
    }

    // ---- at the id that is merged

    private void retire(String customer, Profile profile, Merge merge, long asOf, Consumer<Effect> out) {
        if (profile.isKnown()) {
            scoring.end(customer, profile, merge.into(), asOf, Trigger.MERGE, out);
        }
        out.accept(new Effect.Retired(asOf, merge.into()));
        Move move = moved(customer, merge, asOf, packed(profile));
        Retired retired = new Retired(merge.into(), move.path().get(0));
        profile.membership(profile.membership().retired(retired));
        profile.appliedAt(asOf);
        out.accept(new Effect.Moved(merge.into(), move));
    }

    /** What goes to the id that stays, when a request is served at an instant. */
    static Move moved(String customer, Merge merge, long asOf, byte[] payload) {
        Hop hop = new Hop(customer, asOf, merge.id());
        return MoveIds.move(Kind.MOVED, customer, merge.into(), List.of(hop), "", asOf, payload);
    }

    /** The merge is undone, and nothing more of it. */
    static Move takenBack(Move moved, String id) {
        return new Move(id, moved.time(), Kind.UNMOVED, moved.from(), moved.path(), EMPTY);
    }

    private byte[] packed(Profile profile) {
        Profile copy = parcels.profile(parcels.pack(profile));
        copy.forgetIds();
        return parcels.pack(copy);
    }

    private void bringBack(String customer, Profile profile, long asOf, Consumer<Effect> out) {
        Retired retired = profile.membership().retired();
        if (retired == null) {
            return;
        }
        profile.membership(profile.membership().retired(null));
        out.accept(new Effect.Moved(
                retired.into(),
                MoveIds.move(Kind.UNMOVED, customer, retired.into(), List.of(retired.hop()), "", asOf, EMPTY)));
        if (profile.isKnown()) {
            scoring.standAnew(customer, profile, Standing.NONE, Figures.NONE, Trigger.UNMERGE, asOf, out);
        }
    }

    /** The retirement can't stand: it is undone as if it had been asked for, and the request is refused after all. */
    private void undo(String customer, Profile profile, Hop hop, Refusal why, long asOf, Consumer<Effect> out) {
        Retired retired = profile.membership().retired();
        if (retired != null && retired.hop().equals(hop)) {
            out.accept(new Effect.Refused(asOf, new Merge(hop.requestId(), hop.time(), retired.into()), why, true));
            bringBack(customer, profile, asOf, out);
        }
    }

    // ---- at the id that it is merged into

    private void take(String customer, Profile profile, Move move, long asOf, Consumer<Effect> out) {
        if (move.kind() == Kind.REFUSED) {
            undo(customer, profile, move.path().get(0), Refusal.TOO_MANY_MEMBERS, asOf, out);
            return;
        }
        if (move.kind() == Kind.ERASED) {
            return; // They had been parted from each other by then.
        }
        if (move.cameBy(customer)) {
            wentRound(customer, profile, move, asOf, out);
            return;
        }
        boolean taken = switch (move.kind()) {
            case MOVED -> absorb(customer, profile, move, asOf, out);
            case FORWARDED -> happened(customer, profile, move.path(), parcels.event(move.payload()), asOf, out);
            default -> release(customer, profile, move.path().get(0), asOf, out);
        };
        Retired retired = profile.membership().retired();
        if (taken && retired != null && move.kind() != Kind.FORWARDED) {
            List<Hop> path = new ArrayList<>(move.path());
            path.add(retired.hop());
            out.accept(new Effect.Moved(retired.into(), MoveIds.onward(move, customer, retired.into(), path, asOf)));
        }
    }

    /** Ids that were merged in a circle: all see the same retirements go round, and the latest of them is undone. */
    private void wentRound(String customer, Profile profile, Move move, long asOf, Consumer<Effect> out) {
        List<Hop> path = move.path();
        int own = 0;
        while (!path.get(own).customerId().equals(customer)) {
            own++;
        }
        Hop hop = path.get(own);
        if (profile.membership().by(path.subList(own + 1, path.size())) == null) {
            return; // It is not a circle any more.
        }
        boolean latest = path.subList(own, path.size()).stream().allMatch(other -> LATEST.compare(other, hop) <= 0);
        if (move.kind() == Kind.MOVED && latest) {
            undo(customer, profile, hop, Refusal.MERGE_CYCLE, asOf, out);
        }
    }

    private boolean absorb(String customer, Profile profile, Move move, long asOf, Consumer<Effect> out) {
        List<Hop> path = move.path();
        Membership before = profile.membership();
        if (path.size() > 1 && before.by(path.subList(1, path.size())) == null) {
            return false; // Who handed it on does not belong here any more.
        }
        Profile other = parcels.profile(move.payload());
        boolean again = before.by(path) != null;
        if (before.members().isEmpty()) {
            before = new Membership(before.retired(), List.of(new Member(List.of(), copy(profile))));
        }
        Membership now = before.with(path, members(other, path));
        if (now.members().size() > Membership.CAPACITY) {
            Hop first = path.get(0);
            Move refused =
                    MoveIds.move(Kind.REFUSED, customer, first.customerId(), List.of(first), move.id(), asOf, EMPTY);
            out.accept(new Effect.Moved(first.customerId(), refused));
            return false;
        }
        profile.membership(now);
        if (again) {
            unite(customer, profile, Trigger.MERGE, asOf, out);
        } else if (other.isKnown()) {
            become(
                    customer,
                    profile,
                    profile.isKnown() ? union(copy(profile), other, asOf) : other,
                    Trigger.MERGE,
                    asOf,
                    out);
        }
        return true;
    }

    /** Those that a profile brings along, and the path by which each of them has come here. */
    private List<Member> members(Profile other, List<Hop> path) {
        if (other.membership().members().isEmpty()) {
            return List.of(new Member(path, copy(other)));
        }
        List<Member> members = new ArrayList<>();
        for (Member member : other.membership().members()) {
            List<Hop> all = new ArrayList<>(member.path());
            all.addAll(path);
            members.add(new Member(all, member.profile()));
        }
        return members;
    }

    private boolean release(String customer, Profile profile, Hop hop, long asOf, Consumer<Effect> out) {
        Membership now = profile.membership().without(hop);
        if (now.members().size() == profile.membership().members().size()) {
            return false;
        }
        profile.membership(now);
        unite(customer, profile, Trigger.UNMERGE, asOf, out);
        return true;
    }

    /** Makes the customer of the members anew. */
    private void unite(String customer, Profile profile, Trigger trigger, long asOf, Consumer<Effect> out) {
        Membership now = profile.membership();
        Profile all = new Profile();
        for (Member member : now.members()) {
            scoring.beSilent(member.id(customer), member.profile(), asOf);
            if (member.profile().isKnown()) {
                Profile next = copy(member.profile());
                all = all.isKnown() ? union(all, next, asOf) : next;
            }
        }
        if (now.members().size() == 1) {
            now = new Membership(now.retired(), List.of());
            profile.membership(now);
        }
        if (all.isKnown()) {
            become(customer, profile, all, trigger, asOf, out);
        } else if (profile.isKnown()) {
            Consumer<Effect> voice = Scoring.voice(profile, out);
            scoring.end(customer, profile, null, asOf, trigger, voice);
            voice.accept(new Effect.Retired(asOf, null));
            profile.takeOver(new Profile());
        }
    }

    private void become(
            String customer, Profile profile, Profile other, Trigger trigger, long asOf, Consumer<Effect> out) {
        Standing said = profile.standing();
        Figures counted = profile.figures();
        profile.takeOver(other);
        scoring.standAnew(customer, profile, said, counted, trigger, asOf, Scoring.voice(profile, out));
    }

    /** The two as one; how it stands is said of the one who ordered last. */
    private Profile union(Profile one, Profile other, long asOf) {
        ScoringModel model = scoring.modelAt(asOf);
        Standing latest = other.rhythm().last() > one.rhythm().last() ? other.standing() : one.standing();
        Profile both = Profile.union(one, other, asOf, model, scoring.clock());
        both.standing(latest);
        return both;
    }

    private Profile copy(Profile profile) {
        Profile copy = parcels.profile(parcels.pack(profile));
        copy.membership(Membership.NONE);
        copy.forgetIds();
        return copy;
    }

    // ---- what happens to them

    /**
     * Something has happened to a member, or to the customer alone; false: to nobody who belongs here.
     *
     * @param path the member's; empty: the customer's own
     */
    boolean happened(String customer, Profile profile, List<Hop> path, Event event, long asOf, Consumer<Effect> out) {
        Membership membership = profile.membership();
        Member member = membership.by(path);
        if (member == null && !(path.isEmpty() && membership.members().isEmpty())) {
            return false;
        }
        if (member != null) {
            scoring.beSilent(member.id(customer), member.profile(), asOf);
            scoring.fold(member.id(customer), member.profile(), event, asOf, Scoring.SILENCE);
        }
        scoring.fold(customer, profile, event, asOf, Scoring.voice(profile, out));
        Retired retired = membership.retired();
        if (retired != null) {
            List<Hop> onward = new ArrayList<>(path);
            onward.add(retired.hop());
            out.accept(new Effect.Moved(
                    retired.into(), MoveIds.forwarded(customer, retired.into(), onward, event, asOf, parcels)));
        }
        return true;
    }

    /** The customer is erased: so are those that were merged with them, who see to the others. */
    static void erased(String customer, Membership membership, Event event, long asOf, Consumer<Effect> out) {
        for (String other : membership.neighbours()) {
            if (!(event instanceof Move move && move.from().equals(other))) {
                out.accept(new Effect.Moved(other, erasing(customer, other, "", asOf)));
            }
        }
    }

    /** Has another customer erased. */
    static Move erasing(String customer, String other, String cause, long asOf) {
        return MoveIds.move(Kind.ERASED, customer, other, List.of(), cause, asOf, EMPTY);
    }
}
