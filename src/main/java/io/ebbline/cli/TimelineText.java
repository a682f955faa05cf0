package io.ebbline.cli;

import io.ebbline.cli.Rebuilt.Came;
import io.ebbline.cli.Rebuilt.Outcome;
import io.ebbline.cli.Rebuilt.Said;
import io.ebbline.cli.Rebuilt.Step;
import io.ebbline.cli.view.Signal;
import io.ebbline.cli.view.Words;
import io.ebbline.engine.Effect;
import io.ebbline.engine.Effect.Answer;
import io.ebbline.event.Event;
import io.ebbline.event.Merge;
import io.ebbline.event.Move;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.event.Touchpoint;
import io.ebbline.event.Unmerge;
import io.ebbline.profile.Profile;
import io.ebbline.profile.Standing;
import io.ebbline.score.Reason;
import io.ebbline.score.ScoreValue;
import io.ebbline.state.StoredParcels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A customer's timeline and answer in words. */
final class TimelineText {
    private final Words words;

    /** @param currency the shop's */
    TimelineText(Currency currency) {
        words = new Words(currency);
    }

    // ---- the timeline

    /** The steps, a line each; an instant is named once. */
    List<String> timeline(List<Step> steps) {
        List<String> lines = new ArrayList<>();
        String last = "";
        for (Step step : steps) {
            String time = instant(step.time());
            lines.add(String.format(
                    Locale.ROOT, "  %-24s  %-9s  %s", time.equals(last) ? "" : time, kind(step), text(step)));
            last = time;
        }
        return lines;
    }

    /** What kind of step it is, a word. */
    static String kind(Step step) {
        if (step instanceof Came came) {
            Event event = came.event();
            if (event instanceof Move) {
                return "move";
            }
            return event instanceof Purchase
                    ? "purchase"
                    : event instanceof Return ? "return" : event instanceof Touchpoint ? "contact" : "request";
        }
        Effect effect = ((Said) step).effect();
        if (effect instanceof Effect.Transition transition) {
            return transition.kind().name().toLowerCase(Locale.ROOT);
        }
        if (effect instanceof Effect.Retired) {
            return "merged";
        }
        return effect instanceof Effect.Signal ? "signal" : effect instanceof Effect.Changed ? "scores" : "forgotten";
    }

    /** What happened, in one line. */
    String text(Step step) {
        if (step instanceof Came came) {
            return text(came.event()) + outcome(came);
        }
        Effect effect = ((Said) step).effect();
        if (effect instanceof Effect.Transition transition) {
            return text(transition);
        }
        if (effect instanceof Effect.Signal signal) {
            return words.of(new Signal(signal.asOf(), "", signal.kind(), signal.now(), signal.reasons()));
        }
        if (effect instanceof Effect.Retired retired) {
            return merged(retired);
        }
        return effect instanceof Effect.Changed changed ? text(changed) : "nothing is known of the customer any more";
    }

    /** What has become of an id that was merged. */
    static String merged(Effect.Retired retired) {
        return "the id is retired: what happens under it counts for " + retired.into();
    }

    private static String outcome(Came came) {
        if (came.outcome() == Outcome.APPLIED) {
            return "";
        }
        return came.why() == null
                ? "; its id was known already: passed over"
                : "; refused (" + came.why().code() + ")";
    }

    private static String text(Event event) {
        if (event instanceof Purchase purchase) {
            return "order " + purchase.orderId() + ", "
                    + money(purchase.currency(), purchase.totalMinor())
                    + said(", by ", purchase.channel()) + ": "
                    + purchase.lines().stream()
                            .map(line -> line.sku())
                            .distinct()
                            .limit(3)
                            .collect(Collectors.joining(", "))
                    + (purchase.lines().size() > 3
                            ? ", ... (" + purchase.lines().size() + " lines)"
                            : "");
        }
        if (event instanceof Return goods) {
            return (goods.whole() ? "all" : money(goods.currency(), goods.totalMinor())) + " of "
                    + (goods.orderId() == null ? "an order not named" : "order " + goods.orderId()) + " came back";
        }
        if (event instanceof Touchpoint touch) {
            return touch.type().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + said(" by ", touch.channel())
                    + said(" of ", touch.sku() == null ? touch.category() : touch.sku())
                    + said(", campaign ", touch.campaign())
                    + said(", offer ", touch.offerId())
                    + (touch.value() == null ? "" : ", value " + number(touch.value()));
        }
        if (event instanceof Move move) {
            return text(move);
        }
        return event instanceof Merge merge
                ? "merge into " + merge.into() + " asked for"
                : event instanceof Unmerge unmerge
                        ? "unmerge from " + unmerge.into() + " asked for"
                        : "erasure asked for";
    }

    private static String text(Move move) {
        List<String> ids = move.path().stream().map(Move.Hop::customerId).toList();
        String whose = ids.isEmpty() ? move.from() : ids.get(0);
        String way = ids.size() < 2 ? "" : ", by way of " + String.join(", ", ids.subList(1, ids.size()));
        return switch (move.kind()) {
            case MOVED -> whose + " is the same customer: the history up to here counts from now on" + way;
            case FORWARDED -> text(new StoredParcels().event(move.payload())) + " (as " + whose + ")" + way;
            case UNMOVED -> whose + " is not the same customer after all" + way;
            case ERASED -> "erased, for " + whose + " was" + way;
            case REFUSED -> "the merge of " + whose + " is undone: " + move.from() + " has too many ids" + way;
        };
    }

    private static String money(String currency, long minor) {
        return new Words(Currency.getInstance(currency)).money((double) minor);
    }

    private static String said(String before, @Nullable String what) {
        return what == null ? "" : before + what;
    }

    private String text(Effect.Transition change) {
        boolean stage = change.kind() == Effect.Transition.Kind.STAGE;
        return Objects.requireNonNullElse(change.previous(), "none") + " -> "
                + Objects.requireNonNullElse(change.current(), "none")
                + (stage ? ", " + Words.flow(change.previous(), change.current()) : "")
                + (change.moved() == Effect.Transition.Moved.BOUNDARY ? ", by a newer model" : "")
                + reasons(": ", change.reasons());
    }

    private String text(Effect.Changed changed) {
        return rfm(changed.standing()) + ", " + changed.keptOrders()
                + (changed.keptOrders() == 1 ? " order, " : " orders, ")
                + words.money((double) changed.monetaryMinor())
                + (Double.isNaN(changed.pAlive())
                        ? ""
                        : String.format(Locale.ROOT, ", P(alive) %.3f", changed.pAlive()));
    }

    private String reasons(String before, List<Reason> reasons) {
        String text = reasons.stream().map(words::of).collect(Collectors.joining("; "));
        return text.isEmpty() ? "" : before + text;
    }

    private static String rfm(Standing standing) {
        return standing.recency() == 0
                ? "no R, F, M"
                : "R " + standing.recency() + ", F " + standing.frequency() + ", M " + standing.monetary();
    }

    // ---- the answer

    /** Every score of an answer with its reasons, below where the customer stands. */
    List<String> answer(Answer answer) {
        Standing standing = answer.standing();
        List<String> lines = new ArrayList<>();
        lines.add("  stage " + standing.stage() + " since " + instant(standing.stageSince()));
        lines.add(
                standing.segment() == null
                        ? "  no segment"
                        : "  segment " + standing.segment() + " since " + instant(standing.segmentSince()));
        lines.add("  " + rfm(standing) + ", " + answer.keptOrders()
                + (answer.keptOrders() == 1 ? " order" : " orders")
                + (answer.lastOrder() == Profile.NEVER ? "" : ", the last " + instant(answer.lastOrder())) + ", "
                + words.money((double) answer.monetaryMinor()));
        int width = answer.scores().stream()
                .mapToInt(score -> score.name().length())
                .max()
                .orElse(1);
        int values = answer.scores().stream()
                .mapToInt(score -> value(score).length())
                .max()
                .orElse(1);
        for (ScoreValue score : answer.scores()) {
            lines.add(String.format(
                            Locale.ROOT,
                            "  %-" + width + "s  %-" + values + "s  %s",
                            score.name(),
                            value(score),
                            reasons("", score.reasons()))
                    .stripTrailing());
        }
        return lines;
    }

    private static String value(ScoreValue score) {
        if (Double.isNaN(score.value())) {
            return "unknown";
        }
        return number(score.value()) + said(" ", score.label());
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.4f", value);
    }

    /** The model versions that something was said under, sorted. */
    static NavigableSet<String> models(Rebuilt rebuilt, Answer answer) {
        NavigableSet<String> models = new TreeSet<>();
        models.add(answer.modelRef());
        rebuilt.steps().stream()
                .filter(Said.class::isInstance)
                .map(step -> model(((Said) step).effect()))
                .filter(Objects::nonNull)
                .forEach(models::add);
        return models;
    }

    /** The model version that something was said under; null: none. */
    static @Nullable String model(Effect effect) {
        if (effect instanceof Effect.Transition transition) {
            return transition.modelRef();
        }
        if (effect instanceof Effect.Signal signal) {
            return signal.modelRef();
        }
        return effect instanceof Effect.Changed changed ? changed.modelRef() : null;
    }

    /** An instant in UTC. */
    static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
