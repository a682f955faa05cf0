package io.ebbline.engine;

import static io.ebbline.profile.Profile.NEVER;

import io.ebbline.churn.Episodes;
import io.ebbline.churn.Lifecycle;
import io.ebbline.churn.SignalKind;
import io.ebbline.engine.Effect.Transition;
import io.ebbline.engine.Effect.Trigger;
import io.ebbline.event.EventIds;
import io.ebbline.model.ModelTimeline;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Rfm;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import io.ebbline.score.Frequency;
import io.ebbline.score.Monetary;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import io.ebbline.score.Recency;
import io.ebbline.score.Scores;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a change from one standing to the next into transitions and signals. */
final class Changes {

    /**
     * One look at a customer.
     *
     * @param before what was said last
     * @param now what is to be said
     * @param entry the version in force
     * @param trigger what brought the look about
     * @param ordered whether the customer has just begun an order
     * @param signs the signs of decline
     */
    record Look(
            String customer,
            Profile profile,
            Standing before,
            Standing now,
            ModelTimeline.Entry entry,
            Trigger trigger,
            boolean ordered,
            int signs) {

        boolean underANewerModel() {
            return !before.modelRef().isEmpty() && !before.modelRef().equals(entry.ref());
        }
    }

    private static final double DAY_MILLIS = 86_400_000;

    private final ModelTimeline models;
    private final String transitionsTopic;
    private final String signalsTopic;
    private final String changesTopic;

    Changes(ModelTimeline models, String transitionsTopic, String signalsTopic, String changesTopic) {
        this.models = models;
        this.transitionsTopic = transitionsTopic;
        this.signalsTopic = signalsTopic;
        this.changesTopic = changesTopic;
    }

    /** Tells the change of stage, then of segment, then the signal: the order is part of their ids. */
    void tell(Look look, Consumer<Effect> out) {
        Standing before = look.before;
        Standing now = look.now;
        if (before.stage() != now.stage()) {
            out.accept(stage(look));
        }
        if (!Objects.equals(before.segment(), now.segment())) {
            out.accept(segment(look));
        }
        SignalKind signal = Episodes.signal(before, now);
        if (signal != null) {
            out.accept(signal(look, signal));
        }
    }

    /** The head of the answer, which has changed. */
    Effect.Changed head(Look look) {
        Profile profile = look.profile;
        ScoringModel model = look.entry.model();
        long asOf = look.now.asOf();
        boolean known = profile.keptOrders() > 0;
        Rfm rfm = profile.rfm(model.lookBackMillis(), asOf);
        return new Effect.Changed(
                changeId(look.customer, profile, asOf),
                asOf,
                look.now,
                rfm.orders(),
                rfm.monetaryMinor(),
                known ? profile.rhythm().pAlive(model, asOf) : Double.NaN,
                known ? profile.rhythm().pBuy(model, asOf) : Double.NaN,
                Scores.CLV.evaluate(profile, model, asOf).value(),
                look.trigger,
                look.now.modelRef());
    }

    /** The end of what is known of a customer. */
    Effect.Changed gone(String customer, Profile profile, long asOf, Trigger trigger) {
        return new Effect.Changed(
                changeId(customer, profile, asOf),
                asOf,
                Standing.NONE,
                0,
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                trigger,
                profile.standing().modelRef());
    }

    private String changeId(String customer, Profile profile, long asOf) {
        return EventIds.of(changesTopic, customer, "CHANGE", asOf, profile.nextTransition(asOf));
    }

    /**
     * The end of a customer: of a prospect of whom nothing was heard for long, of anybody on request, or of one of two who turn out
     * to be the same.
     *
     * @param into the other one; null: there is none
     */
    void end(
            String customer, Profile profile, @Nullable String into, long asOf, Trigger trigger, Consumer<Effect> out) {
        Standing before = profile.standing();
        ReasonCode code = switch (trigger) {
            case REQUEST -> ReasonCode.ERASED;
            case MERGE -> ReasonCode.MERGED;
            case UNMERGE -> ReasonCode.UNMERGED;
            default -> ReasonCode.FORGOTTEN;
        };
        List<Reason> reasons = List.of(new Reason(code, (asOf - profile.lastEvent()) / DAY_MILLIS, Double.NaN, into));
        String stage = Transition.name(before.stage());
        Transition.Kind kind = Transition.Kind.STAGE;
        out.accept(end(customer, profile, kind, stage, before.stageSince(), asOf, trigger, reasons));
        if (before.segment() != null) {
            kind = Transition.Kind.SEGMENT;
            out.accept(end(customer, profile, kind, before.segment(), before.segmentSince(), asOf, trigger, reasons));
        }
    }

    private Transition end(
            String customer,
            Profile profile,
            Transition.Kind kind,
            @Nullable String previous,
            long since,
            long asOf,
            Trigger trigger,
            List<Reason> reasons) {
        return new Transition(
                transitionId(customer, profile, kind, asOf),
                asOf,
                kind,
                previous,
                null,
                since,
                Transition.Moved.CUSTOMER,
                trigger,
                reasons,
                profile.standing().modelRef());
    }

    private Transition stage(Look look) {
        Standing before = look.before;
        Standing now = look.now;
        boolean boundary = look.underANewerModel() && stageUnder(modelOf(before, look.entry), look) == before.stage();
        return new Transition(
                transitionId(look.customer, look.profile, Transition.Kind.STAGE, now.asOf()),
                now.asOf(),
                Transition.Kind.STAGE,
                Transition.name(before.stage()),
                Transition.name(now.stage()),
                before.stageSince(),
                boundary ? Transition.Moved.BOUNDARY : Transition.Moved.CUSTOMER,
                look.trigger,
                Episodes.reasons(look.profile, look.entry.model(), before, now, look.signs),
                now.modelRef());
    }

    private Transition segment(Look look) {
        Standing before = look.before;
        Standing now = look.now;
        boolean boundary = look.underANewerModel()
                && Objects.equals(segmentUnder(modelOf(before, look.entry), look), before.segment());
        List<Reason> reasons = now.segment() == null
                ? List.of(Reason.noOrder(look.profile, look.entry.model(), now.asOf()))
                : List.of(
                        new Reason(ReasonCode.RECENCY_SCORE, now.recency(), before.recency()),
                        new Reason(ReasonCode.FREQUENCY_SCORE, now.frequency(), before.frequency()),
                        new Reason(ReasonCode.MONETARY_SCORE, now.monetary(), before.monetary()));
        return new Transition(
                transitionId(look.customer, look.profile, Transition.Kind.SEGMENT, now.asOf()),
                now.asOf(),
                Transition.Kind.SEGMENT,
                before.segment(),
                now.segment(),
                before.segmentSince(),
                boundary ? Transition.Moved.BOUNDARY : Transition.Moved.CUSTOMER,
                look.trigger,
                reasons,
                now.modelRef());
    }

    private String transitionId(String customer, Profile profile, Transition.Kind kind, long instant) {
        return EventIds.of(transitionsTopic, customer, kind.name(), instant, profile.nextTransition(instant));
    }

    private Effect.Signal signal(Look look, SignalKind kind) {
        Standing before = look.before;
        Standing now = look.now;
        Profile profile = look.profile;
        ScoringModel model = look.entry.model();
        long asOf = now.asOf();
        long since = (now.episode().isOpen() ? now : before).episode().since();
        return new Effect.Signal(
                EventIds.of(signalsTopic, look.customer, kind.name(), asOf, profile.nextTransition(asOf)),
                asOf,
                kind,
                EventIds.of(signalsTopic, look.customer, "episode", since, 0),
                since,
                before.episode().risk(),
                now.episode().risk(),
                profile.rhythm().pAlive(model, asOf),
                profile.rhythm().pBuy(model, asOf),
                profile.keptOrders() == 0 ? NEVER : profile.lastOrder(),
                look.trigger,
                Episodes.reasons(profile, model, before, now, look.signs),
                now.modelRef());
    }

    // ---- boundaries

    /** The model of the last answer; the other one when it is not known any more. */
    ScoringModel modelOf(Standing standing, ModelTimeline.Entry otherwise) {
        ModelTimeline.Entry entry = models.named(standing.modelRef());
        return entry == null ? otherwise.model() : entry.model();
    }

    private static Stage stageUnder(ScoringModel model, Look look) {
        long asOf = look.now.asOf();
        return Lifecycle.stage(look.profile, model, asOf, look.ordered, Scoring.signs(look.profile, model, asOf));
    }

    private static @Nullable String segmentUnder(ScoringModel model, Look look) {
        Profile profile = look.profile;
        long asOf = look.now.asOf();
        int recency = Recency.of(profile, model, asOf);
        return recency == 0
                ? null
                : model.segments()
                        .segment(recency, Frequency.of(profile, model, asOf), Monetary.of(profile, model, asOf));
    }
}
