package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import io.ebbline.profile.Risk;
import io.ebbline.score.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one table from codes to English. Records hold codes with numbers; whoever shows one to a person words it here.
 */
public final class Words {
    private static final int WEEK = 7;

    private final Currency currency;

    /** @param currency of every amount */
    public Words(Currency currency) {
        this.currency = currency;
    }

    /** A reason as a clause without a full stop. */
    public String of(Reason reason) {
        double value = reason.value();
        double reference = reason.reference();
        String label = reason.label();
        return switch (reason.code()) {
            case DAYS_SINCE_ORDER ->
                days(value) + " since the last order" + held(reference, ", a lower score after ", Words::days);
            case KEPT_ORDERS -> plain(value, "order") + held(reference, ", a better score above ", Words::number);
            case NET_SPEND -> money(value) + " spent" + held(reference, ", a better score above ", this::money);
            case RECENCY_SCORE -> "R " + number(value) + held(reference, ", before ", Words::number);
            case FREQUENCY_SCORE -> "F " + number(value) + held(reference, ", before ", Words::number);
            case MONETARY_SCORE -> "M " + number(value) + held(reference, ", before ", Words::number);
            case FIRST_ORDER -> "the first order";
            case DAYS_OF_SILENCE ->
                days(value) + " without an order or a visit" + held(reference, ", gone after ", Words::days);
            case WIN_BACK -> "an order after " + days(value) + " away";
            case NO_ORDER -> "no order is known";
            case OVERDUE -> days(value) + " since the last order" + held(reference, ", usually every ", Words::every);
            case LOW_REPURCHASE ->
                "chance of another order " + percent(value) + held(reference, ", a sign below ", Words::percent);
            case FREQUENCY_FALL ->
                "orders less often than it used to (evidence " + number(value)
                        + held(reference, ", a sign from ", Words::number) + ")";
            case SPEND_FALL ->
                "spends " + percent(value) + " of what it used to" + held(reference, ", a sign below ", Words::percent);
            case ENGAGEMENT_FALL ->
                "in touch " + percent(value) + " as often as it used to be"
                        + held(reference, ", a sign below ", Words::percent);
            case NEGATIVE -> negative(label) + " " + days(value) + " ago";
            case WAKE_UP -> "an order after " + days(value) + " in decline";
            case FORGOTTEN -> days(value) + " without any contact";
            case REPEATS -> plain(value, "repeat order");
            case HORIZON -> "looks ahead " + horizon(value);
            case ENGAGEMENT -> plain(value, "recent contact") + labelled(" of type ", label);
            case STEP -> "reached" + labelled(" ", label) + " " + days(value) + " ago";
            case CHANNEL -> percent(value) + " of contacts" + labelled(" by ", label);
            case HOUR -> percent(value) + " of contacts in the hour" + labelled(" from ", label);
            case NO_CONTACT -> "no contact is known";
            case RECENT_SPEND -> money(value) + " spent of late" + held(reference, ", a mean order is ", this::money);
        };
    }

    /** A signal: what it says and why, in one sentence without a full stop. */
    public String of(Signal signal) {
        String kind = of(signal.kind());
        String risk = signal.risk() == Risk.HIGH ? ", high risk" : "";
        String reasons = signal.reasons().stream().map(this::of).collect(Collectors.joining("; "));
        return kind + risk + (reasons.isEmpty() ? "" : ": " + reasons);
    }

    /** What a kind of signal says of a customer. */
    public static String of(SignalKind kind) {
        return switch (kind) {
            case DECLINE -> "slipping";
            case ESCALATION -> "slipping further";
            case WAKE_UP -> "woke up";
            case RECOVERY -> "back in rhythm";
            case DEPARTURE -> "gone";
            case WIN_BACK -> "won back";
            case ENDED -> "every order came back";
        };
    }

    /**
     * What it means that a customer went from one stage to another, in at most 14 characters.
     *
     * @param previous null: a customer not known before
     * @param current null: a customer forgotten
     */
    static String flow(@Nullable String previous, @Nullable String current) {
        return switch (current == null ? "" : current) {
            case "" -> "forgotten";
            case "DECLINE" -> "slipping";
            case "DEPARTED" -> "gone";
            case "PROSPECT" -> previous == null ? "new" : "all came back";
            default ->
                switch (previous == null ? "PROSPECT" : previous) {
                    case "PROSPECT" -> "first order";
                    case "GROWTH" -> "rhythm settled";
                    case "MATURE" -> "rhythm lost";
                    case "DECLINE" -> "woke up";
                    case "DEPARTED" -> "won back";
                    default -> "";
                };
        };
    }

    private static String held(double reference, String words, DoubleFunction<String> text) {
        return Double.isNaN(reference) ? "" : words + text.apply(reference);
    }

    private static String labelled(String words, @Nullable String label) {
        return label == null ? "" : words + name(label);
    }

    private static String negative(@Nullable String label) {
        return switch (label == null ? "" : label) {
            case "COMPLAINT" -> "a complaint";
            case "SURVEY" -> "a poor survey answer";
            case "REVIEW" -> "a poor review";
            case "UNSUBSCRIBE" -> "an unsubscription";
            case "RETURNS" -> "returns";
            default -> "something unwelcome" + labelled(", ", label) + ",";
        };
    }

    /** A constant's name as words: {@code CART_ADD} is "cart add". Other names stay as they are. */
    private static String name(String label) {
        boolean constant = label.chars().allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z'));
        return constant ? label.replace('_', ' ').toLowerCase(Locale.ROOT) : label;
    }

    private static String days(double days) {
        return plain(days, "day");
    }

    private static String every(double days) {
        String number = number(days);
        return number.equals("1") ? "day" : number;
    }

    private static String horizon(double days) {
        double weeks = days / WEEK;
        return weeks >= 2 && weeks == Math.rint(weeks) ? plain(weeks, "week") : days(days);
    }

    private static String plain(double value, String noun) {
        String number = number(value);
        return number + " " + noun + (number.equals("1") ? "" : "s");
    }

    /** Whole from 10 on, below with one decimal where it is not whole. */
    private static String number(double value) {
        String one = String.format(Locale.ROOT, "%,.1f", value);
        boolean whole = Math.abs(value) >= 9.95 || one.endsWith(".0");
        return whole ? String.format(Locale.ROOT, "%,.0f", value) : one;
    }

    private static String percent(double share) {
        if (share > 0 && share < 0.01) {
            return "less than 1 %";
        }
        if (share > 0.99 && share < 1) {
            return "more than 99 %";
        }
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private String money(double minor) {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        BigDecimal major =
                new BigDecimal(minor).setScale(0, RoundingMode.HALF_UP).movePointLeft(digits);
        return String.format(Locale.ROOT, "%,." + digits + "f %s", major, currency.getCurrencyCode());
    }
}
