package io.ebbline.operator;

import io.ebbline.engine.Effect.Answer;
import io.ebbline.profile.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Lines of what a drained job says at its end: {@code N,counter,value} for a counter of a subtask and {@code C,row} for a
 * customer, the row in CSV (RFC 4180) with the columns of {@link #COLUMNS}.
 */
public final class FinalReport {

    /** Columns of a customer's row; an empty field is unknown. */
    public static final String COLUMNS =
            "customer_id,recency_days,frequency,monetary_minor,r,f,m,segment,stage,p_alive,p_buy,clv_minor";

    private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000);

    private FinalReport() {}

    static String counter(String name, long value) {
        return "N," + name + "," + value;
    }

    static String customer(String key, Answer answer) {
        Standing standing = answer.standing();
        return String.join(
                ",",
                "C",
                quoted(key),
                standing.recency() == 0 ? "" : days(answer.asOf() - answer.lastOrder()),
                Long.toString(answer.keptOrders()),
                Long.toString(answer.monetaryMinor()),
                score(standing.recency()),
                score(standing.frequency()),
                score(standing.monetary()),
                quoted(standing.segment()),
                standing.stage().name(),
                chance(answer.pAlive()),
                chance(answer.pBuy()),
                Double.isNaN(answer.clvMinor()) ? "" : Long.toString(Math.round(answer.clvMinor())));
    }

    private static String days(long millis) {
        return BigDecimal.valueOf(millis)
                .divide(DAY_MILLIS, 6, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String chance(double chance) {
        return Double.isNaN(chance)
                ? ""
                : new BigDecimal(chance).setScale(6, RoundingMode.HALF_UP).toPlainString();
    }

    private static String score(int score) {
        return score == 0 ? "" : Integer.toString(score);
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "";
        }
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
