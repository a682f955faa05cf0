package io.ebbline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * What customers are offered, and what is told of it, is the same byte for byte whatever the parallelism, the pace of each
 * subtask and edge, the cache, the crashes; and it is what a desk says that goes tick by tick through all in memory.
 *
 * <p>{@code -Debbline.seed=N} runs the history that failed.
 */
class OfferScheduleTest {

    private static final int HISTORIES = 40;

    @Test
    void everyScheduleOffersWhatIsOfferedTickByTickInMemory() throws Exception {
        Long only = Long.getLong("ebbline.seed");
        int offered = 0;
        int rescaled = 0;
        for (long seed = only == null ? 0 : only; seed < (only == null ? HISTORIES : only + 1); seed++) {
            OfferHistory history = OfferHistory.of(seed);
            OffersSaid expected = OffersSaid.expected(history);
            assertThat(OfferSchedule.plainly(history)).as("undisturbed " + seed).isEqualTo(expected);
            for (int i = 0; i < 3; i++) {
                OfferSchedule schedule =
                        new OfferSchedule(history, history.told(), 3 * seed + i, i == 0 && seed % 20 == 0);
                assertThat(schedule.run()).as("schedule " + i + " of " + seed).isEqualTo(expected);
                rescaled += schedule.rescaled();
            }
            offered += expected.size();
        }
        assertThat(offered).isGreaterThan(only == null ? 1_000 : 0);
        assertThat(only != null || rescaled > 30).isTrue();
    }
}
