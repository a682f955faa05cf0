package io.ebbline.operator;

import io.ebbline.event.Conversion;
import io.ebbline.event.Event;
import io.ebbline.event.Purchase;
import io.ebbline.event.Return;
import io.ebbline.model.RateTimeline;
import io.ebbline.wire.EventDecoder;
import io.ebbline.wire.RejectReason;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what comes in other currencies into the shop's, by the rate in force at the event's time. */
public final class Exchange {

    private final String currency;
    private final int minorDigits;
    private final RateTimeline rates;

    /** An exchange into a currency, ISO 4217. */
    public Exchange(String currency, RateTimeline rates) {
        this.currency = currency;
        this.minorDigits = Currency.getInstance(currency).getDefaultFractionDigits();
        this.rates = rates;
    }

    /** Whether nothing has to be converted. */
    public boolean isOurs(Event event) {
        return currencyOf(event).equals(currency);
    }

    private String currencyOf(Event event) {
        if (event instanceof Purchase purchase) {
            return purchase.currency();
        }
        return event instanceof Return goods ? goods.currency() : currency;
    }

    /**
     * An event in another currency in the shop's.
     *
     * @param refused hears why there is none
     * @return null when it was refused
     */
    @Nullable
    public Event inOurs(Event event, Consumer<RejectReason> refused) {
        String theirs = currencyOf(event);
        BigDecimal rate = rates.at(event.time(), theirs);
        if (rate == null) {
            refused.accept(RejectReason.NO_EXCHANGE_RATE);
            return null;
        }
        Event converted = converted(event, new Conversion(currency, minorDigits, rate));
        if (converted == null) {
            refused.accept(RejectReason.INVALID_AMOUNT);
        }
        return converted;
    }

    /** Null: it comes to more than an event may. */
    private static @Nullable Event converted(Event event, Conversion conversion) {
        try {
            if (event instanceof Purchase purchase) {
                Purchase ours = conversion.convert(purchase);
                return EventDecoder.isTooMuch(ours.totalMinor()) ? null : ours;
            }
            Return ours = conversion.convert((Return) event);
            return EventDecoder.isTooMuch(ours.totalMinor()) ? null : ours;
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
