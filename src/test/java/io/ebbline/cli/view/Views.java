package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.profile.Risk;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.Currency;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** States to draw. */
final class Views {
    static final long NOW = TimeUnit.SECONDS.toNanos(2);
    /** 2011-12-09 12:35 UTC. */
    static final long TIME = 1_323_434_100_000L;

    private Views() {}

    static LiveState empty() {
        return new LiveState(
                "online-retail",
                25_900,
                Currency.getInstance("GBP"),
                new Addresses("127.0.0.1:9092", "http://127.0.0.1:8081", "http://127.0.0.1:8082"));
    }

    static LiveState filled() {
        LiveState state = empty();
        state.phase("feeding");
        state.fed(10_000, 0);
        state.fed(12_345, TimeUnit.SECONDS.toNanos(1));
        state.watermark(OptionalLong.of(TIME));
        state.score("a", new Standing("MATURE", "Champions", 5, 5, 9));
        state.score("b", new Standing("MATURE", "Champions", 5, 5, 7));
        state.score("c", new Standing("GROWTH", "Lost", 1, 1, 1));
        state.score("d", new Standing("PROSPECT", null, 0, 0, 0));
        for (int i = 0; i < 12; i++) {
            state.transition(new Transition(TIME, true, "GROWTH", "MATURE"));
        }
        state.transition(new Transition(TIME, true, "DEPARTED", "GROWTH"));
        state.transition(new Transition(TIME, true, null, "PROSPECT"));
        state.transition(new Transition(TIME, false, null, "Loyal"));
        state.signal(new Signal(
                TIME,
                "C-1042",
                SignalKind.DECLINE,
                Risk.ELEVATED,
                List.of(new Reason(ReasonCode.OVERDUE, 48.2, 14), new Reason(ReasonCode.LOW_REPURCHASE, 0.21, 0.3))));
        state.signal(signal(TIME, "C-7", SignalKind.DEPARTURE, new Reason(ReasonCode.DAYS_OF_SILENCE, 180, 180)));
        state.signal(signal(TIME, "C-3", SignalKind.WIN_BACK, Reason.of(ReasonCode.WIN_BACK, 210)));
        state.rejected("no-customer");
        state.rejected("no-customer");
        state.rejected("late");
        return state;
    }

    /** The same with offers. */
    static LiveState offered() {
        LiveState state = filled();
        state.offer(offer(
                TIME,
                "C-1042",
                "sku:20725",
                Kind.EXPLORE,
                "20725",
                new Reason(ReasonCode.FOLLOWS, 6.1, Double.NaN, "22384"),
                new Reason(ReasonCode.POPULAR, 0.021, Double.NaN),
                new Reason(ReasonCode.ALIVE, 0.9, Double.NaN)));
        state.offer(
                offer(TIME - 1, "C-3", "spring-tea", Kind.WIN_BACK, null, Reason.of(ReasonCode.DAYS_SINCE_ORDER, 210)));
        state.offer(new WithdrawnOffer(TIME - 2, "C-7", "sku:85123A", Withdrawn.Why.BOUGHT));
        state.accepted("sku:20725", 2);
        state.accepted("kind:EXPLORE", 2);
        state.accepted("kind:WIN_BACK", 3);
        state.accepted("kind:WIN_BACK", 1);
        state.capped(1_234);
        state.heldOut(56);
        return state;
    }

    static MadeOffer offer(
            long time, String customer, String offerId, Kind kind, @Nullable String sku, Reason... reasons) {
        return new MadeOffer(time, customer, offerId, kind, sku, "tea", 4, 0.043, 49.6, List.of(reasons));
    }

    static Signal signal(long time, String customer, SignalKind kind, Reason... reasons) {
        return new Signal(time, customer, kind, Risk.ELEVATED, List.of(reasons));
    }
}
