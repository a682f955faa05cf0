package io.ebbline.engine;

import io.ebbline.churn.SignalKind;
import io.ebbline.event.Event;
import io.ebbline.event.Move;
import io.ebbline.event.Request;
import io.ebbline.offer.Fact;
import io.ebbline.profile.Basket;
import io.ebbline.profile.Exposure;
import io.ebbline.profile.Figures;
import io.ebbline.profile.Prediction;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Reason;
import io.ebbline.score.ScoreValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine wants said of a customer. Values only: the operator says it. */
public sealed interface Effect {

    /** The instant that caused it, milliseconds since the epoch: the time of an event or of a deadline. */
    long asOf();

    /**
     * The customer's answer. Only the newest of one step is told.
     *
     * @param standing segment, stage and R, F, M
     * @param lastOrder time of the latest kept order ever; {@code Profile.NEVER} when there is none
     * @param keptOrders frequency: those in the look-back window
     * @param monetaryMinor monetary: of the look-back window
     * @param pAlive chance that the customer is still one; NaN when unknown
     * @param pBuy chance of an order within the model's horizon; NaN when unknown
     * @param clvMinor predicted lifetime value, minor units, not rounded; NaN when unknown
     * @param scores every score, sorted by name
     */
    record Answer(
            long asOf,
            Standing standing,
            long lastOrder,
            long keptOrders,
            long monetaryMinor,
            double pAlive,
            double pBuy,
            double clvMinor,
            List<ScoreValue> scores,
            String modelRef)
            implements Effect {}

    /**
     * There is a new answer; whoever tells it asks for it then, with {@link Engine#answer}.
     *
     * @see Engine#answerOnRequest
     */
    record AnswerDue(long asOf) implements Effect {}

    /**
     * A change of stage or segment.
     *
     * @param eventId deterministic: the same in every run and replay
     * @param previous null: none
     * @param current null: none
     * @param previousSince since when the previous held; meaningless when there is none
     */
    record Transition(
            String eventId,
            long asOf,
            Kind kind,
            @Nullable String previous,
            @Nullable String current,
            long previousSince,
            Moved moved,
            Trigger trigger,
            List<Reason> reasons,
            String modelRef)
            implements Effect {

        /** What changed. */
        public enum Kind {
            STAGE,
            SEGMENT
        }

        /** Whether the customer's values changed, or the same values fall elsewhere under a newer model. */
        public enum Moved {
            CUSTOMER,
            BOUNDARY
        }

        /** The same under another id. */
        Transition named(String id) {
            return new Transition(id, asOf, kind, previous, current, previousSince, moved, trigger, reasons, modelRef);
        }

        static @Nullable String name(Stage stage) {
            return stage == Stage.UNKNOWN ? null : stage.name();
        }
    }

    /**
     * A churn signal: a customer began to slip, slipped further, woke up, left or came back.
     *
     * @param eventId deterministic: the same in every run and replay
     * @param episode names the episode that it belongs to
     * @param since when the episode began
     * @param before risk before
     * @param now risk now
     * @param pAlive chance that the customer is still one
     * @param pBuy chance of an order within the model's horizon
     * @param lastOrder time of the latest kept order
     */
    record Signal(
            String eventId,
            long asOf,
            SignalKind kind,
            String episode,
            long since,
            Risk before,
            Risk now,
            double pAlive,
            double pBuy,
            long lastOrder,
            Trigger trigger,
            List<Reason> reasons,
            String modelRef)
            implements Effect {

        /** The same under another id. */
        Signal named(String id) {
            return new Signal(
                    id, asOf, kind, episode, since, before, now, pAlive, pBuy, lastOrder, trigger, reasons, modelRef);
        }
    }

    /**
     * The head of the customer's answer is another: R, F, M, segment or stage, the order count or the net spend, or P(alive) has
     * come to another level. Unlike the answer each one is told, so that they are a history.
     *
     * @param eventId deterministic: the same in every run and replay
     * @param standing segment, stage and R, F, M; {@link Standing#NONE} of who is forgotten
     * @param keptOrders frequency
     * @param monetaryMinor monetary
     * @param pAlive chance that the customer is still one; NaN when unknown
     * @param pBuy chance of an order within the model's horizon; NaN when unknown
     * @param clvMinor predicted lifetime value, minor units, not rounded; NaN when unknown
     */
    record Changed(
            String eventId,
            long asOf,
            Standing standing,
            long keptOrders,
            long monetaryMinor,
            double pAlive,
            double pBuy,
            double clvMinor,
            Trigger trigger,
            String modelRef)
            implements Effect {

        /** The same under another id. */
        Changed named(String id) {
            return new Changed(
                    id, asOf, standing, keptOrders, monetaryMinor, pAlive, pBuy, clvMinor, trigger, modelRef);
        }
    }

    /**
     * Something that was told is not so: a late event has disproved it.
     *
     * @param eventId deterministic
     * @param asOf instant of what is taken back
     * @param corrects event id of what is taken back
     * @param line the line on which that was told, and this is
     * @param causedAt time of the event that came late
     */
    record Correction(
            String eventId,
            long asOf,
            String corrects,
            Kept.Told.Line line,
            long causedAt,
            Cause cause,
            String modelRef)
            implements Effect {

        /** Why it is taken back. */
        public enum Cause {
            LATE_EVENT,
            MERGE,
            UNMERGE
        }
    }

    /** What the funnel and the population count has changed. Told to them alone. */
    record Counted(long asOf, Figures before, Figures now) implements Effect {}

    /** A prediction has been held against what came. Told to the population alone. */
    record Checked(long asOf, Prediction prediction) implements Effect {}

    /**
     * The customer's next order went from one category to another, or to the same. Told to the population alone.
     *
     * @param from category of the latest order before that named one; empty: there was none
     * @param to category of this order; empty: the customer is forgotten
     * @param minor what the order came to when it began, minor units
     */
    record Switched(long asOf, String from, String to, long minor) implements Effect {}

    /** What a purchase says of which products go together. Told to the affinities alone. */
    record Bought(long asOf, Basket basket) implements Effect {}

    /** Something has happened to an offer that was shown. Told to the affinities alone; each one ends once. */
    record Responded(long asOf, Exposure.Step step, Exposure exposure) implements Effect {}

    /** What has happened, for who makes offers. Told to them alone. */
    record Noted(Fact fact) implements Effect {
        @Override
        public long asOf() {
            return fact.asOf();
        }
    }

    /**
     * The customer is forgotten: nothing is kept, and what was said last is taken back by a tombstone.
     *
     * @param grossMinor what had been bought, minor units, so that sums over all customers stay right
     * @param returnedMinor what had been returned, as a positive number
     */
    record Forgotten(long asOf, long grossMinor, long returnedMinor) implements Effect {}

    /**
     * Whoever it is has been erased, and what happened up to {@code asOf} is not to be let in any more.
     *
     * @param known whether anything was known of them
     */
    record Erased(long asOf, boolean known) implements Effect {}

    /**
     * Nothing more is said of the customer's id, though it is not forgotten: what was said last is taken back by a tombstone.
     *
     * @param into the id that it has been merged into; null: another had been merged into it, has been parted from it, and had done
     *     all that was known of it
     */
    record Retired(long asOf, @Nullable String into) implements Effect {}

    /**
     * Something for another customer's key. In a run that repeats history it is found recorded, and not told again.
     *
     * @param to the customer under whose key it travels
     */
    record Moved(String to, Move move) implements Effect {
        @Override
        public long asOf() {
            return move.time();
        }

        /** The same under another id. */
        Moved named(String id) {
            return new Moved(to, new Move(id, move.time(), move.kind(), move.from(), move.path(), move.payload()));
        }
    }

    /**
     * A request is not served.
     *
     * @param undone whether it had been, for all that was known then
     */
    record Refused(long asOf, Request request, Refusal why, boolean undone) implements Effect {}

    /** Why a request is not served. */
    enum Refusal {
        INTO_ITSELF,
        ALREADY_MERGED,
        NOT_MERGED,
        MERGE_CYCLE,
        TOO_MANY_MEMBERS
    }

    /** An event of the instant of an erasure: it was not applied. */
    record Suppressed(Event event) implements Effect {
        @Override
        public long asOf() {
            return event.time();
        }
    }

    /** What brought a change about. */
    enum Trigger {
        PURCHASE,
        RETURN,
        TOUCHPOINT,
        /** A deadline: nothing happened for long enough. */
        SILENCE,
        /** The shop asked for it. */
        REQUEST,
        /** Another id turned out to be the same customer's, or the customer's id another's. */
        MERGE,
        /** A merge was undone. */
        UNMERGE
    }
}
