package io.ebbline.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.ebbline.profile.Episode;
import io.ebbline.profile.Risk;
import io.ebbline.profile.Stage;
import io.ebbline.profile.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which signal each change is worth. */
class EpisodesTest {

    /** What was, or is, said of a customer, as far as signals depend on it. */
    private enum State {
        UNKNOWN(Stage.UNKNOWN, Episode.NONE),
        PROSPECT(Stage.PROSPECT, Episode.NONE),
        GROWTH(Stage.GROWTH, Episode.NONE),
        MATURE(Stage.MATURE, Episode.NONE),
        ELEVATED(Stage.DECLINE, new Episode(Risk.ELEVATED, 5, Decline.SPEND | Decline.ENGAGEMENT, false)),
        HIGH(Stage.DECLINE, new Episode(Risk.HIGH, 5, Decline.SPEND | Decline.ENGAGEMENT | Decline.SEVERE, false)),
        WOKE(Stage.DECLINE, new Episode(Risk.ELEVATED, 5, Decline.SPEND | Decline.ENGAGEMENT, true)),
        WOKE_HIGH(Stage.DECLINE, new Episode(Risk.HIGH, 5, Decline.SPEND | Decline.ENGAGEMENT, true)),
        DEPARTED(Stage.DEPARTED, new Episode(Risk.LOST, 5, Decline.LOW | Decline.SEVERE, false));

        private final Standing standing;

        State(Stage stage, Episode episode) {
            standing = standing(stage, episode);
        }
    }

    private static Standing standing(Stage stage, Episode episode) {
        return new Standing(1, 1, 1, 1, "s", 0, stage, 0, episode, "m/1", 0, 9);
    }

    /** Rows: before. Columns: now. {@code -}: none. Some changes can't come about, but each has its answer. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            before,    UNKNOWN, PROSPECT, GROWTH,   MATURE,   ELEVATED, HIGH,       WOKE,    WOKE_HIGH,  DEPARTED
            UNKNOWN,   -,       -,        -,        -,        DECLINE,  DECLINE,    DECLINE, DECLINE,    DEPARTURE
            PROSPECT,  -,       -,        -,        -,        DECLINE,  DECLINE,    DECLINE, DECLINE,    DEPARTURE
            GROWTH,    -,       -,        -,        -,        DECLINE,  DECLINE,    DECLINE, DECLINE,    DEPARTURE
            MATURE,    -,       -,        -,        -,        DECLINE,  DECLINE,    DECLINE, DECLINE,    DEPARTURE
            ELEVATED,  ENDED,   ENDED,    WAKE_UP,  WAKE_UP,  -,        ESCALATION, WAKE_UP, WAKE_UP,    DEPARTURE
            HIGH,      ENDED,   ENDED,    WAKE_UP,  WAKE_UP,  -,        -,          WAKE_UP, WAKE_UP,    DEPARTURE
            WOKE,      ENDED,   ENDED,    RECOVERY, RECOVERY, -,        ESCALATION, -,       ESCALATION, DEPARTURE
            WOKE_HIGH, ENDED,   ENDED,    RECOVERY, RECOVERY, -,        -,          -,       -,          DEPARTURE
            DEPARTED,  ENDED,   ENDED,    WIN_BACK, WIN_BACK, -,        -,          WAKE_UP, WAKE_UP,    -
            """)
    void everyChange(
            State before,
            String unknown,
            String prospect,
            String growth,
            String mature,
            String elevated,
            String high,
            String woke,
            String wokeHigh,
            String departed) {
        String[] row = {unknown, prospect, growth, mature, elevated, high, woke, wokeHigh, departed};
        for (State now : State.values()) {
            SignalKind signal = Episodes.signal(before.standing, now.standing);
            assertThat(signal == null ? "-" : signal.name())
                    .as(before + " to " + now)
                    .isEqualTo(row[now.ordinal()]);
        }
    }

    @Test
    void anotherTellingSignIsAnEscalationAndALesserOneIsNot() {
        for (int sign = 1; sign <= Decline.SEVERE; sign <<= 1) {
            Episode fewer = new Episode(Risk.HIGH, 5, ~sign, false);
            Episode more = new Episode(Risk.HIGH, 5, ~0, false);
            boolean telling = sign == Decline.LOW || sign == Decline.SLOW || sign == Decline.NEGATIVE;
            assertThat(Episodes.signal(standing(Stage.DECLINE, fewer), standing(Stage.DECLINE, more)))
                    .isEqualTo(telling ? SignalKind.ESCALATION : null);
            assertThat(Episodes.signal(standing(Stage.DECLINE, more), standing(Stage.DECLINE, fewer)))
                    .isNull();
        }
    }
}
