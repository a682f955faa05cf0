package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import io.ebbline.offer.Kind;
import io.ebbline.offer.OfferEffect.Withdrawn;
import io.ebbline.profile.Risk;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.Collection;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What the view takes from the records of the output topics. */
final class AnswerRecords {

    private static final String WITHDRAWAL = "OfferWithdrawal";

    private AnswerRecords() {}

    static Standing standing(GenericRecord score) {
        return new Standing(
                score.get("stage").toString(),
                text(score, "segment"),
                number(score, "recency"),
                number(score, "frequency"),
                (Long) score.get("orders"));
    }

    static Transition transition(GenericRecord change) {
        return new Transition(
                (Long) change.get("time"),
                change.get("kind").toString().equals("STAGE"),
                text(change, "previous"),
                text(change, "current"));
    }

    static Signal signal(GenericRecord signal) {
        return new Signal(
                (Long) signal.get("time"),
                signal.get("customerId").toString(),
                SignalKind.valueOf(signal.get("kind").toString()),
                Risk.valueOf(signal.get("risk").toString()),
                reasons(signal));
    }

    /** What a record of the topic of offers says. */
    static OfferNews offer(GenericRecord offer) {
        long time = (Long) offer.get("time");
        String customer = offer.get("customerId").toString();
        if (offer.getSchema().getName().equals(WITHDRAWAL)) {
            return new WithdrawnOffer(
                    time,
                    customer,
                    offer.get("offerId").toString(),
                    Withdrawn.Why.valueOf(offer.get("why").toString()));
        }
        List<?> offers = (List<?>) offer.get("offers");
        GenericRecord best = (GenericRecord) offers.get(0);
        return new MadeOffer(
                time,
                customer,
                best.get("offerId").toString(),
                Kind.valueOf(best.get("kind").toString()),
                text(best, "sku"),
                text(best, "category"),
                offers.size() - 1,
                (Double) best.get("propensity"),
                (Double) best.get("valueMinor"),
                reasons(best));
    }

    /** A number of a record of what became of an offer, over all classes of propensity. */
    static long sum(GenericRecord tick, String field) {
        return ((Collection<?>) tick.get("calibration"))
                .stream()
                        .mapToLong(of -> (Long) ((GenericRecord) of).get(field))
                        .sum();
    }

    private static List<Reason> reasons(GenericRecord record) {
        return ((Collection<?>) record.get("reasons"))
                .stream().map(reason -> reason((GenericRecord) reason)).toList();
    }

    private static Reason reason(GenericRecord reason) {
        return new Reason(
                ReasonCode.valueOf(reason.get("code").toString()),
                (Double) reason.get("value"),
                reason.get("reference") instanceof Double reference ? reference : Double.NaN,
                text(reason, "label"));
    }

    private static @Nullable String text(GenericRecord record, String field) {
        Object value = record.get(field);
        return value == null ? null : value.toString();
    }

    private static int number(GenericRecord record, String field) {
        return record.get(field) instanceof Integer value ? value : 0;
    }
}
