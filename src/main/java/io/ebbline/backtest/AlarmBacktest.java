package io.ebbline.backtest;

import io.ebbline.engine.EngineRules;
import io.ebbline.model.ScoringModel;
import io.ebbline.profile.ShopClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The alarm test on a history, for rules and for the engine itself. The engine's alarm in a silence is the first signal of an
 * episode that begins in it.
 */
public final class AlarmBacktest {

    /**
     * A rule and how good it is.
     *
     * @param threshold days, mean gaps or a chance, as the rule has it; of the engine its {@code declineBelow}
     */
    public record Row(Rule rule, double threshold, AlarmFigures figures) {}

    /** What raises alarms. */
    public enum Rule {
        HIATUS,
        MEAN_GAP,
        P_ALIVE,
        P_BUY,
        /** The engine's signals for whatever reason. */
        ENGINE,
        /** Those of the engine's signals that name a low chance of another order. */
        ENGINE_LOW
    }

    private record Watched(CustomerEvents events, List<Silence> silences) {}

    /** Each is a run of the engine over the whole history. A threshold is then known to .00006: about one alarm on CDNOW. */
    private static final int HALVINGS = 14;

    private static final long DAY_MILLIS = 86_400_000;

    private final ScoringModel model;
    private final EngineRules rules;
    private final long until;
    private final List<Watched> watched = new ArrayList<>();
    private final AlarmTrial test;
    private final int silences;

    /**
     * A backtest.
     *
     * @param customers everybody of the history
     * @param until the end of the history, milliseconds since the epoch
     * @param lostWeeks a silence that lasts this long and the horizon is one to find
     */
    public AlarmBacktest(
            List<CustomerEvents> customers,
            long until,
            ScoringModel model,
            EngineRules rules,
            AlarmProtocol protocol,
            double lostWeeks) {
        this.model = model;
        this.rules = rules;
        this.until = until;
        ShopClock clock = new ShopClock(rules.timeZone());
        long firstDay = firstDay(customers, model, clock);
        List<Silence> all = new ArrayList<>();
        for (CustomerEvents customer : customers) {
            List<Silence> own = protocol.silences(customer, model, clock, firstDay, clock.day(until));
            if (!own.isEmpty()) {
                watched.add(new Watched(customer, own));
                all.addAll(own);
            }
        }
        silences = all.size();
        long lost = Math.round(lostWeeks * 7 * DAY_MILLIS) + protocol.horizon();
        test = new AlarmTrial(all, protocol.window(), protocol.horizon(), lost);
    }

    private static long firstDay(List<CustomerEvents> customers, ScoringModel model, ShopClock clock) {
        return customers.stream()
                .flatMap(customer -> Silence.of(customer, model, clock).stream().limit(1))
                .mapToLong(silence -> clock.day(silence.start()))
                .min()
                .orElse(0);
    }

    /** How many silences are looked at. */
    public int silences() {
        return silences;
    }

    /** How many customers they belong to. */
    public int customers() {
        return watched.size();
    }

    /** A fixed hiatus. */
    public Row hiatus(double weeks) {
        return new Row(Rule.HIATUS, 7 * weeks, test.judge(AlarmRule.HIATUS, model.buying(), 7 * weeks));
    }

    /** A rule at the threshold at which it raises that many alarms, or few more. */
    public Row rule(AlarmRule rule, int alarms) {
        double threshold = test.threshold(rule, model.buying(), alarms);
        return new Row(Rule.valueOf(rule.name()), threshold, test.judge(rule, model.buying(), threshold));
    }

    /** The engine's signals under the model as it is. */
    public Row engine(boolean lowAlone) {
        double below = model.churn().declineBelow();
        return new Row(lowAlone ? Rule.ENGINE_LOW : Rule.ENGINE, below, test.judge(delays(below, lowAlone)));
    }

    /** The engine's signals with the {@code declineBelow} at which it raises that many alarms, or few more. */
    public Row engine(int alarms) {
        double threshold =
                AlarmTrial.threshold(AlarmRule.P_BUY, alarms, HALVINGS, below -> test.count(delays(below, false)));
        return new Row(Rule.ENGINE, threshold, test.judge(delays(threshold, false)));
    }

    private long[] delays(double below, boolean lowAlone) {
        Replay replay = new Replay(Models.declineBelow(model, below), rules, until);
        return watched.stream()
                .flatMapToLong(customer -> delays(customer, replay, lowAlone))
                .toArray();
    }

    private static LongStream delays(Watched customer, Replay replay, boolean lowAlone) {
        List<Alarm> alarms = Alarm.of(replay.signals(customer.events()), customer.silences()).stream()
                .filter(alarm -> !lowAlone || alarm.cause() == Alarm.Cause.LOW_REPURCHASE)
                .toList();
        return customer.silences().stream()
                .mapToLong(silence -> alarms.stream()
                        .filter(alarm -> silence.holds(alarm.raised()))
                        .mapToLong(alarm -> alarm.raised() - silence.start())
                        .findFirst()
                        .orElse(AlarmRule.NEVER));
    }
}
