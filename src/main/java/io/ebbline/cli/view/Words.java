package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect.Withdrawn;
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
    private static final int REASONS = 1;
    private static final String SKU = "sku:";

    private final Currency currency;

    /** @param currency of every amount */
    public Words(Currency currency) {
        this.currency = currency;
    }

    /** A reason as a clause without a full stop. */
    public String of(Reason reason) {
        return of(reason, "it");
    }

    /** The same of a product, which the clause names. */
    String of(Reason reason, String product) {
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
            case NO_RECENT_ORDER -> "no order for " + days(value) + held(reference, ", counted within ", Words::days);
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
            case ERASED -> "erased on request, " + days(value) + " after the last contact";
            case MERGED -> "the same customer" + labelled(" as ", label);
            case UNMERGED -> "not the same customer after all";
            case REPEATS -> plain(value, "repeat order");
            case HORIZON -> "looks ahead " + horizon(value);
            case ENGAGEMENT -> plain(value, "recent contact") + labelled(" of type ", label);
            case STEP -> "reached" + labelled(" ", label) + " " + days(value) + " ago";
            case CHANNEL -> percent(value) + " of contacts" + labelled(" by ", label);
            case HOUR -> percent(value) + " of contacts in the hour" + labelled(" from ", label);
            case NO_CONTACT -> "no contact is known";
            case RECENT_SPEND -> money(value) + " spent of late" + held(reference, ", a mean order is ", this::money);
            case GROSS_SPEND -> money(value) + " bought";
            case RETURNED -> money(value) + " came back";
            case EXPECTED_ORDERS -> plain(value, "order") + " expected";
            case EXPECTED_SPEND -> money(value) + " expected of each order";
            case EXPECTED_VALUE -> money(value) + " still expected";
            case DISCOUNT_RATE -> "discounted by " + percent(value) + " a year";
            case EXPECTED_WAIT -> "next order expected in " + days(value);
            case ALIVE -> percent(value) + " likely to be a customer still";
            case ONE_OCCASION -> "ordered on one day only, " + days(value) + " ago";
            case AVERAGE_ORDER -> money(value) + " an order" + held(reference, ", much above ", this::money);
            case POTENTIAL -> money(value) + " still to come" + held(reference, ", much above ", this::money);
            case DEAL_SHARE ->
                percent(value) + " of the spend on deals" + held(reference, ", dependent above ", Words::percent);
            case DISCOUNT_DEPTH -> percent(value) + " off where something was taken off";
            case CAMPAIGN_SHARE -> percent(value) + " of the spend after a campaign";
            case CATEGORY -> percent(value) + " of the spend" + labelled(" on ", label);
            case ORDER_CHANNEL -> percent(value) + " of orders" + labelled(" by ", label);
            case RATING -> "rates " + number(value) + " of 5";
            case COMPLAINTS -> plain(value, "recent complaint");
            case RETURNS -> plain(value, "recent return");
            case SERVICE_CONTACTS -> plain(value, "recent service contact");
            case REFERRALS -> plain(value, "recent referral");
            case SATISFACTION -> "satisfaction " + number(value) + " of 100";
            case TRUST -> "trust " + number(value) + " of 100";
            case KEPT_SHARE -> "keeps " + percent(value) + " of what it buys";
            case ATTACHMENT -> "attachment " + percent(value) + held(reference, ", attached above ", Words::percent);
            case ONE_ORDER -> "one order alone is known";
            case NO_SURVEY -> "no answer, review or complaint is known";
            case NO_DISCOUNT_KNOWN -> "whether orders were discounted is not known";
            case NO_CATEGORY_KNOWN -> "no category is known";
            case NO_CHANNEL_KNOWN -> "no order's channel is known";
            case FOLLOWS ->
                "bought " + thing(label) + "; its buyers go on to " + product + " " + number(value) + " times as often";
            case CATEGORY_FOLLOWS ->
                "bought of " + thing(label) + "; its buyers go on to " + product + " " + number(value)
                        + " times as often";
            case GOES_WITH -> "bought " + thing(label) + ", with which it goes " + number(value) + " times as often";
            case POPULAR -> "popular now: in " + share(value) + " of orders";
            case USED_UP -> "bought " + held(reference, "about every ", Words::days, ", ") + days(value) + " ago";
            case OWN_ORDERS -> "bought " + plain(value, "time");
            case BOUGHT_AGAIN -> share(value) + " of its buyers buy it again";
            case TAKEN_UP -> share(value) + " of customers with orders like these took it up";
        };
    }

    /** A signal: what it says and why, in one sentence without a full stop. */
    public String of(Signal signal) {
        String kind = of(signal.kind());
        String risk = signal.risk() == Risk.HIGH ? ", high risk" : "";
        String reasons = signal.reasons().stream().map(this::of).collect(Collectors.joining("; "));
        return kind + risk + (reasons.isEmpty() ? "" : ": " + reasons);
    }

    /** An offer or a withdrawal: what and why, in one sentence without a full stop. */
    String of(OfferNews news) {
        return news instanceof MadeOffer made ? of(made) : of((WithdrawnOffer) news);
    }

    private String of(MadeOffer offer) {
        String what = product(offer.offerId());
        String of = offer.sku() == null ? offer.category() : offer.sku();
        String rest = offer.others() == 0 ? "" : " and " + offer.others() + " more";
        String reasons = offer.reasons().stream()
                .limit(REASONS)
                .map(reason -> of(reason, of == null ? what : of))
                .collect(Collectors.joining("; "));
        return of(offer.kind()) + " " + what + (of == null || of.equals(what) ? "" : " (" + of + ")") + rest + ", "
                + share(offer.propensity()) + " likely, worth " + money(offer.valueMinor())
                + (reasons.isEmpty() ? "" : ": " + reasons);
    }

    private static String of(WithdrawnOffer offer) {
        return "withdrawn " + product(offer.offerId()) + ": " + of(offer.why());
    }

    /** An offer of a product is named by the product, another by its own name. */
    private static String product(String offerId) {
        return offerId.startsWith(SKU) ? offerId.substring(SKU.length()) : offerId;
    }

    /** What a kind of offer is called. */
    static String of(Kind kind) {
        return switch (kind) {
            case EXPLORE -> "cross-sell";
            case REPLENISH -> "replenish";
            case BUNDLE -> "bundle";
            case POPULAR -> "popular";
            case RESCUE -> "rescue";
            case WIN_BACK -> "win back with";
            case CAMPAIGN -> "campaign";
        };
    }

    /** What overtook an offer. */
    static String of(Withdrawn.Why why) {
        return switch (why) {
            case BOUGHT -> "bought meanwhile";
            case RETURNED -> "brought back";
            case CONSENT_WITHDRAWN -> "consent withdrawn";
            case REJECTED -> "rejected";
            case FORGOTTEN -> "the customer is forgotten";
        };
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
    public static String flow(@Nullable String previous, @Nullable String current) {
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

    private static String held(double reference, String words, DoubleFunction<String> text, String end) {
        return Double.isNaN(reference) ? "" : words + text.apply(reference) + end;
    }

    private static String thing(@Nullable String label) {
        return label == null ? "something" : label;
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

    /** As {@link #percent}, with a decimal below ten per cent: offers have small chances. */
    static String share(double share) {
        if (share >= 0.1) {
            return percent(share);
        }
        return share > 0 && share < 0.001 ? "less than 0.1 %" : number(100 * share) + " %";
    }

    /** An amount in minor units. */
    public String money(double minor) {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        BigDecimal major =
                new BigDecimal(minor).setScale(0, RoundingMode.HALF_UP).movePointLeft(digits);
        return String.format(Locale.ROOT, "%,." + digits + "f %s", major, currency.getCurrencyCode());
    }
}
