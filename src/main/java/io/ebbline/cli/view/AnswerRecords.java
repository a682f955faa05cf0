package io.ebbline.cli.view;

import io.ebbline.churn.SignalKind;
import io.ebbline.profile.Risk;
import io.ebbline.score.Reason;
import io.ebbline.score.ReasonCode;
import java.util.Collection;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What the view takes from the records of the output topics. */
final class AnswerRecords {

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
        List<Reason> reasons = ((Collection<?>) signal.get("reasons"))
                .stream().map(reason -> reason((GenericRecord) reason)).toList();
        return new Signal(
                (Long) signal.get("time"),
                signal.get("customerId").toString(),
                SignalKind.valueOf(signal.get("kind").toString()),
                Risk.valueOf(signal.get("risk").toString()),
                reasons);
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
