package io.ebbline.backtest;

import io.ebbline.churn.SignalKind;
import io.ebbline.connector.feed.CustomerTruth;
import io.ebbline.connector.feed.ShopSegment;
import io.ebbline.engine.Effect;
import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.ShopClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The engine's signals against the truth about a simulated shop, beside a fixed hiatus that raises as many alarms. What was
 * raised while a customer had ordered once is judged apart: the rhythm that could break is not there yet.
 */
public final class ShopBacktest {

    /** An alarm this long before a break is early rather than wrong: the shop's customers fade for three to eight weeks. */
    private static final long EARLY = Duration.ofDays(56).toMillis();

    private static final long DAY_MILLIS = 86_400_000;

    private static final Predicate<Alarm> REPEAT = alarm -> alarm.repeats() > 0;

    /** The engine's signals, and the alarms of a hiatus. */
    public record Row(BreakFigures engine, BreakFigures hiatus) {}

    /**
     * Alarms after a first order.
     *
     * @param alarms how many
     * @param right those whose customer never orders again
     * @param customers customers who order once and never again
     * @param found those of them of whom an alarm tells
     * @param medianWeeks from the order to the alarm, weeks, of those found
     */
    public record Once(int alarms, int right, int customers, int found, double medianWeeks) {}

    /**
     * What was said of customers who came back to their old rhythm.
     *
     * @param returned how many came back
     * @param declined those of them who were in an episode of decline as they did
     * @param wakeUps those for whom that order was told as a wake-up
     * @param winBacks those for whom it was told as a win-back
     */
    public record Returns(int returned, int declined, int wakeUps, int winBacks) {}

    /**
     * What was raised for every customer with a rhythm.
     *
     * @param hiatusMillis the hiatus that raises as many alarms as the engine
     */
    public record Run(
            List<List<Effect.Signal>> signals,
            List<List<Alarm>> alarms,
            long hiatusMillis,
            List<List<Alarm>> hiatusAlarms) {

        /** The hiatus in days. */
        public double hiatusDays() {
            return (double) hiatusMillis / DAY_MILLIS;
        }
    }

    private final List<Subject> rhythmic = new ArrayList<>();
    private final List<Subject> once = new ArrayList<>();
    private final long until;
    private final EngineRules rules;
    private final ScoringModel model;
    private final BreakTrial test;

    /**
     * A backtest.
     *
     * @param customers everybody of whom there is an event
     * @param truths by customer; who is not there is left out
     * @param until the end of the history, milliseconds since the epoch
     * @param within milliseconds after a break within which it is to be found
     */
    public ShopBacktest(
            List<CustomerEvents> customers,
            Map<String, CustomerTruth> truths,
            long until,
            ScoringModel model,
            EngineRules rules,
            long within) {
        this.until = until;
        this.rules = rules;
        this.model = model;
        ShopClock clock = new ShopClock(rules.timeZone());
        for (CustomerEvents customer : customers) {
            CustomerTruth truth = truths.get(customer.customer());
            if (truth != null && truth.segment() != ShopSegment.PROSPECT) {
                Subject subject = new Subject(customer, truth, Silence.of(customer, model, clock));
                (truth.segment().hasRhythm() ? rhythmic : once).add(subject);
            }
        }
        test = new BreakTrial(rhythmic, until, EARLY, within);
    }

    /** Customers with a rhythm of their own. */
    public int customers() {
        return rhythmic.size();
    }

    /** The engine under the model with another {@code declineBelow}. */
    public Run run(double declineBelow) {
        return run(Models.declineBelow(model, declineBelow), true);
    }

    /** The engine under the model as it is, of orders and returns alone. */
    public Run runWithoutTouchpoints() {
        return run(model, false);
    }

    private Run run(ScoringModel under, boolean touchpoints) {
        List<List<Effect.Signal>> signals = signals(rhythmic, under, touchpoints);
        List<List<Alarm>> alarms = alarms(rhythmic, signals);
        long hiatus = test.hiatus(test.judge(alarms, subject -> true, REPEAT).alarms(), REPEAT);
        return new Run(signals, alarms, hiatus, test.hiatus(hiatus));
    }

    private List<List<Effect.Signal>> signals(List<Subject> subjects, ScoringModel under, boolean touchpoints) {
        Replay replay = new Replay(under, rules, until);
        return subjects.stream()
                .map(Subject::events)
                .map(events -> replay.signals(touchpoints ? events : events.withoutTouchpoints()))
                .toList();
    }

    private static List<List<Alarm>> alarms(List<Subject> subjects, List<List<Effect.Signal>> signals) {
        List<List<Alarm>> alarms = new ArrayList<>(subjects.size());
        for (int i = 0; i < subjects.size(); i++) {
            alarms.add(Alarm.of(signals.get(i), subjects.get(i).silences()));
        }
        return alarms;
    }

    /** Everybody's signals beside a hiatus. */
    public Row all(Run run) {
        return row(run, subject -> true);
    }

    /** A segment's signals beside the hiatus that raises as many alarms among everybody. */
    public Row of(Run run, ShopSegment segment) {
        return row(run, subject -> subject.truth().segment() == segment);
    }

    private Row row(Run run, Predicate<Subject> who) {
        return new Row(test.judge(run.alarms(), who, REPEAT), test.judge(run.hiatusAlarms(), who, REPEAT));
    }

    /** The signals of one cause. */
    public BreakFigures of(Run run, Alarm.Cause cause) {
        return test.judge(run.alarms(), subject -> true, REPEAT.and(alarm -> alarm.cause() == cause));
    }

    /** Alarms after a first order, of everybody. */
    public Once once(Run run) {
        List<List<Alarm>> others = alarms(once, signals(once, model, true));
        int wrong = first(run.alarms());
        int right = first(others);
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < once.size(); i++) {
            Subject subject = once.get(i);
            others.get(i).stream()
                    .limit(1)
                    .forEach(alarm -> delays.add(
                            alarm.raised() - subject.silences().get(0).start()));
        }
        return new Once(
                wrong + right,
                right,
                (int) once.stream().filter(s -> !s.silences().isEmpty()).count(),
                delays.size(),
                AlarmTrial.medianWeeks(delays.stream().mapToLong(Long::longValue)));
    }

    private static int first(List<List<Alarm>> alarms) {
        return (int)
                alarms.stream().flatMap(List::stream).filter(REPEAT.negate()).count();
    }

    /** Who came back, and what was said of it. */
    public Returns returns(Run run) {
        int returned = 0;
        int declined = 0;
        int wakeUps = 0;
        int winBacks = 0;
        for (int i = 0; i < rhythmic.size(); i++) {
            long back = rhythmic.get(i).returned();
            if (back <= until) {
                returned++;
                declined += run.alarms().get(i).stream().anyMatch(a -> a.raised() < back && a.ended() >= back) ? 1 : 0;
                wakeUps += says(run.signals().get(i), SignalKind.WAKE_UP, back);
                winBacks += says(run.signals().get(i), SignalKind.WIN_BACK, back);
            }
        }
        return new Returns(returned, declined, wakeUps, winBacks);
    }

    private static int says(List<Effect.Signal> signals, SignalKind kind, long at) {
        return signals.stream().anyMatch(signal -> signal.kind() == kind && signal.asOf() == at) ? 1 : 0;
    }
}
